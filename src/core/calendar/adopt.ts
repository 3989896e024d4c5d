import type { TargetName } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import type { KnownEvent, Listing, WantedEvent } from "../ports.ts";
import type { KnownRow } from "./store.ts";

export type Adoption = {
  /** Rows that are new or differ from what we knew. */
  readonly known: readonly KnownRow[];
  readonly forgotten: readonly string[];
  /** Further events for a match that has one already, as the predecessor made them. */
  readonly extras: ReadonlyMap<string, readonly KnownEvent[]>;
};

/** The event to keep of several for one match: the one we know, else one that we wrote, else the first. */
const keep = (events: readonly KnownEvent[], known: KnownRow | undefined): KnownEvent | undefined =>
  events.find(({ remoteId }) => remoteId === known?.remoteId) ?? events.find(({ hash }) => hash !== null) ?? events[0];

const isEqual = (a: KnownRow, b: KnownRow): boolean =>
  a.remoteId === b.remoteId &&
  a.etag === b.etag &&
  a.hash === b.hash &&
  a.actual === b.actual &&
  a.start === b.start &&
  a.cancelled === b.cancelled &&
  a.written === b.written;

/**
 * What we know after reading a calendar. An event that a full list no longer has is not taken for gone: the list may be
 * wrong, and a second event would be worse than a call too many. If it should exist, its content counts as unknown, so
 * that it is written again: the write finds it, or makes it anew. Only a server's own word (`removed`) makes us forget.
 */
export const adopt = (options: {
  readonly target: TargetName;
  readonly listing: Listing;
  readonly known: ReadonlyMap<string, KnownRow>;
  readonly desired: (matchId: string) => WantedEvent | null;
  /** `verify` as above; `ignore` for a look that must change nothing. */
  readonly absent: "verify" | "ignore";
  readonly now: Instant;
}): Adoption => {
  const { target, listing, known, desired, absent, now } = options;
  const found = new Map<string, KnownEvent[]>();
  for (const event of listing.events) {
    const events = found.get(event.matchId);
    if (events === undefined) found.set(event.matchId, [event]);
    else events.push(event);
  }

  const removed = new Set(listing.removed);
  const rows: KnownRow[] = [];
  const extras = new Map<string, readonly KnownEvent[]>();
  for (const [matchId, events] of found) {
    const before = known.get(matchId);
    const stands = before !== undefined && !removed.has(before.remoteId);
    // A delta says nothing of what has not changed: the event we know may still be there beside a new one.
    const kept = keep(listing.kind === "delta" && stands ? [before, ...events] : events, before);
    const others = events.filter(({ remoteId }) => remoteId !== kept?.remoteId);
    if (others.length > 0) extras.set(matchId, others);
    const event = events.find(({ remoteId }) => remoteId === kept?.remoteId);
    if (event === undefined) continue;
    const written = [before?.written, desired(matchId)].find((wanted) => wanted?.hash === event.hash) ?? null;
    const row = { ...event, target, written, writtenAt: before?.writtenAt ?? now, sequence: before?.sequence ?? 0 };
    if (before === undefined || !isEqual(before, row)) rows.push(row);
  }

  const forgotten: string[] = [];
  if (listing.kind === "delta") {
    for (const [matchId, row] of known) if (removed.has(row.remoteId) && !found.has(matchId)) forgotten.push(matchId);
  } else if (absent === "verify") {
    for (const [matchId, row] of known) {
      if (found.has(matchId)) continue;
      if (desired(matchId) === null) forgotten.push(matchId);
      else rows.push({ ...row, hash: null });
    }
  }
  return { known: rows, forgotten, extras };
};
