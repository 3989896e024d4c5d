import { release, totalmem } from "node:os";
import type { Values } from "../../../core/config/layers.ts";
import { errorCode } from "../../../core/error-name.ts";
import { redactPayload } from "../../../core/feed/redact.ts";
import { instantOf } from "../../../shared/instant.ts";
import { dataFolder, folderFor, homeFolder } from "../../adapters/folders.ts";
import { inspectJournal } from "../../adapters/journal/inspect.ts";
import { lastLogLines } from "../../adapters/log-tail.ts";
import { loadConfig, readEnvironment } from "../../adapters/settings.ts";
import { version } from "../../version.ts";
import type { Client } from "../client.ts";
import { CommandFailure } from "../exit.ts";
import { secretRemover } from "./secrets.ts";

const logLines = 2000;

/**
 * What somebody who helps needs to see, as files by name. Gathered here and not by the service: it is wanted most when
 * that does not start. `client`: null when there is no telling where the service would be.
 */
export const bundleContents = async (
  workingDirectory: string,
  client: Client | null,
): Promise<Readonly<Record<string, string>>> => {
  const layers = readEnvironment(workingDirectory);
  const { config, settings, problems, missing, unknown, oldNames, demo } = loadConfig({ workingDirectory });
  const folder = folderOrNull(config.AVSPARK_DATA_DIR, layers.environment);
  const clean = secretRemover([layers.environment, layers.dotenv], homeFolder() ?? "");
  const values: Readonly<Record<string, unknown>> = {
    "versions.json": {
      avspark: version,
      node: process.versions.node,
      electron: process.versions.electron ?? null,
      system: `${process.platform} ${process.arch} ${release()}`,
      memoryMegabytes: Math.round(totalmem() / 1024 ** 2),
      at: instantOf(Date.now()),
    },
    "configuration.json": { settings, problems, missing, unknown, oldNames },
    "journal.json": orWhyNot(folder, (found) => inspectJournal(folderFor(demo ? "demo" : "live", found))),
    ...(await answersOf(client)),
  };
  const files = Object.entries(values).map(([name, value]) => [name, clean(pretty(value))] as const);
  const log = orWhyNot(folder, (found) => lastLogLines(found, logLines));
  const lines = (Array.isArray(log) ? log : [JSON.stringify(log)]).map((line) => `${clean(redactPayload(line))}\n`);
  return { "README.txt": readme, ...Object.fromEntries(files), "log.jsonl": lines.join("") };
};

const folderOrNull = (configured: string | null, environment: Values): string | null => {
  try {
    return dataFolder(configured, environment);
  } catch {
    // A user without a home folder; the configuration in the bundle shows it.
    return null;
  }
};

/** A data folder that cannot be read is a reason to ask for help, so what cannot be told is no reason to tell nothing. */
const orWhyNot = <T>(folder: string | null, look: (folder: string) => T): T | { readonly unreadable: string } => {
  if (folder === null) return { unreadable: "There is no data folder." };
  try {
    return look(folder);
  } catch (error) {
    return { unreadable: errorCode(error) ?? "unknown" };
  }
};

/** Redacted once more, though every part was made to be shown. */
const pretty = (value: unknown): string => {
  const redacted: unknown = JSON.parse(redactPayload(JSON.stringify(value)));
  return `${JSON.stringify(redacted, null, 2)}\n`;
};

/** What a running service says, or why none does. */
const answersOf = async (client: Client | null): Promise<Readonly<Record<string, unknown>>> => {
  if (client === null) return {};
  const asked = {
    "status.json": () => client.call("redisStatus", {}),
    "statistics.json": () => client.call("redisStats", {}),
    "statistics-24h.json": () => client.call("stats", { range: "24h" }),
    "service-configuration.json": () => client.call("redisConfig", {}),
    "gaps.json": () => client.call("gaps", {}),
  } as const;
  const answers: Record<string, unknown> = {};
  for (const [name, ask] of Object.entries(asked)) {
    try {
      answers[name] = (await ask()).body;
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      answers[name] = { unanswered: error.message };
    }
  }
  return answers;
};

const readme = `What Avspark would show somebody who helps: versions, the configuration, how the service is doing, sizes and
counts of the journal, and the last lines of the log.

Passwords, tokens, telephone numbers and e-mail addresses are taken out. Names of teams and referees may be in it.
`;
