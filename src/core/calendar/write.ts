import type { SyncResult } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import { ProblemError } from "../../shared/problem.ts";
import type { CalendarTarget, KnownEvent, Revision, WantedEvent } from "../ports.ts";
import type { KnownRow } from "./store.ts";

export type WriteOutcome = Extract<
  SyncResult["outcome"],
  "inserted" | "updated" | "cancelled" | "removed" | "unchanged"
>;

export type Written = {
  readonly outcome: WriteOutcome;
  /** What is there now; null: nothing. */
  readonly event: KnownEvent | null;
};

const isGone = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.kind === "calendar-not-found";

/** An event that is gone already is as good as removed. */
const remove = async (target: CalendarTarget, event: KnownEvent): Promise<void> => {
  try {
    await target.remove(event);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
};

/** Each step may be repeated after any failure: a removal of what is gone, an insert of what is there. */
export const carryOut = async (options: {
  readonly target: CalendarTarget;
  readonly wanted: WantedEvent | null;
  readonly known: KnownRow | undefined;
  /** Further events for the same match: they go first. */
  readonly extras: readonly KnownEvent[];
  readonly revision: Revision;
  /** Nothing older is made. */
  readonly oldest: Instant;
}): Promise<Written> => {
  const { target, wanted, known, extras, revision, oldest } = options;
  for (const extra of extras) await remove(target, extra);
  if (wanted === null) {
    if (known !== undefined) await remove(target, known);
    return { outcome: "removed", event: null };
  }
  if (known === undefined) return { outcome: "inserted", event: await target.insert(wanted, revision) };
  if (known.hash === wanted.hash) return { outcome: "unchanged", event: known };
  try {
    const event = await target.update(wanted, known, revision);
    return { outcome: wanted.cancelled && !known.cancelled ? "cancelled" : "updated", event };
  } catch (error) {
    if (!isGone(error)) throw error;
    // Somebody deleted it, and its match has moved into the past that is left alone.
    if (wanted.start < oldest) return { outcome: "removed", event: null };
    return { outcome: "inserted", event: await target.insert(wanted, revision) };
  }
};

/** SEQUENCE and LAST-MODIFIED for a write: they move when the content does, also over a removal. */
export const revisionOf = (options: {
  readonly wanted: WantedEvent | null;
  readonly known: KnownRow | undefined;
  /** The last sequence of an event that was removed. */
  readonly buried: string | undefined;
  readonly now: Instant;
}): Revision => {
  const { wanted, known, buried, now } = options;
  if (known === undefined) return { sequence: buried === undefined ? 0 : Number(buried) + 1, at: now };
  if (wanted !== null && known.written?.hash === wanted.hash) return { sequence: known.sequence, at: known.writtenAt };
  return { sequence: known.sequence + 1, at: now };
};
