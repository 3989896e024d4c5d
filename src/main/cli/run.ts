import { CommanderError } from "commander";
import { ProblemError } from "../../shared/problem.ts";
import { CommandFailure, type ExitCode, exitCodes } from "./exit.ts";
import { createProgram } from "./program.ts";
import type { Terminal } from "./terminal.ts";

/** Runs what the arguments ask for and answers what to end with. */
export const run = async (
  args: readonly string[],
  given: { readonly terminal: Terminal; readonly workingDirectory: string },
): Promise<ExitCode> => {
  let code: ExitCode = exitCodes.done;
  const program = createProgram({
    ...given,
    end: (wanted) => {
      code = wanted;
    },
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    return explain(error, given.terminal);
  }
};

const explain = (error: unknown, { err }: Terminal): ExitCode => {
  // commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.misconfigured;
  if (!(error instanceof CommandFailure || error instanceof ProblemError)) throw error;
  err.say(err.paint("red", error.message));
  if (error instanceof ProblemError) return exitCodes.failed;
  for (const hint of error.hints) err.say(`  ${hint}`);
  return error.code;
};
