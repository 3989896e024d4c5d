import { z } from "zod";
import { instantSchema } from "./instant.ts";
import { type Severity, severitySchema } from "./message.ts";
import { messengerNameSchema } from "./outward.ts";
import { type ProblemKind, problemSchema } from "./problem.ts";

/** Which calendar, by its id. The name is the one it had for people then; records of 0.1 have no id, only the name. */
const target = { target: z.string(), label: z.string().nullable().default(null) };

/** Why there is an alert. What of it makes it the same alert again is in core/alerts/key.ts. */
export const alertCauseSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("system"), alertType: z.string(), text: z.string() }).readonly(),
  z.object({ kind: z.literal("feed"), problem: problemSchema }).readonly(),
  /** Channels are heard, and the stream beside them cannot be read. */
  z.object({ kind: z.literal("stream"), problem: problemSchema }).readonly(),
  z.object({ kind: z.literal("quiet-channel"), channel: z.string(), lastAt: instantSchema }).readonly(),
  z.object({ kind: z.literal("gap"), from: instantSchema }).readonly(),
  z.object({ kind: z.literal("source"), problem: problemSchema }).readonly(),
  z.object({ kind: z.literal("calendar"), ...target, problem: problemSchema }).readonly(),
  z.object({ kind: z.literal("sign-in-expiring"), ...target, at: instantSchema }).readonly(),
  z.object({ kind: z.literal("confirm-removal"), ...target, events: z.int() }).readonly(),
  /** Nothing is written before a person has looked: `events` stand there under other tags. */
  z.object({ kind: z.literal("other-tag"), ...target, tag: z.string(), events: z.int() }).readonly(),
  z.object({ kind: z.literal("journal"), problem: problemSchema }).readonly(),
  /** Something has happened to what Avspark keeps, and is over: the file it lay in was damaged or taken away. */
  z.object({ kind: z.literal("incident"), problem: problemSchema }).readonly(),
  /** The HTTP door cannot open. */
  z.object({ kind: z.literal("door"), problem: problemSchema }).readonly(),
  /** The listener for the calendars with secret addresses cannot open. */
  z.object({ kind: z.literal("feeds-door"), problem: problemSchema }).readonly(),
  /** Notices do not leave the machine this way. */
  z.object({ kind: z.literal("messenger"), messenger: messengerNameSchema, problem: problemSchema }).readonly(),
  /** Another machine of the desk says nothing any more, or has much to read or to tell. */
  z.object({ kind: z.literal("node"), node: z.string(), state: z.enum(["lost", "behind"]) }).readonly(),
  z.object({ kind: z.literal("invalid-rising"), invalid: z.int(), of: z.int() }).readonly(),
  /** `text`: the publisher's own words about the failure. */
  z
    .object({ kind: z.literal("cycle-failed"), cycle: z.int().nullable(), text: z.string().nullable().default(null) })
    .readonly(),
]);
export type AlertCause = z.infer<typeof alertCauseSchema>;
export type AlertKind = AlertCause["kind"];

/** Which advice tells what an alert means and what to do about it. */
export const problemKindOf = (cause: AlertCause): ProblemKind => {
  switch (cause.kind) {
    case "feed":
    case "stream":
    case "source":
    case "calendar":
    case "journal":
    case "incident":
    case "door":
    case "feeds-door":
    case "messenger":
      return cause.problem.kind;
    case "system":
      return "publisher-alert";
    case "quiet-channel":
      return "channel-quiet";
    case "gap":
      return "messages-missed";
    case "sign-in-expiring":
      return "sign-in-expiring";
    case "confirm-removal":
    case "other-tag":
      return "confirmation-needed";
    case "node":
      return cause.state === "lost" ? "node-lost" : "node-behind";
    case "invalid-rising":
      return "messages-invalid";
    case "cycle-failed":
      return "cycle-failed";
  }
};

/** Three levels are enough to act on: the publisher's seven severities fold into them. */
export const alertLevelSchema = z.enum(["info", "warning", "critical"]);
export type AlertLevel = z.infer<typeof alertLevelSchema>;

const levels: Readonly<Record<Severity, AlertLevel>> = {
  info: "info",
  low: "info",
  warning: "warning",
  medium: "warning",
  error: "warning",
  high: "critical",
  critical: "critical",
};
export const levelOf = (severity: Severity): AlertLevel => levels[severity];

const rank: Readonly<Record<AlertLevel, number>> = { info: 0, warning: 1, critical: 2 };
export const rankOf = (level: AlertLevel): number => rank[level];
const least = { all: 0, warning: 1, critical: 2, none: 3 } as const;

/**
 * The rule of what interrupts a person: alerts from the wished level up, critical ones in quiet hours too. `notify` is
 * the setting AVSPARK_NOTIFY.
 */
export const notifyRule = (
  level: AlertLevel,
  notify: keyof typeof least,
): "always" | "outside-quiet-hours" | "never" => {
  if (rank[level] < least[notify]) return "never";
  return level === "critical" ? "always" : "outside-quiet-hours";
};

/** `time` as Stockholm's `HH:MM`. Quiet hours may span midnight: 22:00-07:00. Equal ends are no hours at all. */
export const isQuiet = (quietHours: string | null, time: string): boolean => {
  const [from, until] = quietHours?.split("-") ?? [];
  if (from === undefined || until === undefined) return false;
  return from <= until ? time >= from && time < until : time >= from || time < until;
};

/** Who it was: the name of their token, where they have one of their own. */
const by = z.string().optional();

export const alertSchema = z
  .object({
    id: z.int(),
    /** Identity of the cause; equal keys are grouped. */
    key: z.string(),
    cause: alertCauseSchema,
    level: alertLevelSchema,
    /** As the publisher worded it; null for our own. */
    severity: severitySchema.nullable(),
    firstAt: instantSchema,
    lastAt: instantSchema,
    count: z.int(),
    state: z.discriminatedUnion("name", [
      z.object({ name: z.literal("active") }).readonly(),
      z.object({ name: z.literal("snoozed"), until: instantSchema, by }).readonly(),
      z.object({ name: z.literal("acknowledged"), at: instantSchema, by }).readonly(),
      z.object({ name: z.literal("resolved"), at: instantSchema }).readonly(),
    ]),
  })
  .readonly();
export type Alert = z.infer<typeof alertSchema>;
