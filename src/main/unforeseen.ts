import type { Log } from "../core/ports.ts";
import type { Problem } from "../shared/problem.ts";
import { problemOf, traceOf } from "./doors/caught.ts";

type Options = {
  readonly log: Log;
  readonly tell: (problem: Problem) => void;
};

/**
 * Errors that nobody caught are logged and told, and the process lives on: the service in it, whose every batch is whole in
 * the journal or not there, is worth more to people than what failed. Answers how to end this.
 */
export const surviveUnforeseen = ({ log, tell }: Options): (() => void) => {
  const note = (error: unknown): void => {
    log.error("something failed that nobody had thought of", traceOf(error));
    tell(problemOf(error).problem);
  };
  process.on("uncaughtException", note);
  process.on("unhandledRejection", note);
  return () => {
    process.off("uncaughtException", note);
    process.off("unhandledRejection", note);
  };
};
