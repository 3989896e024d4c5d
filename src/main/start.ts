// Where a packaged Avspark begins. Electron waits for this module before it looks for a display, so a command, which is
// over before that, needs none.

import { once } from "node:events";
import { askedOf } from "./asked.ts";

const asked = askedOf(process.argv.slice(1));

if (asked.kind === "window") {
  await import("./index.ts");
} else {
  const { runCommandLine } = await import("./cli/main.ts");
  const code = await runCommandLine(asked.args);
  if (process.stdout.writableNeedDrain) await once(process.stdout, "drain");
  process.exit(code);
}
