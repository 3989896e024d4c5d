import { z } from "zod";
import { actSchema } from "./act.ts";
import { alertSchema } from "./alert.ts";
import { heldSchema, previewSchema, syncResultSchema, targetNameSchema, targetStatusSchema } from "./calendar.ts";
import { calendarFeedSchema, feedSubjectSchema, feedsListenerSchema } from "./calendar-feed.ts";
import { changeSchema } from "./change.ts";
import { checkIdSchema, checkPhaseSchema, checkResultSchema, selfTestSchema, trialSchema } from "./checks.ts";
import { settingNameSchema, settingSchema, settingSourceSchema } from "./config.ts";
import {
  clusterStatusSchema,
  connectionSchema,
  gapSchema,
  sourceStatusSchema,
  streamStatusSchema,
} from "./connection.ts";
import { freePersonSchema, noteSchema, todoItemSchema } from "./desk.ts";
import { instantSchema } from "./instant.ts";
import { logLevelSchema } from "./log.ts";
import { enteredMatchSchema, matchStatusSchema } from "./match.ts";
import { asRequest } from "./match-list.ts";
import { messageSummarySchema, messageTypeSchema, rejectedMatchSchema, verdictSchema } from "./message.ts";
import { migrationSchema } from "./migration.ts";
import { messengerNameSchema, messengerStatusSchema } from "./outward.ts";
import { personalDataSchema, personSchema } from "./people.ts";
import {
  predecessorConfigSchema,
  predecessorHealthSchema,
  predecessorStatsSchema,
  predecessorStatusSchema,
} from "./predecessor.ts";
import { problemSchema } from "./problem.ts";
import { type Role, roles } from "./role.ts";
import { healthSchema, matchViewSchema, snapshotSchema } from "./snapshot.ts";
import { statsRangeSchema, statsSchema } from "./stats.ts";
import { tableSchema } from "./table.ts";
import { listedTokenSchema, tokenNameSchema } from "./token.ts";
import { updatesSchema } from "./updates.ts";

/**
 * Every command, once. IPC and HTTP are derived from this value: both parse the input with `input`, call the one handler
 * and answer `output`. Over HTTP the answer is wrapped in `{success, timestamp, …output}`.
 */

type Route = {
  readonly method: "GET" | "POST";
  readonly path: `/${string}`;
  /** It takes a token also where everybody on the machine is let in without: it could send saved secrets elsewhere, or shut others out. */
  readonly alwaysToken?: true;
};

type Command<I extends z.ZodType, O extends z.ZodType> = {
  /** One sentence: the summary in /openapi.json, the docs and the command palette. */
  readonly about: string;
  /** What its caller must be allowed to do, whichever door they come by. */
  readonly role: Role;
  readonly input: I;
  readonly output: O;
  /** null: only for the window, over IPC. */
  readonly http: Route | null;
};

const command = <I extends z.ZodType, O extends z.ZodType>(
  about: string,
  { role, input, output, http }: { readonly role: Role; readonly input: I; readonly output: O; readonly http?: Route },
): Command<I, O> => ({ about, role, input, output, http: http ?? null });

const nothing = z.strictObject({});
/** As it is suggested, without its ending. */
const fileName = z.string().trim().min(1).max(100);
/** A whole name, as it is told. */
const personName = z.string().trim().min(3).max(200);
/** Who did it, as they want to be called. */
const by = z.string().trim().min(1).max(100).optional();
const done = z.object({ message: z.string() });
/** `token`: the removals that were seen, as `held` names them. */
const heldChoice = z.strictObject({ target: targetNameSchema, token: z.string().max(100).optional() });
const page = {
  /** The `next` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(10_000).optional(),
};
const next = z.string().nullable();

/** A match in any dialect; decoded inside, so that one bad match is named by its index. */
const wireMatches = z.array(z.unknown()).max(100_000);

const quarantined = z.object({
  id: z.int(),
  receivedAt: instantSchema,
  channel: z.string(),
  bytes: z.int(),
  path: z.string(),
  reason: z.string(),
  /** Contact data redacted; null when the message was too large to keep. */
  preview: z.string().nullable(),
});

export const contract = {
  // The six endpoints of the integration guide.
  redisStatus: command("The Redis subscription's state.", {
    role: "look",
    input: nothing,
    output: z.object({
      redis_status: predecessorStatusSchema.extend({
        enabled: z.boolean(),
        status: z.enum(["connected", "connecting", "disconnected", "disabled"]),
        redis_url: z.string(),
        subscription_status: z.object({
          subscription_active: z.boolean(),
          active_channels: z.array(z.string()).readonly(),
        }),
        /** The state machine's own word, with reason and since-when. */
        connection: connectionSchema,
        /** null: none is read. */
        stream: streamStatusSchema.nullable(),
        /** null: this Avspark is no node of a desk. */
        cluster: clusterStatusSchema.nullable(),
        source: sourceStatusSchema,
        calendars: z.array(targetStatusSchema).readonly(),
        health: healthSchema,
        mode: z.enum(["demo", "live"]),
      }),
    }),
    http: { method: "GET", path: "/redis-status" },
  }),
  redisStats: command("What was received since the service started.", {
    role: "look",
    input: nothing,
    output: z.object({
      statistics: z.object({
        enabled: z.boolean(),
        subscription_active: z.boolean(),
        statistics: z.object({
          subscription_stats: z.object({
            total_messages_received: z.int(),
            successful_messages: z.int(),
            failed_messages: z.int(),
            uptime_seconds: z.number(),
            duplicate_messages: z.int(),
            rejected_matches: z.int(),
            noted_fields: z.int(),
            reconnects: z.int(),
            last_message_at: instantSchema.nullable(),
            matches: z.int(),
            open_gaps: z.int(),
          }),
        }),
      }),
      stats: predecessorStatsSchema,
    }),
    http: { method: "GET", path: "/redis-stats" },
  }),
  redisTest: command("Connects anew, sends a message to itself through Redis and decodes a sample.", {
    role: "act",
    input: nothing,
    output: z.object({
      test_results: selfTestSchema.extend({ enabled: z.boolean(), ...predecessorStatusSchema.shape }),
    }),
    http: { method: "POST", path: "/redis-test" },
  }),
  redisRestart: command("Drops the subscription and makes a new one; answers when it is live or has failed.", {
    role: "act",
    input: nothing,
    output: done.extend({ connection: connectionSchema }),
    http: { method: "POST", path: "/redis-restart" },
  }),
  manualSync: command(
    "Takes matches in any dialect, puts them in the calendars and answers with each one's result. The good ones are taken and the bad ones named. A bare list, one match and a whole message are taken too.",
    {
      role: "act",
      input: z.preprocess(asRequest, z.strictObject({ matches: wireMatches })),
      output: done.extend({
        matches_processed: z.int(),
        /** Those that have no id that can be read; the first 1,000 of them. */
        rejected: z.array(rejectedMatchSchema).readonly(),
        results: z.array(syncResultSchema).readonly(),
      }),
      http: { method: "POST", path: "/manual-sync" },
    },
  ),
  redisConfig: command("The Redis configuration in force, without secrets.", {
    role: "look",
    input: nothing,
    output: z.object({
      configuration: z.object({
        enabled: z.boolean(),
        url: z.string(),
        valid: z.boolean(),
        channels: z.object({
          match_updates: z.string(),
          processor_status: z.string(),
          system_alerts: z.string(),
          extra_match_updates: z.array(z.string()).readonly(),
        }),
        /** null: none is read. */
        stream: z.string().nullable(),
        /** What is wrong, and what is missing; only the former makes the configuration invalid. */
        problems: z.array(z.object({ variable: z.string(), value: z.string(), expected: z.string() })).readonly(),
        /** Names that look like settings and are none. */
        unknown: z.array(z.string()).readonly(),
        /** The predecessor's names, and what became of them. */
        oldNames: z
          .array(
            z.object({
              name: z.string(),
              source: settingSourceSchema.extract(["environment", "dotenv"]),
              became: z.array(settingNameSchema).readonly(),
              used: z.boolean(),
            }),
          )
          .readonly(),
        settings: z.array(settingSchema).readonly(),
      }),
      config: predecessorConfigSchema,
    }),
    http: { method: "GET", path: "/redis-config" },
  }),

  // Avspark itself.
  health: command("Whether the process answers; what is wrong, if anything.", {
    role: "look",
    input: nothing,
    output: predecessorHealthSchema.extend({
      status: z.literal("ok"),
      version: z.string(),
      mode: z.enum(["demo", "live"]),
      health: healthSchema,
    }),
    http: { method: "GET", path: "/health" },
  }),
  ready: command("Whether matches arrive and reach the calendars; if not, why.", {
    role: "look",
    input: nothing,
    output: z.object({ ready: z.boolean(), reasons: z.array(problemSchema).readonly() }),
    http: { method: "GET", path: "/ready" },
  }),
  matches: command("Every current match, ordered by kick-off.", {
    role: "look",
    input: z.strictObject({
      ...page,
      status: matchStatusSchema.optional(),
      competition: z.string().max(200).optional(),
      /** Kick-off at or after. */
      from: instantSchema.optional(),
      /** Kick-off before. */
      until: instantSchema.optional(),
      changedSince: instantSchema.optional(),
      search: z.string().max(200).optional(),
      /** Those too that a complete list no longer had. */
      gone: z.stringbool().or(z.boolean()).optional(),
    }),
    output: z.object({ matches: z.array(matchViewSchema).readonly(), total: z.int(), next }),
    http: { method: "GET", path: "/matches" },
  }),
  match: command("One match: its timeline and the messages that touched it.", {
    role: "look",
    input: z.strictObject({ id: z.string().max(200) }),
    output: z.object({
      match: matchViewSchema,
      changes: z.array(changeSchema).readonly(),
      messages: z.array(messageSummarySchema).readonly(),
    }),
    http: { method: "GET", path: "/matches/:id" },
  }),
  people: command("Everybody who is assigned to a current match, by name, with their matches.", {
    role: "look",
    input: z.strictObject({ search: z.string().max(200).optional() }),
    output: z.object({ people: z.array(personSchema).readonly() }),
    http: { method: "GET", path: "/people" },
  }),
  person: command("One of them.", {
    role: "look",
    input: z.strictObject({ id: z.string().max(100) }),
    output: z.object({ person: personSchema }),
    http: { method: "GET", path: "/people/:id" },
  }),
  personCalendar: command("Their matches as a calendar file (iCalendar).", {
    role: "look",
    input: z.strictObject({ id: z.string().max(100) }),
    output: z.object({ name: z.string(), calendar: z.string() }),
    http: { method: "GET", path: "/people/:id/calendar" },
  }),
  feeds: command("The calendars that are followed by secret addresses, with their addresses; of one person if asked.", {
    role: "act",
    input: z.strictObject({ person: z.string().max(100).optional() }),
    output: z.object({ feeds: z.array(calendarFeedSchema).readonly(), listener: feedsListenerSchema }),
    http: { method: "GET", path: "/feeds" },
  }),
  makeFeed: command(
    "Makes a calendar that is followed by a secret address: of a person, team, venue, competition or filter, or one for everybody who referees. Where there is one, answers that.",
    {
      role: "act",
      input: z.strictObject({
        for: z.union([feedSubjectSchema, z.strictObject({ kind: z.literal("everybody") }).readonly()]),
      }),
      output: done.extend({ feeds: z.array(calendarFeedSchema).readonly() }),
      http: { method: "POST", path: "/make-feed" },
    },
  ),
  renewFeed: command("Gives such a calendar another address; the one before answers nobody from then on.", {
    role: "act",
    input: z.strictObject({ id: z.string().max(100) }),
    output: done.extend({ feed: calendarFeedSchema }),
    http: { method: "POST", path: "/renew-feed" },
  }),
  revokeFeed: command("Takes such a calendar away, with its address.", {
    role: "act",
    input: z.strictObject({ id: z.string().max(100) }),
    output: done,
    http: { method: "POST", path: "/revoke-feed" },
  }),
  freePeople: command(
    "Who has no match that keeps them from taking a place in this one; it proposes and appoints nobody.",
    {
      role: "look",
      input: z.strictObject({
        matchId: z.string().max(200),
        /** Without one: the first open place, or the main referee's. */
        role: z.string().max(200).optional(),
      }),
      output: z.object({
        match: z.object({ id: z.string(), title: z.string(), kickoff: instantSchema, venue: z.string().nullable() }),
        role: z.string().nullable(),
        people: z.array(freePersonSchema).readonly(),
      }),
      http: { method: "GET", path: "/people/free" },
    },
  ),
  todo: command("What waits for somebody, the most pressing first.", {
    role: "look",
    input: nothing,
    output: z.object({ items: z.array(todoItemSchema).readonly() }),
    http: { method: "GET", path: "/todo" },
  }),
  tell: command("Marks that somebody was told how things stand with a match; everybody it concerns without a person.", {
    role: "act",
    input: z.strictObject({
      matchId: z.string().max(200),
      personId: z.string().max(100).optional(),
      /** false: they were not told after all. */
      told: z.boolean().default(true),
      /** The newest change they were told of, as `todo` gives it; without it the newest there is. */
      upTo: z.int().min(0).optional(),
      by,
    }),
    output: done.extend({ match: matchViewSchema }),
    http: { method: "POST", path: "/tell" },
  }),
  note: command("Writes a note on a match.", {
    role: "act",
    input: z.strictObject({ matchId: z.string().max(200), text: z.string().trim().min(1).max(2000), by }),
    output: done.extend({ note: noteSchema, match: matchViewSchema }),
    http: { method: "POST", path: "/note" },
  }),
  removeNote: command("Takes a note off a match.", {
    role: "act",
    input: z.strictObject({ matchId: z.string().max(200), id: z.int() }),
    output: done.extend({ match: matchViewSchema }),
    http: { method: "POST", path: "/remove-note" },
  }),
  messages: command("Messages from the journal, newest first.", {
    role: "look",
    input: z.strictObject({
      ...page,
      channel: z.string().max(200).optional(),
      type: messageTypeSchema.optional(),
      verdict: verdictSchema.optional(),
      matchId: z.string().max(200).optional(),
      /** Words in the message, its content included; a search stops after 20,000 messages and `next` says where. */
      search: z.string().max(200).optional(),
      /** Only those after this one, the oldest first: to go on from there. */
      after: z.coerce.number().int().min(0).optional(),
    }),
    output: z.object({ messages: z.array(messageSummarySchema).readonly(), next }),
    http: { method: "GET", path: "/messages" },
  }),
  message: command("One message with its payload; contact data redacted unless asked for.", {
    role: "look",
    input: z.strictObject({ id: z.coerce.number().int().min(1), personal: z.stringbool().or(z.boolean()).optional() }),
    output: z.object({
      message: messageSummarySchema,
      /** JSON text, or the raw text where it is not JSON; null when it was too large to keep or has been cleaned up. */
      payload: z.string().nullable(),
      rejections: z.array(z.object({ path: z.string(), reason: z.string() })).readonly(),
    }),
    http: { method: "GET", path: "/messages/:id" },
  }),
  gaps: command("Stretches of time in which messages may have been missed.", {
    role: "look",
    input: nothing,
    output: z.object({ gaps: z.array(gapSchema).readonly() }),
    http: { method: "GET", path: "/gaps" },
  }),
  comparison: command("What Redis and the HTTP list each brought first, and what only one of them brought.", {
    role: "look",
    input: nothing,
    output: z.object({
      since: instantSchema,
      redis: z.object({ first: z.int(), only: z.int() }),
      http: z.object({ first: z.int(), only: z.int() }),
      both: z.int(),
    }),
    http: { method: "GET", path: "/comparison" },
  }),
  fetchMatches: command("Fetches the full match list over HTTP now.", {
    role: "act",
    input: nothing,
    output: done.extend({ source: sourceStatusSchema }),
    http: { method: "POST", path: "/fetch-matches" },
  }),
  stats: command("Counts, latencies and gaps over a range of time.", {
    role: "look",
    input: z.strictObject({ range: statsRangeSchema.default("1h") }),
    output: z.object({ stats: statsSchema }),
    http: { method: "GET", path: "/stats" },
  }),
  quarantine: command("What was refused, with the exact place and reason.", {
    role: "look",
    input: z.strictObject(page),
    output: z.object({ items: z.array(quarantined).readonly(), next }),
    http: { method: "GET", path: "/quarantine" },
  }),
  replay: command("Decodes quarantined messages again; all of them, or one.", {
    role: "act",
    input: z.strictObject({ id: z.int().optional() }),
    output: done.extend({ replayed: z.int(), accepted: z.int() }),
    http: { method: "POST", path: "/replay" },
  }),
  syncNow: command("Fetches the full list where one is configured, then brings every calendar up to date.", {
    role: "act",
    input: z.strictObject({ matchId: z.string().max(200).optional(), target: targetNameSchema.optional() }),
    output: done.extend({ results: z.array(syncResultSchema).readonly() }),
    http: { method: "POST", path: "/sync" },
  }),
  preview: command("What a sync would do, without doing it.", {
    role: "look",
    input: z.strictObject({ target: targetNameSchema.optional() }),
    output: z.object({ previews: z.array(previewSchema).readonly() }),
    http: { method: "GET", path: "/preview" },
  }),
  held: command("The removals that wait for a person's word: which they are, and what they have in common.", {
    role: "look",
    input: z.strictObject({ target: targetNameSchema.optional() }),
    output: z.object({ held: z.array(heldSchema).readonly() }),
    http: { method: "GET", path: "/held" },
  }),
  keep: command("Lets events stay that were to be removed. Without a token: those that were held first.", {
    role: "act",
    input: heldChoice,
    output: done.extend({ kept: z.int(), held: z.int() }),
    http: { method: "POST", path: "/keep" },
  }),
  confirm: command(
    "Lets held removals, or the first sync to a newly chosen calendar, go ahead. Without a token: the removals that were held first; what was added since stays held.",
    {
      role: "act",
      input: heldChoice,
      output: done.extend({ removals: z.int(), held: z.int() }),
      http: { method: "POST", path: "/confirm" },
    },
  ),
  undo: command("Takes back the last run on a calendar. What it does not take now is taken back later, and is told.", {
    role: "act",
    input: z.strictObject({ target: targetNameSchema }),
    output: done.extend({ restored: z.int(), results: z.array(syncResultSchema).readonly() }),
    http: { method: "POST", path: "/undo" },
  }),
  decline: command("Says that a match is not ours, or that it is after all: its events go, or come back.", {
    role: "act",
    input: z.strictObject({ matchId: z.string().max(200), declined: z.boolean().default(true) }),
    output: done.extend({ match: matchViewSchema }),
    http: { method: "POST", path: "/decline" },
  }),
  remove: command("Removes a match that no list has, or keeps one that a list lacks.", {
    role: "act",
    input: z.strictObject({ matchId: z.string().max(200), removed: z.boolean().default(true) }),
    output: done.extend({ match: matchViewSchema }),
    http: { method: "POST", path: "/remove" },
  }),
  enter: command("Enters a match by hand, which no list takes away; with an id it changes one that was so entered.", {
    role: "act",
    input: z.strictObject({ id: z.string().min(1).max(100).optional(), match: enteredMatchSchema }),
    output: done.extend({ match: matchViewSchema }),
    http: { method: "POST", path: "/enter" },
  }),
  audit: command("Compares a calendar with what should be in it, and repairs it if asked.", {
    role: "act",
    input: z.strictObject({ target: targetNameSchema, repair: z.boolean().default(false) }),
    output: done.extend({
      missing: z.int(),
      different: z.int(),
      surplus: z.int(),
      repaired: z.int(),
    }),
    http: { method: "POST", path: "/audit" },
  }),
  checks: command("The deployment checklist, each item run for real: all of it, one phase or one item.", {
    role: "act",
    input: z.strictObject({ phase: checkPhaseSchema.optional(), id: checkIdSchema.optional() }),
    output: z.object({ passed: z.boolean(), checks: z.array(checkResultSchema).readonly() }),
    http: { method: "POST", path: "/checks" },
  }),
  personalData: command("Everything that is kept of a person, by name: matches, timelines and messages.", {
    role: "administer",
    input: z.strictObject({ name: personName }),
    output: z.object({ person: personalDataSchema }),
    http: { method: "GET", path: "/personal-data" },
  }),
  erasePerson: command(
    "Erases everything that is kept of a person, by name. What a publisher goes on saying of them comes back with its next word.",
    {
      role: "administer",
      input: z.strictObject({ name: personName }),
      output: done.extend({ matches: z.int() }),
      http: { method: "POST", path: "/erase-person" },
    },
  ),
  alerts: command("Alerts whose causes are not over, the newest first; all that are remembered if asked.", {
    role: "look",
    input: z.strictObject({ all: z.stringbool().or(z.boolean()).optional() }),
    output: z.object({ alerts: z.array(alertSchema).readonly() }),
    http: { method: "GET", path: "/alerts" },
  }),
  acknowledge: command("Marks an alert as seen; all of them without an id.", {
    role: "act",
    input: z.strictObject({ id: z.int().optional() }),
    output: done,
    http: { method: "POST", path: "/acknowledge" },
  }),
  snooze: command("Hides an alert until a time.", {
    role: "act",
    input: z.strictObject({ id: z.int(), until: instantSchema }),
    output: done,
    http: { method: "POST", path: "/snooze" },
  }),
  reactivate: command("Takes back a snooze or an acknowledgement.", {
    role: "act",
    input: z.strictObject({ id: z.int() }),
    output: done,
    http: { method: "POST", path: "/reactivate" },
  }),
  notifyTest: command("Sends a trial by webhook and e-mail, as far as they are set, and says what became of it.", {
    role: "act",
    input: z.strictObject({ messenger: messengerNameSchema.optional() }),
    output: z.object({
      passed: z.boolean(),
      results: z
        .array(z.object({ messenger: messengerNameSchema, server: z.string(), problem: problemSchema.nullable() }))
        .readonly(),
    }),
    http: { method: "POST", path: "/notify-test" },
  }),
  notifyStatus: command("How notices by webhook and e-mail go out: what waits, what was sent last, what fails.", {
    role: "look",
    input: nothing,
    output: z.object({ messengers: z.array(messengerStatusSchema).readonly() }),
    http: { method: "GET", path: "/notify-status" },
  }),
  acts: command("Who did what and when, the newest first: all that takes more than looking.", {
    role: "administer",
    input: z.strictObject(page),
    output: z.object({ acts: z.array(actSchema).readonly(), next }),
    http: { method: "GET", path: "/acts" },
  }),
  tokens: command("The tokens with a name: what each may do, and when it was last used; those that were revoked too.", {
    role: "administer",
    input: nothing,
    output: z.object({ tokens: z.array(listedTokenSchema).readonly() }),
    http: { method: "GET", path: "/tokens" },
  }),
  addToken: command("Makes a token for a person or a script and answers it, this once: only its hash is kept.", {
    role: "administer",
    input: z.strictObject({ name: tokenNameSchema, role: z.enum(roles) }),
    output: done.extend({ token: z.string() }),
    http: { method: "POST", path: "/add-token", alwaysToken: true },
  }),
  revokeToken: command("Takes a token back: whoever has it is refused from then on, and what they follow ends.", {
    role: "administer",
    input: z.strictObject({ name: tokenNameSchema }),
    output: done,
    http: { method: "POST", path: "/revoke-token" },
  }),
  logLevel: command("Sets how much is logged until the next start; for the whole service or one part of it.", {
    role: "administer",
    input: z.strictObject({
      level: logLevelSchema,
      part: z.string().max(40).optional(),
    }),
    output: done,
    http: { method: "POST", path: "/log-level" },
  }),

  snapshot: command("Everything a window shows; `/deltas` tells what changes from there on.", {
    role: "look",
    input: z.strictObject({
      /** The window has heard all deltas since this number: any snapshot with this number or a later one will do. */
      from: z.coerce.number().int().min(0).optional(),
    }),
    output: z.object({ snapshot: snapshotSchema }),
    http: { method: "GET", path: "/snapshot" },
  }),

  // For the window alone.
  mute: command("Turns notifications off or on until the next start.", {
    role: "look",
    input: z.strictObject({ muted: z.boolean() }),
    output: done,
  }),
  markSeen: command("Remembers up to which change the person has looked.", {
    role: "look",
    input: z.strictObject({ changeId: z.int() }),
    output: done,
  }),
  sendAgain: command("Sends once more what did not reach the service elsewhere, which takes it no more than once.", {
    role: "look",
    input: z.strictObject({ id: z.string().max(100) }),
    output: done,
  }),
  forgetUnsent: command("Lets go of what did not reach the service elsewhere.", {
    role: "look",
    input: z.strictObject({ id: z.string().max(100) }),
    output: done,
  }),
  saveSettings: command(
    "Checks and saves settings; the service takes them up at once. An empty value means the default.",
    {
      role: "administer",
      input: z.strictObject({
        values: z.partialRecord(settingNameSchema, z.string().max(4000)),
        /** Secrets are kept in memory until the program ends: the choice where the system has no keyring. */
        sessionOnly: z.boolean().default(false),
      }),
      output: done.extend({
        settings: z.array(settingSchema).readonly(),
        /** The service begins anew with them, and is away for a moment. */
        beginsAnew: z.boolean().default(false),
      }),
      http: { method: "POST", path: "/settings", alwaysToken: true },
    },
  ),
  exportSettings: command("The settings without secrets, as text for a .env file.", {
    role: "administer",
    input: nothing,
    output: z.object({ text: z.string() }),
    http: { method: "GET", path: "/export-settings" },
  }),
  chooseMigration: command(
    "Asks for the folder of the service that Avspark replaces and reads it; null when the person changed their mind.",
    { role: "administer", input: nothing, output: z.object({ migration: migrationSchema.nullable() }) },
  ),
  migrate: command(
    "Takes over what stands in the folder that was chosen last: its settings, and its sign-in to Google.",
    {
      role: "administer",
      input: z.strictObject({ sessionOnly: z.boolean().default(false) }),
      output: done,
    },
  ),
  testSetting: command("Tries a connection with values that are not saved yet.", {
    role: "administer",
    input: z.strictObject({
      what: z.enum(["service", "redis", "source", "google", "caldav", "webhook", "mail"]),
      values: z.partialRecord(settingNameSchema, z.string().max(4000)),
    }),
    output: z.object({
      passed: z.boolean(),
      found: z.string(),
      /** The same as a value; null when it failed: then `problem` says it. */
      trial: trialSchema.nullable(),
      problem: problemSchema.nullable(),
    }),
    http: { method: "POST", path: "/test-setting", alwaysToken: true },
  }),
  exportMessages: command("Writes the filtered messages to a file the person chooses, one JSON object a line.", {
    role: "administer",
    input: z.strictObject({
      channel: z.string().max(200).optional(),
      type: messageTypeSchema.optional(),
      verdict: verdictSchema.optional(),
      search: z.string().max(200).optional(),
      personal: z.boolean().default(false),
    }),
    output: z.object({ file: z.string().nullable(), messages: z.int() }),
  }),
  saveShown: command(
    "Writes what is shown to a file the person chooses: a table, or the page as it would be printed.",
    {
      role: "look",
      input: z.discriminatedUnion("as", [
        z.strictObject({ as: z.literal("csv"), name: fileName, text: z.string() }),
        z.strictObject({ as: z.literal("xlsx"), name: fileName, table: tableSchema }),
        z.strictObject({ as: z.literal("pdf"), name: fileName }),
      ]),
      output: z.object({ file: z.string().nullable() }),
    },
  ),
  googleAccount: command("Whether somebody is signed in to Google, and whether this machine can keep a secret.", {
    role: "administer",
    input: nothing,
    output: z.object({
      account: z.discriminatedUnion("state", [
        z.object({ state: z.literal("none") }),
        z.object({
          state: z.literal("signed-in"),
          kept: z.enum(["keyring", "session"]),
          expiresAt: instantSchema.nullable(),
        }),
      ]),
      keyring: z.boolean(),
    }),
  }),
  googleSignIn: command("Signs in to Google in the system's browser.", {
    role: "administer",
    input: z.strictObject({ sessionOnly: z.boolean().default(false) }),
    output: done.extend({ expiresAt: instantSchema.nullable() }),
  }),
  googleSignOut: command("Forgets the Google sign-in on this machine.", {
    role: "administer",
    input: nothing,
    output: done,
  }),
  googleCalendars: command("The Google calendars one may write to.", {
    role: "administer",
    input: nothing,
    output: z.object({
      calendars: z.array(z.object({ id: z.string(), name: z.string(), primary: z.boolean() })).readonly(),
    }),
  }),
  createGoogleCalendar: command("Makes a new Google calendar.", {
    role: "administer",
    input: z.strictObject({ name: z.string().min(1).max(200) }),
    output: z.object({ id: z.string() }),
  }),
  about: command("Which Avspark this is, and how it stands with newer versions.", {
    role: "look",
    input: nothing,
    output: z.object({ version: z.string(), forRelease: z.boolean(), updates: updatesSchema }),
  }),
  notices: command("The licences of all that is in the package; null where there is no package.", {
    role: "look",
    input: nothing,
    output: z.object({ text: z.string().nullable() }),
  }),
  lookForUpdates: command("Looks for a newer version now.", {
    role: "administer",
    input: nothing,
    output: done.extend({ updates: updatesSchema }),
  }),
  saveBundle: command("Writes what a support request needs to a file the person chooses, without secrets.", {
    role: "administer",
    input: nothing,
    output: z.object({ file: z.string().nullable() }),
  }),
  showLog: command("Shows the log in the system's file manager.", { role: "administer", input: nothing, output: done }),
  quit: command("Ends the app.", { role: "administer", input: nothing, output: done }),
  openExternal: command("Opens a web page, a phone number or an e-mail address in the system's own program.", {
    role: "look",
    input: z.strictObject({ url: z.string().max(2000) }),
    output: done,
  }),
} as const;

export type Contract = typeof contract;
export type CommandName = keyof Contract;
/** What a caller hands in. */
export type Input<N extends CommandName> = z.input<Contract[N]["input"]>;
/** What a handler gets: parsed, defaults filled in. */
export type Parsed<N extends CommandName> = z.output<Contract[N]["input"]>;
export type Output<N extends CommandName> = z.output<Contract[N]["output"]>;
/** Handlers throw ProblemError for every foreseen failure. `by`: the name of the token by which it was asked for. */
export type Handlers = { readonly [N in CommandName]: (input: Parsed<N>, by?: string | null) => Promise<Output<N>> };

/** What crosses IPC for a call. `data`: what was achieved all the same, such as each match's result. */
export type Reply<N extends CommandName> =
  | { readonly ok: true; readonly value: Output<N> }
  | { readonly ok: false; readonly problem: z.infer<typeof problemSchema>; readonly data?: unknown };
