import { z } from "zod";
import { type Alert, alertLevelSchema, rankOf } from "../../shared/alert.ts";
import type { MatchWaiting } from "../../shared/desk.ts";
import { dayMs } from "../../shared/duration.ts";
import { type Instant, instantSchema } from "../../shared/instant.ts";
import { parseJson } from "../../shared/json/read.ts";
import { alertKinds, isOver } from "../alerts/kinds.ts";
import { noticeKeyOf } from "../alerts/notices.ts";

/**
 * What one messenger has told and is yet to tell: a pure value. It names alerts and matches and says nothing of them: what
 * is told is read when it goes out, so that nothing personal is kept here and what is over by then is told as that.
 */

/** There is news of a cause. A cause waits once, where it first came. */
const waitingSchema = z.discriminatedUnion("about", [
  z.object({ about: z.literal("alert"), key: z.string(), since: instantSchema }).readonly(),
  z.object({ about: z.literal("match"), key: z.string(), matchId: z.string(), since: instantSchema }).readonly(),
]);
export type Waiting = z.infer<typeof waitingSchema>;

/** A trouble that people were told of, and not yet that it is over: by which alert, how bad it was said to be, its thread. */
const toldSchema = z.object({ id: z.int(), level: alertLevelSchema, thread: z.string() }).readonly();
type Told = z.infer<typeof toldSchema>;

const outboxSchema = z
  .object({
    waiting: z.array(waitingSchema).readonly(),
    told: z.record(z.string(), toldSchema).readonly(),
    /** Quiet hours have held something back: what waits when they end is told in one. */
    heldBack: z.boolean(),
    /** So many were let go since the last that went out. */
    lost: z.int(),
    lastSentAt: instantSchema.nullable(),
  })
  .readonly();
export type Outbox = z.infer<typeof outboxSchema>;

export const emptyOutbox: Outbox = { waiting: [], told: {}, heldBack: false, lost: 0, lastSentAt: null };

export const readOutbox = (text: string | undefined): Outbox => {
  const json = text === undefined ? null : parseJson(text);
  return json?.ok ? (outboxSchema.safeParse(json.value).data ?? emptyOutbox) : emptyOutbox;
};

/** As many as ever wait; beyond this the oldest are let go, and that is told. */
const mostWaiting = 200;

/** So many are told one by one; more in one message. */
const eachUpTo = 3;

/** What came and went longer ago than this is no news any more. */
const staleMs = dayMs;

/** A cause that comes again begins a new alert. */
const newestOf = (alerts: readonly Alert[], key: string): Alert | undefined =>
  alerts.filter((alert) => alert.key === key).toSorted((a, b) => b.id - a.id)[0];

const without = (waiting: readonly Waiting[], key: string): readonly Waiting[] =>
  waiting.filter((each) => each.key !== key);

const put = (outbox: Outbox, entry: Waiting): Outbox => {
  const at = outbox.waiting.findIndex(({ key }) => key === entry.key);
  const waiting = at === -1 ? [...outbox.waiting, entry] : outbox.waiting.with(at, entry);
  const lost = Math.max(0, waiting.length - mostWaiting);
  return { ...outbox, waiting: waiting.slice(lost), lost: outbox.lost + lost };
};

const forget = (outbox: Outbox, key: string): Outbox => {
  const { [key]: _gone, ...told } = outbox.told;
  return { ...outbox, told };
};

/** It is the trouble that people know of, which at most had seemed to be over. What a person has ended comes anew. */
const isKnownBy = (told: Told, { id, cause, level }: Alert): boolean =>
  (told.id === id || alertKinds[cause.kind].ends === "over") && rankOf(level) <= rankOf(told.level);

/** An alert has come, or come again, or become worse. */
export const alertCame = (outbox: Outbox, alert: Alert, since: Instant): Outbox => {
  const { key } = alert;
  const told = outbox.told[key];
  if (told !== undefined && isKnownBy(told, alert)) return { ...outbox, waiting: without(outbox.waiting, key) };
  return put(outbox, { about: "alert", key, since });
};

export const matchCame = (outbox: Outbox, matchId: string, since: Instant): Outbox =>
  put(outbox, { about: "match", key: noticeKeyOf(matchId), matchId, since });

/**
 * Troubles that people were told of and that are over: `isSettled` says whether one has been so for long enough to be
 * believed. What a person ends by seeing it is not told as over.
 */
export const troublesOver = (
  outbox: Outbox,
  options: {
    readonly alerts: readonly Alert[];
    readonly isSettled: (key: string) => boolean;
    readonly since: Instant;
  },
): Outbox =>
  Object.keys(outbox.told).reduce((next, key): Outbox => {
    const alert = newestOf(options.alerts, key);
    if (alert === undefined) return forget(next, key);
    if (!isOver(alert)) return next;
    if (alert.state.name !== "resolved") return forget(next, key);
    if (next.waiting.some((each) => each.key === key) || !options.isSettled(key)) return next;
    return put(next, { about: "alert", key, since: options.since });
  }, outbox);

/** Something to tell, as it is at this moment. */
export type Part = { readonly entry: Waiting } & (
  | { readonly kind: "came" | "over"; readonly alert: Alert; readonly thread: string | null }
  | { readonly kind: "match"; readonly match: MatchWaiting }
);

export type Present = {
  readonly alerts: readonly Alert[];
  /** What waits in matches, as far as it is told of. */
  readonly matches: readonly MatchWaiting[];
  readonly isQuiet: boolean;
  readonly now: number;
};

const partOf = (entry: Waiting, { told }: Outbox, present: Present): Part | "pointless" | "stale" => {
  if (entry.about === "match") {
    const match = present.matches.find(({ matchId }) => matchId === entry.matchId);
    return match === undefined ? "pointless" : { entry, kind: "match", match };
  }
  const alert = newestOf(present.alerts, entry.key);
  if (alert === undefined) return "stale";
  const known = told[entry.key];
  const thread = known?.thread ?? null;
  const { state } = alert;
  if (state.name === "resolved") {
    const isStale = known === undefined && present.now - Date.parse(state.at) > staleMs;
    return isStale ? "stale" : { entry, kind: "over", alert, thread };
  }
  // A person has dealt with it, or people know already.
  const isKnown = known !== undefined && isKnownBy(known, alert);
  return state.name !== "active" || isKnown ? "pointless" : { entry, kind: "came", alert, thread };
};

/** What interrupts people at night. That something is over can wait. */
const isUrgent = (part: Part): boolean => part.kind === "came" && part.alert.level === "critical";

/** What goes out next, in one message: one thing, or all that has gathered; and the outbox without what is no news any more. */
export const nextParts = (
  outbox: Outbox,
  present: Present,
): { readonly outbox: Outbox; readonly parts: readonly Part[] } => {
  const looked = outbox.waiting.map((entry) => ({ entry, part: partOf(entry, outbox, present) }));
  const parts = looked.flatMap(({ part }) => (typeof part === "string" ? [] : [part]));
  const open = present.isQuiet ? parts.filter(isUrgent) : parts;
  const stale = looked.filter(({ part }) => part === "stale").length;
  const next: Outbox =
    parts.length === outbox.waiting.length && open.length === parts.length
      ? outbox
      : {
          ...outbox,
          waiting: parts.map(({ entry }) => entry),
          heldBack: parts.length > 0 && (outbox.heldBack || open.length < parts.length),
          lost: outbox.lost + stale,
        };
  const together = next.heldBack && !present.isQuiet ? 1 : eachUpTo;
  return { outbox: next, parts: open.length > together ? open : open.slice(0, 1) };
};

/** Who has the messages has them now: nothing of it is told again. What has come meanwhile waits still. */
export const partsSent = (
  outbox: Outbox,
  parts: readonly Part[],
  { at, threadOf }: { readonly at: Instant; readonly threadOf: (part: Part) => string },
): Outbox => {
  const gone = new Set(parts.map(({ entry }) => entry));
  const told = new Map(Object.entries(outbox.told));
  for (const part of parts) {
    if (part.kind === "match") continue;
    const { key, id, level } = part.alert;
    if (part.kind === "over") told.delete(key);
    else told.set(key, { id, level, thread: threadOf(part) });
  }
  const waiting = outbox.waiting.filter((entry) => !gone.has(entry));
  return {
    ...outbox,
    told: Object.fromEntries(told),
    waiting,
    heldBack: outbox.heldBack && waiting.length > 0,
    lost: 0,
    lastSentAt: at,
  };
};

/** The server will never take these. */
export const partsRefused = (outbox: Outbox, parts: readonly Part[]): Outbox => {
  const gone = new Set(parts.map(({ entry }) => entry));
  const waiting = outbox.waiting.filter((entry) => !gone.has(entry));
  return { ...outbox, waiting, lost: outbox.lost + (outbox.waiting.length - waiting.length) };
};
