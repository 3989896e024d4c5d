import { run } from "./cli/run.ts";
import { openTerminal } from "./cli/terminal.ts";

// Whoever read our answer has enough of it: `avspark tail | head`.
process.stdout.on("error", (error) => process.exit("code" in error && error.code === "EPIPE" ? 0 : 1));

process.exitCode = await run(process.argv.slice(2), {
  terminal: openTerminal(process.stdout, process.stderr),
  workingDirectory: process.cwd(),
});
