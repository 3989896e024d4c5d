import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import type { MigrationPlan } from "../../../core/migration/plan.ts";
import { settingNameSchema } from "../../../shared/config.ts";
import { type FoundMigration, isBlocked } from "../../../shared/migration.ts";
import { forPersonSentence } from "../../../shared/text/sentences.ts";
import { realPlace } from "../../adapters/whole-file.ts";
import type { Written } from "../../migrate.ts";
import { asJson, type Tools } from "../command.ts";
import { CommandFailure, exitCodes } from "../exit.ts";
import { aligned, type Terminal } from "../terminal.ts";
import { tryConnections } from "../try-connections.ts";
import { words } from "../words.ts";

const say = words.texts.migration;
const options = z.object({ write: z.boolean().default(false), json: z.boolean().default(false) });

export const addMigrate = (program: Command, tools: Tools): void => {
  program
    .command("migrate")
    .summary("take over the settings of the Python service")
    .description(
      "Reads the folder of the Python service that Avspark replaces (.env, config.json, the compose file, credentials.json, token.json), says what becomes of each thing, what has no counterpart and what needs a person. With --write it adds the settings to .env in the working directory, keeps the sign-in to Google with Avspark's data, and tries the connections. What is set already stays; nothing in that folder is changed.",
    )
    .argument("<folder>", "where the Python service has its files")
    .option("--write", "write it; without this nothing is written")
    .option("--json", "print the answer as JSON")
    .action(async (folder: unknown, _options, command: Command) => {
      const { write, json } = options.parse(command.opts());
      const { readMigration } = await import("../../migrate.ts");
      const read = readMigration(z.string().parse(folder));
      if ("state" in read) throw new CommandFailure(exitCodes.misconfigured, say.none[read.why], [say.noneRemedy]);
      const found = await withoutAnswered(read, tools);
      const { out } = tools.terminal;
      const blocked = isBlocked(found.migration);
      if (!json) out.say(shown(found.migration, tools.terminal).join("\n"));
      if (blocked && !json) out.say(out.paint("red", say.blocked));
      if (write && isIn(z.string().parse(folder), envFileIn(tools)))
        throw new CommandFailure(exitCodes.misconfigured, say.here, [say.hereRemedy]);
      const written = write && !blocked ? await writeHere(found, tools) : null;
      if (json) out.say(asJson({ migration: found.migration, written }));
      else if (written !== null) out.say(ending(written).join("\n"));
      else if (!blocked) out.say(`${say.preview(found.settings.size)} ${say.previewHow}`);
      if (blocked) tools.end(exitCodes.misconfigured);
      if (written !== null && !(await tryConnections(tools))) tools.end(exitCodes.failed);
    });
};

/** What is set here needs nobody any more. */
const withoutAnswered = async (plan: MigrationPlan, { workingDirectory }: Tools): Promise<MigrationPlan> => {
  const { readEnvironment } = await import("../../adapters/settings.ts");
  const { foundByName } = await import("../../../core/config/layers.ts");
  const { stillForPerson } = await import("../../../core/migration/answered.ts");
  const layers = { ...readEnvironment(workingDirectory), settings: {} };
  const ours = settingNameSchema.options.flatMap((name) => {
    const set = foundByName(name, layers);
    return set === null ? [] : [[name, set.text] as const];
  });
  const forPerson = stillForPerson(plan.migration.forPerson, plan.settings, new Map(ours));
  return { ...plan, migration: { ...plan.migration, forPerson } };
};

const envFileIn = ({ workingDirectory }: Tools): string => join(workingDirectory, ".env");

/** However the two are named, as by a link. */
const isIn = (folder: string, file: string): boolean => dirname(realPlace(file)) === realpathSync(folder);

const writeHere = async (plan: MigrationPlan, tools: Tools): Promise<Written> => {
  const { workingDirectory } = tools;
  const { writeMigration } = await import("../../migrate.ts");
  const { loadConfig, readEnvironment } = await import("../../adapters/settings.ts");
  const { dataFolder } = await import("../../adapters/folders.ts");
  const { config } = loadConfig({ workingDirectory });
  const { environment } = readEnvironment(workingDirectory);
  return writeMigration(plan, {
    envFile: envFileIn(tools),
    dataFolder: dataFolder(config.AVSPARK_DATA_DIR, environment),
  });
};

const shown = (migration: FoundMigration, { out: { paint } }: Terminal): readonly string[] => {
  const { files, becomes, signIn, leftBehind, forPerson, others } = migration;
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [paint("bold", title), ...lines.map((line) => `  ${line}`), ""];
  return [
    say.read(files.join(", ")),
    "",
    ...section(
      say.becomes,
      aligned(
        becomes.map(({ names, file, setting, value }) => [
          names.join(", ") || say.builtIn,
          paint("dim", file ?? ""),
          `→ ${setting}=${value}`,
        ]),
      ),
    ),
    ...section(
      say.forPerson,
      forPerson.map((one) => paint(one.kind === "unreadable" ? "red" : "yellow", forPersonSentence(one, words))),
    ),
    ...section(
      say.leftBehind,
      aligned(leftBehind.map(({ name, file, why }) => [name, paint("dim", file), say.why[why]])),
    ),
    ...section(say.others, others.length === 0 ? [] : [others.join(", ")]),
    ...(signIn === null ? [] : [say.signIn(signIn), ""]),
  ];
};

const ending = ({ envFile, added, kept, signIn }: Written): readonly string[] => [
  added.length === 0 ? say.nothingToWrite : say.written(envFile),
  ...kept.map((setting) => say.kept({ setting, file: envFile })),
  ...(signIn === null || signIn.became === "same"
    ? []
    : [signIn.became === "written" ? say.signInWritten(signIn.file) : say.signInKept(signIn.file)]),
];
