import type { TargetName } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import type { KnownEvent, Listing, WantedEvent } from "../ports.ts";
import type { KnownRow } from "./store.ts";

export type Adoption = {
  /** Rows that are new or differ from what we knew. */
  readonly known: readonly KnownRow[];
  readonly forgotten: readonly string[];
  readonly extras: Extras;
};

/** Further events for a match that has one already, as the predecessor made them. Those in the past are left alone. */
export type Extras = ReadonlyMap<string, readonly KnownEvent[]>;

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

/** All the events there are for each match that the listing speaks of. A delta says nothing of what has not changed. */
const eventsByMatch = (options: {
  readonly listing: Listing;
  readonly known: ReadonlyMap<string, KnownRow>;
  readonly extras: Extras;
}): ReadonlyMap<string, readonly KnownEvent[]> => {
  const { listing, known, extras } = options;
  const told = new Set([...listing.removed, ...listing.events.map(({ remoteId }) => remoteId)]);
  const events = new Map<string, KnownEvent[]>();
  for (const event of listing.events) events.set(event.matchId, [...(events.get(event.matchId) ?? []), event]);
  if (listing.kind === "full") return events;

  const before = new Map<string, readonly KnownEvent[]>(extras);
  for (const [matchId, row] of known) before.set(matchId, [row, ...(extras.get(matchId) ?? [])]);
  for (const [matchId, all] of before) {
    const rest = all.filter(({ remoteId }) => !told.has(remoteId));
    if (events.has(matchId) || rest.length < all.length) {
      events.set(matchId, [...rest, ...(events.get(matchId) ?? [])]);
    }
  }
  return events;
};

/**
 * What we know after reading a calendar. An event that a full list no longer has is not taken for gone: the list may be
 * wrong, and a second event would be worse than a call too many. Its content counts as unknown: if it should exist it is
 * written again, and the write finds it or makes it anew; if not it is removed again. Only a server's own word (`removed`)
 * makes us forget.
 */
export const adopt = (options: {
  readonly target: TargetName;
  readonly listing: Listing;
  readonly known: ReadonlyMap<string, KnownRow>;
  /** As found so far. */
  readonly extras: Extras;
  readonly desired: (matchId: string) => WantedEvent | null;
  /** `verify` as above; `ignore` for a look that must change nothing. */
  readonly absent: "verify" | "ignore";
  readonly now: Instant;
  readonly oldest: Instant;
}): Adoption => {
  const { target, listing, known, desired, absent, now, oldest } = options;
  const found = eventsByMatch(options);
  const rows: KnownRow[] = [];
  const forgotten: string[] = [];
  const extras = new Map<string, readonly KnownEvent[]>(listing.kind === "full" ? [] : options.extras);
  for (const [matchId, events] of found) {
    const before = known.get(matchId);
    const standing = events.filter(({ start }) => start === null || start >= oldest);
    const event = keep(standing.length > 0 ? standing : events, before);
    const others = standing.filter((other) => other !== event);
    if (others.length > 0) extras.set(matchId, others);
    else extras.delete(matchId);
    if (event === undefined) {
      forgotten.push(matchId);
      continue;
    }
    if (event === before) continue;
    const written = [before?.written, desired(matchId)].find((wanted) => wanted?.hash === event.hash) ?? null;
    const row = { ...event, target, written, writtenAt: before?.writtenAt ?? now, sequence: before?.sequence ?? 0 };
    if (before === undefined || !isEqual(before, row)) rows.push(row);
  }

  if (listing.kind === "full" && absent === "verify") {
    for (const [matchId, row] of known) {
      if (!found.has(matchId) && row.hash !== null) rows.push({ ...row, hash: null });
    }
  }
  return { known: rows, forgotten, extras };
};
