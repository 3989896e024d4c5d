import { once } from "node:events";
import { type Command, Option } from "commander";
import type { Tools } from "../command.ts";
import { exitCodes } from "../exit.ts";

/** How long the log's reader may take to take the last lines. */
const lastWordsMs = 500;

export const addServe = (program: Command, { terminal, workingDirectory, end }: Tools): void => {
  program
    .command("serve")
    .summary("run the service without a window")
    .description(
      "Runs the service without a window until it is told to end (SIGTERM, SIGINT). Prints where it listens once it is ready.",
    )
    // For tests: the clock reads it by itself, before anything else is done.
    .addOption(new Option("--fixed-time <time>").hideHelp())
    .action(async () => {
      const { serve } = await import("../../serve.ts");
      const outcome = await serve({
        workingDirectory,
        say: terminal.out.say,
        complain: terminal.err.say,
        isTerminal: terminal.err.columns !== null,
        ended: Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]).then(() => undefined),
      });
      if (outcome !== "done") end(exitCodes[outcome]);
      // What nobody reads of the log must not keep a service that has ended.
      setTimeout(() => process.exit(), lastWordsMs).unref();
    });
};
