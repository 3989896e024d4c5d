import { failed, type Problem, ProblemError } from "../../shared/problem.ts";

/** What a door says of an error. */
export type Caught = {
  readonly problem: Problem;
  /** What was achieved all the same. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Nobody meant it to happen, so it belongs in the log. */
  readonly unforeseen: boolean;
};

/** Whatever was thrown, as a problem. */
export const problemOf = (error: unknown): Caught =>
  error instanceof ProblemError
    ? { problem: error.problem, data: error.data, unforeseen: false }
    : {
        problem: failed("internal", "Something went wrong inside Avspark; its log says more.").problem,
        data: {},
        unforeseen: true,
      };

/** An error for the log: its kind and place without its message, which may repeat what was sent. */
export const traceOf = (error: unknown): { readonly name: string; readonly trace: string } =>
  error instanceof Error
    ? { name: error.name, trace: (error.stack ?? "").split("\n").filter(isFrame).join("\n") }
    : { name: typeof error, trace: "" };

const isFrame = (line: string): boolean => /^\s+at /.test(line);
