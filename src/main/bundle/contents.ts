import { release, totalmem } from "node:os";
import { join } from "node:path";
import type { Surroundings, Values } from "../../core/config/layers.ts";
import { type Resolved, resolveConfig } from "../../core/config/resolve.ts";
import { errorCode } from "../../core/error-name.ts";
import { redactPayload } from "../../core/feed/redact.ts";
import type { CommandName, Input } from "../../shared/contract.ts";
import { instantOf } from "../../shared/instant.ts";
import { ProblemError } from "../../shared/problem.ts";
import { dataFolder, folderFor, homeFolder } from "../adapters/folders.ts";
import { inspectJournal } from "../adapters/journal/inspect.ts";
import { lastLogLines } from "../adapters/log-tail.ts";
import { openSettingsFile, type SecretBox } from "../adapters/settings-file.ts";
import { version } from "../version.ts";
import { secretRemover } from "./secrets.ts";

const logLines = 2000;

/** Asks the service; where it does not answer, says why in place of an answer. */
export type Ask = <N extends CommandName>(name: N, input: Input<N>) => Promise<unknown>;

type BundleSources = {
  readonly surroundings: Surroundings;
  /** Opens what the app has sealed; the command line has none. */
  readonly box: SecretBox | null;
  /** null when there is no telling where the service would be. */
  readonly ask: Ask | null;
};

/**
 * What somebody who helps needs to see, as files by name. Gathered here and not by the service: it is wanted most when
 * that does not start.
 */
export const bundleContents = async ({
  surroundings,
  box,
  ask,
}: BundleSources): Promise<Readonly<Record<string, string>>> => {
  const { environment, dotenv } = surroundings;
  const resolved = resolveConfig({ ...surroundings, settings: {} });
  const folder = folderOrNull(resolved.config.AVSPARK_DATA_DIR, environment);
  const saved = orWhyNot(folder, (found) => openSettingsFile(join(found, "settings.json"), box).saved());
  const desktop = "unreadable" in saved ? null : resolveConfig({ ...surroundings, ...saved });
  const secrets: readonly Values[] = [environment, dotenv, ...("settings" in saved ? [saved.settings] : [])];
  const clean = secretRemover(secrets, homeFolder() ?? "");
  const mode = resolved.demo && desktop?.demo !== false ? "demo" : "live";
  const values: Readonly<Record<string, unknown>> = {
    "versions.json": {
      avspark: version,
      node: process.versions.node,
      electron: process.versions.electron ?? null,
      system: `${process.platform} ${process.arch} ${release()}`,
      memoryMegabytes: Math.round(totalmem() / 1024 ** 2),
      at: instantOf(Date.now()),
    },
    "configuration.json": toShow(resolved),
    "desktop-configuration.json": desktop === null ? saved : toShow(desktop),
    "journal.json": orWhyNot(folder, (found) => inspectJournal(folderFor(mode, found))),
    ...(ask === null ? {} : await answersTo(ask)),
  };
  const files = Object.entries(values).map(([name, value]) => [name, clean(pretty(value))] as const);
  const log = orWhyNot(folder, (found) => lastLogLines(found, logLines));
  const lines = (Array.isArray(log) ? log : [JSON.stringify(log)]).map((line) => `${clean(redactPayload(line))}\n`);
  return { "README.txt": readme, ...Object.fromEntries(files), "log.jsonl": lines.join("") };
};

/** The same as one file. */
export const bundleZip = async (sources: BundleSources): Promise<Uint8Array> => {
  const { strToU8, zipSync } = await import("fflate");
  const contents = await bundleContents(sources);
  return zipSync(Object.fromEntries(Object.entries(contents).map(([name, text]) => [name, strToU8(text)])));
};

const toShow = ({ settings, problems, missing, unknown, oldNames }: Resolved) => ({
  settings,
  problems,
  missing,
  unknown,
  oldNames,
});

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
    return { unreadable: error instanceof ProblemError ? error.problem.kind : (errorCode(error) ?? "unknown") };
  }
};

/** Redacted once more, though every part was made to be shown. */
const pretty = (value: unknown): string => {
  const redacted: unknown = JSON.parse(redactPayload(JSON.stringify(value)));
  return `${JSON.stringify(redacted, null, 2)}\n`;
};

const answersTo = async (ask: Ask): Promise<Readonly<Record<string, unknown>>> => ({
  "status.json": await ask("redisStatus", {}),
  "statistics.json": await ask("redisStats", {}),
  "statistics-24h.json": await ask("stats", { range: "24h" }),
  "service-configuration.json": await ask("redisConfig", {}),
  "gaps.json": await ask("gaps", {}),
});

const readme = `What Avspark would show somebody who helps: versions, the configuration
(as it is without the app, and with what is saved in it), how the service is doing, sizes and
counts of the journal, and the last lines of the log.

Passwords, tokens, telephone numbers and e-mail addresses are taken out. Names of teams and referees may be in it.
`;
