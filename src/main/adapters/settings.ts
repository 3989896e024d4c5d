import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";
import { type Layers, type Resolved, resolveConfig, type Values } from "../../core/config/resolve.ts";
import { configFields, type SettingName, settingNameSchema } from "../../shared/config.ts";
import { raise } from "../../shared/problem.ts";
import { writeWholeSync } from "./whole-file.ts";

/** Encrypts what must not lie in the open; absent where the system has no keyring. */
export type SecretBox = { readonly seal: (text: string) => string; readonly open: (sealed: string) => string | null };

export type SettingsFile = {
  /** What the settings page has saved, secrets opened. */
  readonly values: () => Values;
  /** Saves over what was there; an empty value removes. `sessionOnly`: secrets are kept in memory alone. */
  readonly save: (values: Readonly<Partial<Record<SettingName, string>>>, sessionOnly: boolean) => void;
};

const fileSchema = z.object({
  values: z.partialRecord(settingNameSchema, z.string()).default({}),
  /** Encrypted by the system's keyring, base64. */
  sealed: z.partialRecord(settingNameSchema, z.string()).default({}),
});
type FileContent = z.infer<typeof fileSchema>;

/** The environment of this process and the `.env` file of the working directory. */
export const readEnvironment = (workingDirectory: string): Pick<Layers, "environment" | "dotenv"> => ({
  environment: process.env,
  dotenv: readDotenv(join(workingDirectory, ".env")),
});

/** The configuration in force. `settings` is what the app's settings page saved; the headless service has none. */
export const loadConfig = (options: { readonly workingDirectory: string; readonly settings?: Values }): Resolved =>
  resolveConfig({ ...readEnvironment(options.workingDirectory), settings: options.settings ?? {} });

export const openSettingsFile = (file: string, box: SecretBox | null): SettingsFile => {
  const read = (): FileContent => {
    const text = readOptional(file);
    if (text === null) return { values: {}, sealed: {} };
    const parsed = fileSchema.safeParse(parseJson(text));
    return parsed.success
      ? parsed.data
      : raise(
          "configuration-invalid",
          "The settings file cannot be read; repair or remove settings.json in the data folder.",
        );
  };
  const session = new Map<SettingName, string>();
  return {
    values: () => {
      const { values, sealed } = read();
      const opened = Object.entries(sealed).map(([name, secret]) => [name, box?.open(secret) ?? undefined] as const);
      return { ...values, ...Object.fromEntries(opened), ...Object.fromEntries(session) };
    },
    save: (changes, sessionOnly) => {
      const { values, sealed } = read();
      const next = { values: { ...values }, sealed: { ...sealed } };
      for (const name of settingNameSchema.options) {
        const value = changes[name];
        if (value === undefined) continue;
        delete next.values[name];
        delete next.sealed[name];
        session.delete(name);
        if (value === "") continue;
        if (holdsSecret(name, value) && sessionOnly) session.set(name, value);
        else if (holdsSecret(name, value)) next.sealed[name] = (box ?? noKeyring(name)).seal(value);
        else next.values[name] = value;
      }
      writeSettings(file, next);
      chmodSync(file, 0o600);
    },
  };
};

/** What cannot be saved is said, and what was saved before stays. */
const writeSettings = (file: string, content: FileContent): void => {
  try {
    writeWholeSync(file, `${JSON.stringify(content, null, 2)}\n`);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (code === "ENOSPC" || code === "EDQUOT") raise("journal-full", "The disk is full; the settings were not saved.");
    raise("journal-failed", `The settings file could not be written (${code}).`);
  }
};

const noKeyring = (name: string): never =>
  raise(
    "keyring-missing",
    `${name} is secret and this system has no keyring to keep it in; set it in the environment or in .env instead.`,
  );

/** An address is secret only when it carries credentials. */
const holdsSecret = (name: SettingName, value: string): boolean => {
  const { secret } = configFields[name];
  return secret === "url" ? /:\/\/[^/]*@/.test(value) : secret;
};

const readDotenv = (file: string): Values => {
  const text = readOptional(file);
  return text === null ? {} : parseEnv(text);
};

const readOptional = (file: string): string | null => {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return null;
    throw error;
  }
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
