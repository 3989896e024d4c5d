import { z } from "zod";
import { settingNameSchema } from "./config.ts";
import { printableLine } from "./printable.ts";

/*
 * What a folder of the predecessor comes to here, as it is shown to whoever moves: no value in it is secret.
 */

/** Of somebody's files, as it can be shown anywhere. */
const line = z.string().overwrite(printableLine);

/** Why a name of the predecessor has no counterpart. */
export const leftBehindSchema = z.enum([
  "fogis-sign-in",
  "own-matches",
  "own-log",
  "own-sign-in-server",
  "all-dialects",
  "scopes",
  "container",
  "other-notices",
  "overruled",
]);
export type LeftBehind = z.infer<typeof leftBehindSchema>;

/** What is there in place of a file that can be read. */
export const hindranceSchema = z.enum([
  "folder",
  "no-file",
  "too-large",
  "no-text",
  "forbidden",
  "leads-nowhere",
  "no-json",
  "no-compose",
  "outside",
]);
export type Hindrance = z.infer<typeof hindranceSchema>;

const expectedSchema = z.object({ en: z.string(), sv: z.string() }).readonly();

/** Settings that may contradict others: nothing starts on them. */
export const contradictedSchema = z.enum(["REDIS_TLS_CERT_FILE", "REDIS_TLS_KEY_FILE", "REDIS_SYSTEM_ALERTS_CHANNEL"]);

/** What nobody but a person can decide or bring. */
export const forPersonSchema = z.discriminatedUnion("kind", [
  /** Nothing is written while one of these is there: half of the settings would be worse than none. */
  z.object({ kind: z.literal("unreadable"), file: line, why: hindranceSchema }).readonly(),
  z.object({ kind: z.literal("value"), name: line, file: line, expected: expectedSchema }).readonly(),
  z.object({ kind: z.literal("together"), setting: contradictedSchema }).readonly(),
  /** A line of a `.env` that says nothing anybody can read. */
  z.object({ kind: z.literal("line"), file: line, line: z.int(), name: line.nullable() }).readonly(),
  z.object({ kind: z.literal("unset"), name: line, file: line, variables: line }).readonly(),
  z.object({ kind: z.literal("file-missing"), name: line, file: line }).readonly(),
  z.object({ kind: z.literal("compose-service"), file: line }).readonly(),
  z.object({ kind: z.literal("docker-host"), host: line, published: line.nullable() }).readonly(),
  z.object({ kind: z.literal("matches-url") }).readonly(),
  z.object({ kind: z.literal("open-door"), host: line }).readonly(),
  z.object({ kind: z.literal("port-led"), outside: line, inside: line }).readonly(),
  z.object({ kind: z.literal("no-calendar") }).readonly(),
  z.object({ kind: z.literal("sign-in-missing") }).readonly(),
  /** A sign-in is lacking, and the predecessor's was for a phonebook too. */
  z.object({ kind: z.literal("contacts-sign-in") }).readonly(),
  /** `why`: nothing of it can be read; else it `lacks` something. */
  z
    .object({
      kind: z.literal("sign-in-broken"),
      file: line,
      why: hindranceSchema.nullable(),
      lacks: line,
    })
    .readonly(),
  z.object({ kind: z.literal("second-sign-in"), file: line, used: line }).readonly(),
  z.object({ kind: z.literal("no-scope"), what: z.enum(["calendar", "contacts"]) }).readonly(),
  z.object({ kind: z.literal("web-client"), file: line }).readonly(),
  z.object({ kind: z.literal("service-account"), file: line }).readonly(),
]);
export type ForPerson = z.infer<typeof forPersonSchema>;

const becomesSchema = z
  .object({
    /** The predecessor's names that it is made of; none where the predecessor had it built in. */
    names: z.array(line).readonly(),
    /** Where they stand, by its path in the folder. */
    file: line.nullable(),
    setting: settingNameSchema,
    /** As it may be shown. */
    value: line,
  })
  .readonly();

export const foundMigrationSchema = z
  .object({
    state: z.literal("found"),
    /** Which files were read. */
    files: z.array(line).readonly(),
    becomes: z.array(becomesSchema).readonly(),
    /** The sign-in to Google that is taken over: the file that it stands in. */
    signIn: z.object({ file: line, contacts: z.boolean() }).readonly().nullable(),
    leftBehind: z.array(z.object({ name: line, file: line, why: leftBehindSchema }).readonly()).readonly(),
    forPerson: z.array(forPersonSchema).readonly(),
    /** Names that are none of the predecessor's, such as those of other services beside it. */
    others: z.array(line).readonly(),
  })
  .readonly();

export const migrationSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("none"), why: z.enum(["missing", "no-folder", "forbidden", "foreign"]) }).readonly(),
  foundMigrationSchema,
]);
export type Migration = z.infer<typeof migrationSchema>;
export type FoundMigration = Extract<Migration, { readonly state: "found" }>;

/** Whether something keeps it from being written. */
export const isBlocked = ({ forPerson }: FoundMigration): boolean =>
  forPerson.some((one) => one.kind === "unreadable" || (one.kind === "sign-in-broken" && one.why !== null));
