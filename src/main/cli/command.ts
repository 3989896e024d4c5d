import { type Command, Option } from "commander";
import { z } from "zod";
import type { Values } from "../../core/config/layers.ts";
import { type Client, createClient } from "./client.ts";
import type { ExitCode } from "./exit.ts";
import { placeOf } from "./place.ts";
import type { Terminal } from "./terminal.ts";

/** What every command is given. */
export type Tools = {
  readonly terminal: Terminal;
  readonly workingDirectory: string;
  /** What `avspark` ends with, when it is not 0. */
  readonly end: (code: ExitCode) => void;
};

const json = "print the answer as JSON";

/** A command that asks a running service. */
export const asksService = (command: Command): Command =>
  command
    .option("--json", json)
    .addOption(
      new Option("--url <url>", "where the service is, such as http://127.0.0.1:5003 or unix:/run/avspark/http.sock"),
    )
    .option("--send-token", "with --url: send AVSPARK_HTTP_TOKEN to another host than the configured one, too");
const serviceOptions = z.object({
  json: z.boolean().default(false),
  url: z.string().optional(),
  sendToken: z.boolean().default(false),
});

/** The service that the command's options, or else the configuration, name; and how its answer is wanted. */
export const connect = async (
  command: Command,
  { workingDirectory }: Tools,
): Promise<{ readonly client: Client; readonly json: boolean }> => {
  // An option that stands behind a command's own command counts as the former's.
  const { json, url, sendToken } = serviceOptions.parse(command.optsWithGlobals());
  // Only here: help and completions need no configuration.
  const { loadConfig, readEnvironment } = await import("../adapters/settings.ts");
  const { config } = loadConfig({ workingDirectory });
  const { environment } = readEnvironment(workingDirectory);
  const token = config.AVSPARK_HTTP_TOKEN ?? (await tokenOfApp(config.AVSPARK_DATA_DIR, environment));
  return { client: createClient(placeOf(url, { ...config, AVSPARK_HTTP_TOKEN: token }, sendToken)), json };
};

/** What the app of this user has closed its door with. */
const tokenOfApp = async (configured: string | null, environment: Values): Promise<string | null> => {
  const { dataFolder } = await import("../adapters/folders.ts");
  const { keptDoorToken } = await import("../adapters/door-token.ts");
  try {
    return keptDoorToken(dataFolder(configured, environment));
  } catch {
    // A user without a home folder has no app either.
    return null;
  }
};

export const asJson = (value: object): string => JSON.stringify(value, null, 2);
