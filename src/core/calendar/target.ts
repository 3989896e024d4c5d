import type { CalendarName } from "../../shared/calendar.ts";
import { ProblemError } from "../../shared/problem.ts";
import type { Found } from "../keeper/item.ts";
import { isNewerThere } from "../keeper/plan.ts";
import type { Change, Outcome, Target, Written } from "../keeper/target.ts";
import type { CalendarTarget, WantedEvent } from "./port.ts";

/** Calls under way at once. The calendar file takes all changes into one write. */
const calls: Readonly<Record<CalendarName, number>> = { google: 10, caldav: 4, ics: Number.POSITIVE_INFINITY };

const isGone = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.kind === "calendar-not-found";

/** An event that is gone already is as good as removed. */
const remove = async (calendar: CalendarTarget, event: Found): Promise<void> => {
  try {
    await calendar.remove(event);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
};

/** What was written is known: only where it is and which version it has is news. */
const asFound = ({ id, remoteId, etag, hash, actual, start, cancelled, rev }: Found): Found => ({
  id,
  remoteId,
  etag,
  hash,
  actual,
  start,
  cancelled,
  rev,
});

/** Each step may be repeated after any failure: a removal of what is gone, an insert of what is there. */
const carryOut = async (calendar: CalendarTarget, change: Change<WantedEvent>): Promise<Written<WantedEvent>> => {
  const { wanted, known, duplicates, revision, mayInsert } = change;
  for (const duplicate of duplicates) await remove(calendar, duplicate);
  if (wanted === null) {
    if (known !== undefined) await remove(calendar, known);
    return { outcome: "removed", found: null };
  }
  const written = (there: Found, outcome: Outcome): Written<WantedEvent> => {
    const found = asFound(there);
    // Another desk was there first, with what we have not heard yet.
    return { outcome: isNewerThere(found, wanted, Date.parse(revision.at)) ? "unchanged" : outcome, found };
  };
  if (known === undefined) return written(await calendar.insert(wanted, revision), "inserted");
  if (known.hash === wanted.hash) return { outcome: "unchanged", found: known };
  try {
    const there = await calendar.update(wanted, known, revision);
    return written(there, wanted.cancelled && !known.cancelled ? "cancelled" : "updated");
  } catch (error) {
    if (!isGone(error)) throw error;
    // Somebody deleted it, and its match has moved into the past that is left alone.
    if (!mayInsert) return { outcome: "removed", found: null };
    return written(await calendar.insert(wanted, revision), "inserted");
  }
};

/** A calendar as a target: it takes one event at a time. */
export const calendarAsTarget = (calendar: CalendarTarget, keepPastDays: number): Target<WantedEvent> => ({
  name: calendar.name,
  id: calendar.id,
  label: () => calendar.label,
  isOwn: calendar.name === "ics",
  limits: {
    batch: 1,
    calls: calls[calendar.name],
    longestWaitMs: 5 * 60_000,
    stopMs: 1000,
    late: null,
    keepPastDays,
  },
  list: (token) => calendar.list(token),
  isOursAlone: (found) => calendar.isOursAlone(found),
  apply: async ([change]) => (change === undefined ? [] : [{ ok: true, written: await carryOut(calendar, change) }]),
  close: () => calendar.close(),
});
