import { manualOf } from "../../../src/main/cli/manual.ts";
import { outlineOf } from "../../../src/main/cli/outline.ts";
import { createProgram } from "../../../src/main/cli/program.ts";
import { openTerminal } from "../../../src/main/cli/terminal.ts";
import { version } from "../../../src/main/version.ts";

/** What `avspark man` prints. */
export const manualPage = () =>
  manualOf(
    outlineOf(
      createProgram({
        terminal: openTerminal(process.stdout, process.stderr),
        workingDirectory: process.cwd(),
        end: () => undefined,
      }),
    ),
    version,
  );
