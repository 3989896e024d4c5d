import type { TargetName } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Found, Known, Wanted } from "./item.ts";
import { isOlder } from "./plan.ts";
import type { Listed, Listing } from "./target.ts";

/** Further items with an id that has one already, as a predecessor made them. Those in the past are left alone. */
export type Duplicates = ReadonlyMap<string, readonly Found[]>;

export type Reconciled<W extends Wanted> = {
  /** What is new, or differs from what we knew. */
  readonly known: readonly Known<W>[];
  readonly forgotten: readonly string[];
  readonly duplicates: Duplicates;
  /** Those of which another is kept now than before. */
  readonly supplanted: readonly string[];
};

/**
 * Of several items with one id the one to keep: the one we know, else one that we wrote, else the first. But one that we made,
 * and nobody has touched, makes way for somebody else's: that one may hold what a person wrote, and is not ours to remove.
 */
const chosen = <W extends Wanted>(
  items: readonly Listed<W>[],
  before: Found | undefined,
  isOursAlone: (item: Found) => boolean,
): Listed<W> | undefined => {
  const first =
    items.find(({ remoteId }) => remoteId === before?.remoteId) ?? items.find(({ hash }) => hash !== null) ?? items[0];
  const theirs = items.find(({ hash, remoteId }) => hash === null && remoteId !== before?.remoteId);
  return first !== undefined && theirs !== undefined && isOursAlone(first) ? theirs : first;
};

const isEqual = <W extends Wanted>(a: Known<W>, b: Known<W>): boolean =>
  a.remoteId === b.remoteId &&
  a.etag === b.etag &&
  a.hash === b.hash &&
  a.actual === b.actual &&
  a.start === b.start &&
  a.cancelled === b.cancelled &&
  a.rev === b.rev &&
  a.written === b.written;

/** All there is of each item that the listing speaks of. A delta says nothing of what has not changed. */
const foundById = <W extends Wanted>(options: {
  readonly listing: Listing<W>;
  readonly known: ReadonlyMap<string, Found>;
  readonly duplicates: Duplicates;
}): ReadonlyMap<string, readonly Listed<W>[]> => {
  const { listing, known, duplicates } = options;
  const found = new Map<string, Listed<W>[]>();
  for (const item of listing.items) found.set(item.id, [...(found.get(item.id) ?? []), item]);
  if (listing.kind === "full") return found;

  const told = new Set([...listing.removed, ...listing.items.map(({ remoteId }) => remoteId)]);
  const before = new Map<string, readonly Found[]>(duplicates);
  for (const [id, one] of known) before.set(id, [one, ...(duplicates.get(id) ?? [])]);
  for (const [id, all] of before) {
    const rest = all.filter(({ remoteId }) => !told.has(remoteId));
    if (found.has(id) || rest.length < all.length) found.set(id, [...rest, ...(found.get(id) ?? [])]);
  }
  return found;
};

/**
 * What we know after reading a target. An item that a full list no longer has is not taken for gone: the list may be
 * wrong, and a second item would be worse than a call too many. Its content counts as unknown: if it should exist it is
 * written again, and the write finds it or makes it anew; if not it is removed again. Only a server's own word (`removed`)
 * makes us forget.
 */
export const reconcile = <W extends Wanted>(options: {
  readonly target: TargetName;
  readonly listing: Listing<W>;
  readonly known: ReadonlyMap<string, Known<W>>;
  /** As found so far. */
  readonly duplicates: Duplicates;
  readonly wanted: (id: string) => W | null;
  /** false: a look that must change nothing, so what a full list lacks says nothing. */
  readonly believe: boolean;
  readonly now: Instant;
  readonly oldest: Instant | null;
  /** As `Target.isOursAlone`. */
  readonly isOursAlone: (item: Found) => boolean;
}): Reconciled<W> => {
  const { target, listing, known, wanted, believe, now, oldest, isOursAlone } = options;
  const found = foundById(options);
  const changed: Known<W>[] = [];
  const forgotten: string[] = [];
  const supplanted: string[] = [];
  const duplicates = new Map<string, readonly Found[]>(listing.kind === "full" ? [] : options.duplicates);
  for (const [id, items] of found) {
    const before = known.get(id);
    const standing = items.filter(({ start }) => !isOlder(start, oldest));
    const item = chosen(standing.length > 0 ? standing : items, before, isOursAlone);
    const others = standing.filter((other) => other !== item);
    if (others.length > 0) duplicates.set(id, others);
    else duplicates.delete(id);
    if (item === undefined) {
      forgotten.push(id);
      continue;
    }
    if (item === before) continue;
    if (before !== undefined && before.remoteId !== item.remoteId) supplanted.push(id);
    const { content, ...there } = item;
    const isThere = (one: W | null | undefined): boolean => one?.hash === item.hash || one?.hash === item.actual;
    const written = [before?.written, wanted(id), content].find(isThere) ?? null;
    const after = { ...there, target, written, writtenAt: before?.writtenAt ?? now, sequence: before?.sequence ?? 0 };
    if (before === undefined || !isEqual(before, after)) changed.push(after);
  }
  if (listing.kind === "full" && believe) {
    for (const [id, one] of known) if (!found.has(id) && one.hash !== null) changed.push({ ...one, hash: null });
  }
  return { known: changed, forgotten, duplicates, supplanted };
};
