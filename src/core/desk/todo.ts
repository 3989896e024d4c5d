import type { Change } from "../../shared/change.ts";
import { subjectOf, type TodoItem } from "../../shared/desk.ts";
import type { Identify } from "../../shared/identity.ts";
import type { Match, Official } from "../../shared/match.ts";
import { byPressure, horizonMs, nextTurn } from "../../shared/todo-rules.ts";
import type { MatchBook } from "../matches/book.ts";
import { createNear } from "../matches/near.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Directory } from "../people/directory.ts";
import type { Entry } from "./entries.ts";
import { matchItems } from "./match-items.ts";
import type { Timeline } from "./news.ts";

/** No more matches are reckoned in one go, for each of which the journal is read: nothing else happens meanwhile. */
const sliceSize = 25;

type Options = {
  readonly now: () => number;
  readonly book: Pick<MatchBook, "records" | "warningsOf" | "near">;
  readonly directory: () => Directory;
  readonly entryOf: (matchId: string) => Entry;
  /** null: it cannot be read for now. */
  readonly timelineOf: (record: MatchRecord) => Timeline | null;
  readonly targetItems: () => readonly TodoItem[];
};

type Taken = {
  readonly kept: readonly { readonly match: Pick<Match, "id"> }[];
  readonly moved: readonly Match[];
  readonly changes: readonly Pick<Change, "matchId">[];
};

/**
 * What waits for somebody, by match: it is reckoned anew where something has changed, or where time has passed a bound of
 * the rules, and nowhere else.
 */
export const createTodo = (options: Options) => {
  const { now, book, directory, entryOf, timelineOf } = options;
  const found = new Map<string, readonly TodoItem[]>();
  /** When what waits in a match will be something else by itself. */
  const turns = new Map<string, number>();
  const stale = new Set(book.records.keys());
  const near = createNear(book);
  /** The journal refused to tell what became of them: they are tried again. */
  const unread = new Set<string>();
  /** Some person in them is known by comparing with all others, and may be another when those change. */
  const unsure = new Set<string>();
  /** What somebody has yet to hear of. */
  const moved = new Set<string>();
  let known: Identify | null = null;
  let targets: ReadonlySet<string> = new Set();

  const setTo = (subject: string, items: readonly TodoItem[]): void => {
    if (items.length === 0 && !found.has(subject)) return;
    if (items.length === 0) found.delete(subject);
    else found.set(subject, items);
    moved.add(subject);
  };

  const itemsOf = (record: MatchRecord): readonly TodoItem[] => {
    const { id } = record.match;
    const timeline = timelineOf(record);
    if (timeline === null) unread.add(id);
    const idOf = (official: Official): string => {
      if (official.personId === null) unsure.add(id);
      return directory().idOf(official);
    };
    const facts = { record, timeline: timeline ?? [], entry: entryOf(id), warnings: book.warningsOf(record) };
    return matchItems(facts, { now: now(), idOf, find: (other) => book.records.get(other) });
  };

  const reckon = (id: string): void => {
    stale.delete(id);
    unsure.delete(id);
    const record = book.records.get(id);
    const kickoff = record?.match.kickoff ?? null;
    const turn = record === undefined ? null : nextTurn(kickoff, now());
    if (turn === null) turns.delete(id);
    else turns.set(id, turn);
    const ahead = kickoff === null ? 0 : Date.parse(kickoff) - now();
    const isNear = ahead >= 0 && ahead <= horizonMs;
    setTo(`match/${id}`, record !== undefined && isNear ? itemsOf(record) : []);
  };

  const retry = (): void => {
    for (const id of unread) stale.add(id);
    unread.clear();
  };

  const gather = (): void => {
    for (const id of near.take()) stale.add(id);
    for (const [id, turn] of turns) if (turn <= now()) stale.add(id);
    const { idOf: current } = directory();
    if (current !== known) for (const id of unsure) stale.add(id);
    known = current;
    const items = options.targetItems();
    for (const subject of new Set([...targets, ...items.map(subjectOf)])) {
      const those = items.filter((item) => subjectOf(item) === subject);
      if (JSON.stringify(those) !== JSON.stringify(found.get(subject) ?? [])) setTo(subject, those);
    }
    targets = new Set(items.map(subjectOf));
  };

  const reckonSome = (atMost: number): void => {
    let left = atMost;
    for (const id of stale) {
      if (left === 0) return;
      left -= 1;
      reckon(id);
    }
  };

  return {
    /** Everything, the most pressing first. */
    items: (): readonly TodoItem[] => {
      retry();
      gather();
      reckonSome(Number.POSITIVE_INFINITY);
      return [...found.values()].flat().toSorted(byPressure);
    },
    of: (subject: string): readonly TodoItem[] => found.get(subject) ?? [],
    /** How many matches and calendars wait. */
    waiting: (): number => found.size,
    note: ({ kept, moved: played, changes }: Taken): void => {
      for (const { match } of kept) stale.add(match.id);
      for (const { matchId } of changes) stale.add(matchId);
      near.note(played);
    },
    /** Of these something else has changed; null: of all. */
    touch: (ids: Iterable<string> | null): void => {
      for (const id of ids ?? book.records.keys()) stale.add(id);
    },
    /** What could not be read is tried again with the rest. */
    retry,
    /** Reckons some of what has changed. Whether there is more. */
    goOn: (): boolean => {
      gather();
      reckonSome(sliceSize);
      return stale.size > 0;
    },
    /** The subjects in which something else waits than when this was last asked. */
    takeMoved: (): readonly string[] => {
      const subjects = [...moved];
      moved.clear();
      return subjects;
    },
  };
};
