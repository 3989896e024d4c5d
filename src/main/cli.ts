import { once } from "node:events";
import { Command } from "commander";
import { serve } from "./serve.ts";
import { version } from "./version.ts";

const program = new Command("avspark")
  .description("The referee coordinator's match desk, without its window.")
  .version(version);

program
  .command("serve")
  .description("Runs the service until it is told to end (SIGTERM, SIGINT).")
  .action(async () => {
    process.exitCode = await serve({
      workingDirectory: process.cwd(),
      say: (line) => void process.stdout.write(`${line}\n`),
      complain: (line) => void process.stderr.write(`${line}\n`),
      ended: Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]).then(() => undefined),
    });
  });

await program.parseAsync();
