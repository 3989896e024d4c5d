import type { Command } from "commander";
import { oldNameSentence } from "../../../core/config/old-names.ts";
import type { Resolved } from "../../../core/config/resolve.ts";
import type { Setting } from "../../../shared/config.ts";
import type { Output } from "../../../shared/contract.ts";
import { instantOf } from "../../../shared/instant.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { CommandFailure, exitCodes } from "../exit.ts";
import { aligned, type Paint } from "../terminal.ts";

type Configuration = Output<"redisConfig">["configuration"];

export const addConfig = (program: Command, tools: Tools): void => {
  asksService(program.command("config"))
    .summary("show the configuration in force, without secrets")
    .description(
      "Shows every setting in force with where it comes from, without secrets: the running service's, or, when none runs, what one started here would use.",
    )
    .action(async (_options, command: Command) => {
      const { out, err } = tools.terminal;
      const { configuration, body, running } = await find(command, tools);
      if (!running) err.say("No service runs; this is what one started here would use.");
      out.say(body === null ? table(configuration, out.paint).join("\n") : asJson(body));
      if (!configuration.valid) tools.end(exitCodes.misconfigured);
    });
};

/** `body` only where JSON is wanted. */
const find = async (
  command: Command,
  tools: Tools,
): Promise<{ readonly configuration: Configuration; readonly body: object | null; readonly running: boolean }> => {
  const { json, url } = command.opts<{ readonly json?: boolean; readonly url?: string }>();
  try {
    const { client } = await connect(command, tools);
    const { output, body } = await client.call("redisConfig", {});
    return { ...output, body: json === true ? body : null, running: true };
  } catch (error) {
    const absent = error instanceof CommandFailure && error.code === exitCodes.noService;
    // Whoever names a service means that one.
    if (!absent || url !== undefined) throw error;
  }
  const { loadConfig } = await import("../../adapters/settings.ts");
  const resolved = loadConfig(tools);
  const configuration = await shown(resolved);
  const body = { success: true, timestamp: instantOf(Date.now()), configuration };
  return { configuration, body: json === true ? body : null, running: false };
};

const shown = async (resolved: Resolved): Promise<Configuration> => {
  const { shownConfiguration } = await import("../../../core/config/shown.ts");
  const { shownValue } = await import("../../../shared/config.ts");
  return shownConfiguration(resolved, shownValue("REDIS_URL", resolved.config.REDIS_URL ?? ""));
};

const sources: Readonly<Record<Setting["source"], string>> = {
  environment: "environment",
  dotenv: ".env",
  settings: "settings",
  default: "default",
};

const table = ({ settings, problems, oldNames, unknown }: Configuration, paint: Paint): readonly string[] => [
  ...aligned(
    settings.map(({ name, value, source, from }) => [
      name,
      from.length === 0 ? sources[source] : `${sources[source]} (${from.join(", ")})`,
      source === "default" ? paint("dim", value) : value,
    ]),
  ),
  ...oldNames.map((old) => {
    const line = oldNameSentence({ ...old, name: `${old.name} (${sources[old.source]})` });
    return old.used ? line : paint("yellow", line);
  }),
  ...unknown.map((name) => paint("yellow", `${name} is no setting of Avspark and does nothing.`)),
  ...problems.map(({ variable, value, expected }) =>
    paint("red", `${variable} is ${value === "" ? "not set" : `"${value}"`}; it should be ${expected}.`),
  ),
];
