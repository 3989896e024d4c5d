import { chmod, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorCode } from "../core/error-name.ts";
import { additionTo, signInBeside } from "../core/migration/merge.ts";
import { type MigrationPlan, planMigration } from "../core/migration/plan.ts";
import type { SettingName } from "../shared/config.ts";
import { readDotenv, valuesOf } from "../shared/dotenv/read.ts";
import { googleTokenFileSchema } from "../shared/google-token.ts";
import type { Migration } from "../shared/migration.ts";
import { raise } from "../shared/problem.ts";
import { readDotenvText } from "./adapters/dotenv.ts";
import { prepareFolder } from "./adapters/folders.ts";
import { isFullDisk } from "./adapters/journal/storage-problem.ts";
import { openOldFolder } from "./adapters/old-folder.ts";
import { readRegularFile } from "./adapters/regular-file.ts";
import { writeWhole } from "./adapters/whole-file.ts";

type None = Extract<Migration, { readonly state: "none" }>;

/** What the predecessor's folder comes to. Nothing is written. */
export const readMigration = (path: string): MigrationPlan | None => {
  const folder = openOldFolder(path);
  if ("state" in folder) return folder;
  return planMigration(folder) ?? { state: "none", why: "foreign" };
};

export type Written = {
  readonly envFile: string;
  readonly added: readonly SettingName[];
  /** What is set otherwise there, and stays. */
  readonly kept: readonly SettingName[];
  /** null: no sign-in is taken over. */
  readonly signIn: { readonly file: string; readonly became: "written" | "same" | "other" } | null;
};

/** Adds what is lacking to the `.env`, and puts the sign-in with our data; both whole or neither. */
export const writeMigration = async (
  { settings, signIn }: Pick<MigrationPlan, "settings" | "signIn">,
  { envFile, dataFolder }: { readonly envFile: string; readonly dataFolder: string },
): Promise<Written> => {
  const tokenFile = join(dataFolder, "google-token.json");
  const state = signIn === null ? null : signInBeside(await ownToken(tokenFile), signIn.token);
  const wanted = new Map(settings);
  if (state !== null) wanted.set("GOOGLE_CALENDAR_TOKEN_FILE", tokenFile);
  const before = readDotenvText(envFile);
  if ("found" in before) return raise("settings-unreadable", `In place of ${envFile} there is ${before.found}.`);
  const { lines, added, kept } = additionTo(valuesOf(readDotenv(before.text, {})), wanted);
  if (state === "write" && signIn !== null) {
    prepareFolder(dirname(tokenFile));
    // Ours from here on: it may be signed out of, and says when a person must sign in again where that is known.
    await put(tokenFile, `${JSON.stringify({ ...signIn.content, sign_in_expires_at: null }, null, 2)}\n`);
  }
  if (added.length > 0) {
    try {
      await put(envFile, `${asLines(before.text)}# From the Python service, by avspark migrate.\n${lines}`);
    } catch (error) {
      if (state === "write") await rm(tokenFile, { force: true });
      throw error;
    }
  }
  const became = state === "write" ? "written" : state;
  return { envFile, added, kept, signIn: became === null ? null : { file: tokenFile, became } };
};

/** For its owner alone, whatever rights a file of that name had: there are secrets in it now. */
const put = async (file: string, text: string): Promise<void> => {
  try {
    await writeWhole(file, text);
    await chmod(file, 0o600);
  } catch (error) {
    const code = errorCode(error) ?? "unknown";
    if (isFullDisk(code)) raise("journal-full", `The disk is full; ${file} was not written.`);
    raise("data-folder", `${file} could not be written (${code}).`);
  }
};

/** Ended as a line. A file in UTF-16 is written in UTF-8 from here on, and says what it said. */
const asLines = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

const ownToken = async (file: string) => {
  try {
    return googleTokenFileSchema.parse(JSON.parse((await readRegularFile(file)).toString("utf8")));
  } catch (error) {
    // What is no sign-in is not in the way; what cannot be read is.
    if (errorCode(error) === null || errorCode(error) === "ENOENT") return null;
    return raise("calendar-token-file", "The Google token file cannot be read.");
  }
};
