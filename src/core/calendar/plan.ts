import type { PlannedOperation, Preview, SkipReason } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Digest, KnownEvent, WantedEvent } from "../ports.ts";
import { wantedEvent } from "./event.ts";

/** What a match asks of every calendar. */
export type Desired =
  | { readonly kind: "event"; readonly event: WantedEvent }
  | { readonly kind: "none"; readonly reason: SkipReason };

export type Decision =
  | { readonly kind: "insert" | "update" | "cancel"; readonly event: WantedEvent }
  | { readonly kind: "remove"; readonly reason: SkipReason }
  | { readonly kind: "leave" }
  | { readonly kind: "skip"; readonly reason: SkipReason };

type Known = Pick<KnownEvent, "hash" | "start" | "cancelled">;

export const desiredOf = (record: MatchRecord, options: { readonly digest: Digest }): Desired => {
  if (record.goneAt !== null) return { kind: "none", reason: "gone" };
  if (record.declinedAt !== null) return { kind: "none", reason: "declined" };
  const wanted = wantedEvent(record.match, options);
  return "skip" in wanted ? { kind: "none", reason: wanted.skip } : { kind: "event", event: wanted };
};

/** Whether a write would make, change or remove an event in the past that is left alone. */
export const isPast = (options: {
  readonly wanted: Pick<WantedEvent, "start"> | null;
  readonly known: Known | undefined;
  readonly oldest: Instant;
}): boolean => {
  const { wanted, known, oldest } = options;
  const wantedIsOld = wanted !== null && wanted.start < oldest;
  if (known === undefined) return wantedIsOld;
  return known.start !== null && known.start < oldest && (wanted === null || wantedIsOld);
};

/**
 * What is to be done for one match in one calendar.
 *
 * - Nothing older than `oldest` is made, changed or removed. A match that moves into that past takes its event along, and
 *   one that moves out of it gets its event back: an event must not stand at a time at which nothing is played.
 * - Only the hash of the fields we own is compared. What a person changed in them is seen (`actual`), left alone, and
 *   written over with the next real change or by an audit that repairs.
 * - A cancelled match is marked. A match that lost its kick-off has its event removed: it would show a time that is no
 *   longer true, and the mark "cancelled" would lie as well. The match itself is not gone, and its event comes back with
 *   the new time.
 */
export const decide = (options: {
  readonly desired: Desired;
  readonly known: Known | undefined;
  readonly oldest: Instant;
}): Decision => {
  const { desired, known, oldest } = options;
  const wanted = desired.kind === "event" ? desired.event : null;
  const past = isPast({ wanted, known, oldest });
  if (desired.kind === "none") {
    if (known === undefined) return { kind: "skip", reason: desired.reason };
    return past ? { kind: "leave" } : { kind: "remove", reason: desired.reason };
  }
  const { event } = desired;
  if (known === undefined) return past ? { kind: "skip", reason: "too-old" } : { kind: "insert", event };
  if (known.hash === event.hash || past) return { kind: "leave" };
  return { kind: event.cancelled && !known.cancelled ? "cancel" : "update", event };
};

export type Removal = { readonly reason: SkipReason; readonly start: Instant | null };

const guard = { removals: 10, share: 0.2 } as const;

/**
 * Whether so many removals at once look like a broken list rather than like football. A match that only lost its
 * kick-off is not called gone, so the share of the coming events does not hold it back; the number does.
 */
export const isSuspicious = (options: {
  readonly removals: readonly Removal[];
  /** The events in the calendar that are yet to come. */
  readonly coming: number;
  readonly now: Instant;
}): boolean => {
  const { removals, coming, now } = options;
  const gone = removals.filter(({ reason, start }) => reason === "gone" && start !== null && start >= now).length;
  return removals.length > guard.removals || gone > coming * guard.share;
};

/** The events that are yet to come: the measure of what "many" is. */
export const countComing = (known: Iterable<Known>, now: Instant): number => {
  let coming = 0;
  for (const { start } of known) if (start !== null && start >= now) coming += 1;
  return coming;
};

type PreviewItem = {
  readonly match: { readonly id: string; readonly title: string };
  readonly desired: Desired;
  readonly known: Known | undefined;
  /** Further events for the same match. */
  readonly extras: readonly Known[];
};

/** Only one event stays; those of a match that lies in the past, or is unknown, are left alone. */
export const removesExtras = (desired: Desired, decision: Decision, oldest: Instant): boolean =>
  decision.kind === "remove" || (desired.kind === "event" && desired.event.start >= oldest);

const operationsOf = (
  { match, desired, known, extras }: PreviewItem,
  decision: Decision,
  oldest: Instant,
): readonly PlannedOperation[] => {
  const remove = ({ start }: Known): PlannedOperation => ({
    matchId: match.id,
    title: match.title,
    kickoff: start,
    kind: "remove",
  });
  const doubled = removesExtras(desired, decision, oldest) ? extras.map(remove) : [];
  if (decision.kind === "leave" || decision.kind === "skip") return doubled;
  if (decision.kind === "remove") return known === undefined ? doubled : [remove(known), ...doubled];
  const { summary: title, start: kickoff } = decision.event;
  return [{ matchId: match.id, title, kickoff, kind: decision.kind }, ...doubled];
};

const byKickoff = (a: PlannedOperation, b: PlannedOperation): number => {
  const [one, other] = [a.kickoff ?? "", b.kickoff ?? ""];
  return one < other ? -1 : Number(one > other);
};

/** Everything that a sync would do with one calendar, in the order of kick-off, for a person to read. */
export const previewOf = (options: {
  readonly target: Preview["target"];
  readonly items: readonly PreviewItem[];
  /** Everything of ours in the calendar. */
  readonly known: readonly Known[];
  readonly oldest: Instant;
  readonly now: Instant;
}): Preview => {
  const { target, items, known, oldest, now } = options;
  const decided = items.map((item) => ({ item, decision: decide({ ...item, oldest }) }));
  const removals = decided.flatMap(({ item, decision }): readonly Removal[] =>
    decision.kind === "remove" ? [{ reason: decision.reason, start: item.known?.start ?? null }] : [],
  );
  return {
    target,
    at: now,
    operations: decided.flatMap(({ item, decision }) => operationsOf(item, decision, oldest)).sort(byKickoff),
    unchanged: decided.filter(({ decision }) => decision.kind === "leave").length,
    skipped: decided.filter(({ decision }) => decision.kind === "skip").length,
    held: isSuspicious({ removals, coming: countComing(known, now), now }) ? removals.length : 0,
  };
};
