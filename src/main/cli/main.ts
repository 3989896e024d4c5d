import { errorCode } from "../../core/error-name.ts";
import type { ExitCode } from "./exit.ts";
import { run } from "./run.ts";
import { openTerminal } from "./terminal.ts";

/** The command line of this process. */
export const runCommandLine = (args: readonly string[]): Promise<ExitCode> => {
  // Whoever read our answer has enough of it: `avspark tail | head`.
  process.stdout.on("error", (error) => process.exit(errorCode(error) === "EPIPE" ? 0 : 1));
  return run(args, {
    terminal: openTerminal(process.stdout, process.stderr),
    workingDirectory: process.cwd(),
  });
};
