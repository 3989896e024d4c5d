import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { errorCode } from "../../../core/error-name.ts";
import type { Ask } from "../../bundle/contents.ts";
import type { Client } from "../client.ts";
import { connect, type Tools } from "../command.ts";
import { CommandFailure, exitCodes } from "../exit.ts";

export const addBundle = (program: Command, tools: Tools): void => {
  program
    .command("bundle")
    .summary("gather what a support request needs")
    .description(
      "Gathers versions, the configuration, the state of the service, sizes of the journal and the last log lines in one zip, without secrets and contact data. Works when no service runs as well.",
    )
    .argument("[file]", "where to; - writes to standard output (default: avspark-bundle-TIME.zip here)")
    .option("--url <url>", "where the service is, such as http://127.0.0.1:5003 or unix:/run/avspark/http.sock")
    .action(async (given: unknown, _options, command: Command) => {
      const { bundleZip } = await import("../../bundle/contents.ts");
      const { readEnvironment } = await import("../../adapters/settings.ts");
      const client = await clientOrNull(command, tools);
      const surroundings = readEnvironment(tools.workingDirectory);
      const zip = await bundleZip({ surroundings, box: null, ask: client && asking(client) });
      const file = typeof given === "string" ? given : `avspark-bundle-${compactNow()}.zip`;
      if (file === "-") {
        process.stdout.write(zip);
        return;
      }
      await writeFile(file, zip, { mode: 0o600, flag: "wx" }).catch((error: unknown) => cannotWrite(file, error));
      tools.terminal.out.say(`Written to ${file}.`);
    });
};

const asking =
  (client: Client): Ask =>
  async (name, input) => {
    try {
      return (await client.call(name, input)).body;
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      return { unanswered: error.message };
    }
  };

/** Also somebody whose configuration is wrong wants a bundle. */
const clientOrNull = async (command: Command, tools: Tools): Promise<Client | null> => {
  try {
    return (await connect(command, tools)).client;
  } catch (error) {
    if (error instanceof CommandFailure && error.code === exitCodes.noService) return null;
    throw error;
  }
};

const compactNow = (): string => new Date().toISOString().replace(/[-:]|\.\d+/g, "");

const cannotWrite = (file: string, error: unknown): never => {
  const code = errorCode(error) ?? "unknown";
  const why = code === "EEXIST" ? "it is there already" : code;
  throw new CommandFailure(exitCodes.misconfigured, `${file} cannot be written: ${why}.`);
};
