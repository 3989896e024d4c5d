import { chmodSync, renameSync } from "node:fs";
import { z } from "zod";
import type { Layers } from "../../core/config/layers.ts";
import { errorCode } from "../../core/error-name.ts";
import { type SettingName, settingNameSchema, shownValue } from "../../shared/config.ts";
import { raise } from "../../shared/problem.ts";
import { isFullDisk } from "./journal/storage-problem.ts";
import { NoFileError, readRegularFileSync } from "./regular-file.ts";
import { writeWholeSync } from "./whole-file.ts";

/** Encrypts what must not lie in the open; absent where the system has no keyring. `open` answers null for what it cannot read. */
export type SecretBox = { readonly seal: (text: string) => string; readonly open: (sealed: string) => string | null };

export type SettingsFile = {
  /** What the settings page has saved, secrets opened. Throws `settings-unreadable` for a file that makes no sense. */
  readonly saved: () => Pick<Layers, "settings" | "unopened">;
  /**
   * Saves over what was there; an empty value removes. `sessionOnly`: secrets are kept in memory alone. A file that made no
   * sense is set aside first.
   */
  readonly save: (values: Readonly<Partial<Record<SettingName, string>>>, sessionOnly: boolean) => void;
};

/** As a person may have written it by hand. */
const textSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** What another version of Avspark has put there stays there. */
const fileSchema = z.looseObject({
  values: z.record(z.string(), textSchema).default({}),
  /** Encrypted by the system's keyring, base64. */
  sealed: z.record(z.string(), z.string()).default({}),
});
type FileContent = z.infer<typeof fileSchema>;

const nothing: FileContent = { values: {}, sealed: {} };

/** `unreadable`: why nothing can be made of it. */
type Reading =
  | { readonly ok: true; readonly content: FileContent }
  | { readonly ok: false; readonly unreadable: string };

const read = (file: string): Reading => {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(readRegularFileSync(file).toString()));
    return parsed.success
      ? { ok: true, content: parsed.data }
      : { ok: false, unreadable: "it holds something other than settings" };
  } catch (error) {
    if (error instanceof NoFileError) return { ok: false, unreadable: "it is no ordinary file" };
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return { ok: true, content: nothing };
    return { ok: false, unreadable: code ?? "it is not JSON" };
  }
};

export const openSettingsFile = (file: string, box: SecretBox | null): SettingsFile => {
  const session = new Map<string, string>();
  return {
    saved: () => {
      const reading = read(file);
      if (!reading.ok)
        return raise("settings-unreadable", `The settings file cannot be read (${reading.unreadable}): ${file}`);
      const { values, sealed } = reading.content;
      const secrets = Object.entries(sealed).map(([name, secret]) => ({ name, opened: box?.open(secret) ?? null }));
      const opened = secrets.flatMap(({ name, opened }) => (opened === null ? [] : [[name, opened] as const]));
      return {
        settings: { ...values, ...Object.fromEntries(opened), ...Object.fromEntries(session) },
        unopened: secrets.flatMap(({ name, opened }) => (opened === null && !session.has(name) ? [name] : [])),
      };
    },
    save: (changes, sessionOnly) => {
      const reading = read(file);
      const next = reading.ok ? structuredClone(reading.content) : structuredClone(nothing);
      for (const name of settingNameSchema.options) {
        const value = changes[name];
        if (value === undefined) continue;
        delete next.values[name];
        delete next.sealed[name];
        // Whoever has said once that it is kept for this run alone is not asked again.
        const forNow = sessionOnly || (box === null && session.has(name));
        session.delete(name);
        if (value === "") continue;
        if (holdsSecret(name, value) && forNow) session.set(name, value);
        else if (holdsSecret(name, value)) next.sealed[name] = (box ?? noKeyring(name)).seal(value);
        else next.values[name] = value;
      }
      if (!reading.ok) setAside(file);
      write(file, next);
    },
  };
};

/** Kept beside the new one: a person may still make something of it. */
const setAside = (file: string): void => renameSync(file, `${file}.unreadable-${Date.now()}`);

/** What cannot be saved is said, and what was saved before stays. */
const write = (file: string, content: FileContent): void => {
  try {
    writeWholeSync(file, `${JSON.stringify(content, null, 2)}\n`);
    chmodSync(file, 0o600);
  } catch (error) {
    const code = errorCode(error) ?? "unknown";
    if (isFullDisk(code)) raise("journal-full", "The disk is full; the settings were not saved.");
    raise("journal-failed", `The settings file could not be written (${code}).`);
  }
};

const noKeyring = (name: string): never =>
  raise(
    "keyring-missing",
    `${name} is secret and this system has no keyring to keep it in; set it in the environment or in .env instead.`,
  );

/** An address is secret only when something in it is. */
const holdsSecret = (name: SettingName, value: string): boolean => shownValue(name, value) !== value;
