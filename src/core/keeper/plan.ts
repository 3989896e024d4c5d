import type { SkipReason } from "../../shared/calendar.ts";
import { minuteMs } from "../../shared/duration.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Found, Wanted } from "./item.ts";
import type { Desired } from "./target.ts";

export type Decision<W extends Wanted> =
  | { readonly kind: "insert" | "update" | "cancel"; readonly item: W }
  | { readonly kind: "remove"; readonly reason: SkipReason }
  | { readonly kind: "leave" }
  | { readonly kind: "skip"; readonly reason: SkipReason };

/** What there is of an item in the target, as far as a decision needs it. */
export type Standing = Pick<Found, "hash" | "start" | "cancelled" | "rev">;

/** Clocks of two desks differ by less; what claims to be from later was written by a clock that was wrong. */
const clocksDifferMs = 5 * minuteMs;

/**
 * Whether another desk has written what follows from a newer word than ours: that is left alone, since we shall hear the same
 * word. `now` in milliseconds since 1970.
 */
export const isNewerThere = (there: Pick<Found, "rev">, ours: { readonly rev?: number | undefined }, now: number) =>
  there.rev !== undefined && ours.rev !== undefined && there.rev > ours.rev && there.rev <= now + clocksDifferMs;

/** Whether it lies in the past that is left alone. `oldest` null: nothing does. */
export const isOlder = (start: Instant | null, oldest: Instant | null): boolean =>
  start !== null && oldest !== null && start < oldest;

/** Whether a write would make, change or remove an item in the past that is left alone. */
export const isPast = (options: {
  readonly wanted: Pick<Wanted, "start"> | null;
  readonly known: Standing | undefined;
  readonly oldest: Instant | null;
}): boolean => {
  const { wanted, known, oldest } = options;
  const wantedIsOld = wanted !== null && isOlder(wanted.start, oldest);
  if (known === undefined) return wantedIsOld;
  return isOlder(known.start, oldest) && (wanted === null || wantedIsOld);
};

/**
 * What is to be done for one item in one target.
 *
 * - Nothing older than `oldest` is made, changed or removed. A match that moves into that past takes its event along, and
 *   one that moves out of it gets its event back: an event must not stand at a time at which nothing is played.
 * - Only the hash of the fields we own is compared. What a person changed in them is seen (`actual`), left alone, and
 *   written over with the next real change or by an audit that repairs.
 * - What another desk has written after a newer word stays.
 * - A cancelled match is marked. A match that lost its kick-off has its event removed: it would show a time that is no
 *   longer true, and the mark "cancelled" would lie as well. The match itself is not gone, and its event comes back with
 *   the new time.
 */
export const decide = <W extends Wanted>(options: {
  readonly desired: Desired<W>;
  readonly known: Standing | undefined;
  readonly oldest: Instant | null;
  readonly now: number;
}): Decision<W> => {
  const { desired, known, oldest, now } = options;
  if (known !== undefined && isNewerThere(known, desired.kind === "item" ? desired.item : desired, now))
    return { kind: "leave" };
  const past = isPast({ wanted: desired.kind === "item" ? desired.item : null, known, oldest });
  if (desired.kind === "none") {
    if (known === undefined) return { kind: "skip", reason: desired.reason };
    return past ? { kind: "leave" } : { kind: "remove", reason: desired.reason };
  }
  const { item } = desired;
  if (known === undefined) return past ? { kind: "skip", reason: "too-old" } : { kind: "insert", item };
  if (known.hash === item.hash || past) return { kind: "leave" };
  return { kind: item.cancelled && !known.cancelled ? "cancel" : "update", item };
};

/** Only one of several items with one id stays; those of an item that lies in the past, or is unknown, are left alone. */
export const removesDuplicates = <W extends Wanted>(
  desired: Desired<W>,
  decision: Decision<W>,
  oldest: Instant | null,
): boolean => decision.kind === "remove" || (desired.kind === "item" && !isOlder(desired.item.start, oldest));
