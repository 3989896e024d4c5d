import type { Problem } from "../../shared/problem.ts";

/** What `avspark` ends with. Scripts rely on these. */
export const exitCodes = { done: 0, failed: 1, misconfigured: 2, noService: 3, refused: 4 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** For --help and the man page. */
export const exitMeanings: readonly { readonly code: ExitCode; readonly meaning: string }[] = [
  { code: exitCodes.done, meaning: "Done." },
  { code: exitCodes.failed, meaning: "Not done, or only in part: a check, a test or a match failed." },
  { code: exitCodes.misconfigured, meaning: "Called wrongly, or a setting or a file is not valid." },
  { code: exitCodes.noService, meaning: "No service answers there." },
  { code: exitCodes.refused, meaning: "The service refuses: the token is missing or wrong, or may not do this." },
];

/** Why a command ends early, in words for the person who called it. */
export class CommandFailure extends Error {
  readonly code: ExitCode;
  /** What to do about it. */
  readonly hints: readonly string[];
  constructor(code: ExitCode, message: string, hints: readonly string[] = []) {
    super(message);
    this.name = "CommandFailure";
    this.code = code;
    this.hints = hints;
  }
}

/** The service answered that it could not do it. */
export class AnsweredFailure extends CommandFailure {
  readonly problem: Problem;
  /** The whole answer, with what was achieved all the same. */
  readonly body: object;
  constructor(code: ExitCode, failure: { readonly problem: Problem; readonly body: object; readonly remedy: string }) {
    super(code, failure.problem.message, [failure.remedy]);
    this.name = "AnsweredFailure";
    this.problem = failure.problem;
    this.body = failure.body;
  }
}
