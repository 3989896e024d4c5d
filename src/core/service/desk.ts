import type { Alert } from "../../shared/alert.ts";
import type { TargetStatus } from "../../shared/calendar.ts";
import type { Note, Told } from "../../shared/desk.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { ProblemError, raise } from "../../shared/problem.ts";
import {
  type Entry,
  emptyEntry,
  erasedFrom,
  factOf,
  inTime,
  withNote,
  withOwnNote,
  withoutNote,
  withoutTold,
  withTold,
  written,
} from "../desk/entries.ts";
import { leavings, matters, type Timeline } from "../desk/news.ts";
import { targetItems } from "../desk/target-items.ts";
import { createTodo } from "../desk/todo.ts";
import type { Taken } from "../feed/batch.ts";
import type { Feed } from "../feed/feed.ts";
import type { Writing } from "../feed/ingest.ts";
import type { Word } from "../feed/word.ts";
import type { Journal } from "../journal.ts";
import type { MatchBook } from "../matches/book.ts";
import { type MatchRecord, recordIn } from "../matches/record.ts";
import type { Directory } from "../people/directory.ts";
import type { Clock } from "../ports.ts";
import type { Eraser } from "../retention/eraser.ts";

/** In a flood of changes what is to be done is reckoned this often. */
const reckonMs = 1000;

type Options = {
  /** Those that the journal has; changed here alone. */
  readonly entries: Map<string, Entry>;
  readonly journal: Pick<Journal, "changesOf">;
  readonly clock: Pick<Clock, "now" | "after" | "random">;
  readonly book: Pick<MatchBook, "records" | "warningsOf" | "near">;
  readonly directory: () => Directory;
  readonly targets: () => readonly TargetStatus[];
  readonly alerts: () => readonly Alert[];
  readonly lastChangeId: () => number;
  /** Tells all nodes of the desk, which then take it (`take`), this one too; null: there are no others. */
  readonly tellAll: Feed["tell"];
  /** Writes what is made when it is its turn among the messages. */
  readonly write: (make: () => Writing) => Promise<void>;
  /** What people wrote down of this match has changed. */
  readonly onEntry: (matchId: string) => void;
  /** What is to be done is reckoned: something else waits in these (`subjectOf`). */
  readonly onTodo: (subjects: readonly string[]) => void;
};

type Teller = { readonly matchId: string; readonly by: string | null };

/** The coordinator's desk: what waits for somebody, who was told of it, and notes. */
export const createDesk = (options: Options) => {
  const { entries, journal, clock, book, tellAll, write, onEntry, onTodo } = options;
  /** Those that were asked for. */
  const timelines = new Map<string, Timeline>();
  let cancel: (() => void) | null = null;

  /** null: the journal refuses for now, which it says itself; what does not come of timelines is told all the same. */
  const read = (id: string): Timeline | null => {
    try {
      return journal.changesOf(id).filter(matters).toReversed();
    } catch (error) {
      if (error instanceof ProblemError) return null;
      throw error;
    }
  };

  const timelineOf = ({ match: { id }, firstAt, changedAt }: MatchRecord): Timeline | null => {
    // Nothing has changed since it was first heard of.
    if (changedAt === firstAt) return [];
    const known = timelines.get(id) ?? read(id);
    if (known !== null) timelines.set(id, known);
    return known;
  };

  const entryOf = (matchId: string): Entry => entries.get(matchId) ?? emptyEntry;

  const todo = createTodo({
    now: clock.now,
    book,
    directory: options.directory,
    entryOf,
    timelineOf,
    targetItems: () => targetItems(options.targets(), options.alerts()),
  });

  const goOn = (): void => {
    const isMore = todo.goOn();
    cancel = isMore ? clock.after(0, goOn) : null;
    if (isMore) return;
    onTodo(todo.takeMoved());
  };

  const settle = (): void => {
    cancel?.();
    todo.retry();
    goOn();
  };

  const soon = (): void => {
    cancel ??= clock.after(reckonMs, settle);
  };

  const recordOf = (matchId: string): MatchRecord => recordIn(book.records, matchId);

  /** Journals what becomes of an entry, and then goes by it. */
  const put = async (matchId: string, change: (entry: Entry) => Entry): Promise<void> => {
    await write(() => {
      recordOf(matchId);
      const entry = change(entryOf(matchId));
      const text = written(entry);
      return {
        batch: { meta: { [factOf(matchId)]: text } },
        known: () => {
          if (text === null) entries.delete(matchId);
          else entries.set(matchId, entry);
          onEntry(matchId);
          todo.touch([matchId]);
          settle();
        },
      };
    });
  };

  /** Everybody whom something about this match concerns: those who have a place, and those who left one open. */
  const concernedIn = (record: MatchRecord): readonly string[] => {
    const { idOf } = options.directory();
    const left = leavings(timelineOf(record) ?? [], record.match, idOf).map(({ official }) => official);
    return [...new Set([...record.match.officials, ...left].map(idOf))];
  };

  /** The entries of which something is to be erased, without it. */
  const entriesWithout = (eraser: Eraser, matchIds: readonly string[] | null) =>
    [...(matchIds ?? entries.keys())].flatMap((id) => {
      const entry = entryOf(id);
      const without = erasedFrom(entry, eraser);
      return without === entry ? [] : [{ id, without }];
    });

  /** The newest change by then, as this node numbers it. */
  const newestUntil = (matchId: string, at: Instant): number =>
    journal.changesOf(matchId).find((change) => change.at <= at)?.id ?? 0;

  const gone = (): never => raise("not-found", "There is no note with this id on the match.", "id");

  return {
    items: todo.items,
    concernedIn,
    itemsIn: todo.of,
    waiting: todo.waiting,
    tell: async (
      { matchId, by }: Teller,
      {
        personId,
        upTo = options.lastChangeId(),
      }: { readonly personId: string | null; readonly upTo?: number | undefined },
    ): Promise<void> => {
      const all = concernedIn(recordOf(matchId));
      if (personId !== null && !all.includes(personId))
        raise("not-found", "This person has no place in this match, and left none.", "personId");
      const people: readonly (string | null)[] = all.length === 0 ? [null] : all;
      const whom = personId === null ? people : [personId];
      if (tellAll !== null) {
        const newest = journal.changesOf(matchId).find(({ id }) => id <= upTo);
        return tellAll({ kind: "tell", matchId, people: whom, by, upTo: newest?.at ?? null });
      }
      const told = whom.map((id): Told => ({ personId: id, at: instantOf(clock.now()), by, upTo }));
      await put(matchId, (entry) => told.reduce(withTold, entry));
    },
    untell: (matchId: string, personId: string | null): Promise<void> => {
      recordOf(matchId);
      if (tellAll !== null) return tellAll({ kind: "untell", matchId, personId });
      return put(matchId, (entry) => withoutTold(entry, personId));
    },
    write: async ({ matchId, by }: Teller, text: string): Promise<Note> => {
      if (tellAll !== null) {
        recordOf(matchId);
        const id = Math.floor(clock.random() * 2 ** 48);
        await tellAll({ kind: "note", matchId, id, by, text });
        return entryOf(matchId).notes.find((note) => note.id === id) ?? gone();
      }
      const at = instantOf(clock.now());
      let added: Note = { id: 0, at, by, text };
      await put(matchId, (entry) => {
        const { entry: next, note } = withNote(entry, { at, by, text });
        added = note;
        return next;
      });
      return added;
    },
    removeNote: async (matchId: string, id: number): Promise<void> => {
      recordOf(matchId);
      if (tellAll === null) return put(matchId, (entry) => withoutNote(entry, id) ?? gone());
      if (withoutNote(entryOf(matchId), id) === null) gone();
      return tellAll({ kind: "remove-note", matchId, id });
    },
    /** What a person wrote on one of the nodes. */
    take: ((word, at) => {
      const { matchId } = word;
      switch (word.kind) {
        case "tell": {
          const upTo = word.upTo === null ? 0 : newestUntil(matchId, word.upTo);
          const told = word.people.map((personId): Told => ({ personId, at, by: word.by, upTo }));
          return put(matchId, (entry) => inTime(told.reduce(withTold, entry)));
        }
        case "untell":
          return put(matchId, (entry) => withoutTold(entry, word.personId, at));
        case "note":
          return put(matchId, (entry) => withOwnNote(entry, { id: word.id, at, by: word.by, text: word.text }));
        case "remove-note":
          return put(matchId, (entry) => withoutNote(entry, word.id) ?? entry);
      }
    }) satisfies (
      word: Extract<Word, { readonly kind: "tell" | "untell" | "note" | "remove-note" }>,
      at: Instant,
    ) => Promise<void>,
    note: (taken: Pick<Taken, "changes" | "kept" | "moved">): void => {
      for (const change of taken.changes) {
        const known = timelines.get(change.matchId);
        if (known !== undefined && matters(change)) timelines.set(change.matchId, [...known, change]);
      }
      todo.note(taken);
      soon();
    },
    soon,
    /** When these people were told how things stand. */
    ticksOf: (personIds: ReadonlySet<string>): readonly { readonly matchId: string; readonly at: Instant }[] =>
      [...entries].flatMap(([matchId, { told }]) =>
        told.flatMap(({ personId, at }) => (personId !== null && personIds.has(personId) ? [{ matchId, at }] : [])),
      ),
    /** The notes in which somebody is named. */
    naming: (isNamed: (text: string) => boolean): readonly (Note & { readonly matchId: string })[] =>
      [...entries].flatMap(([matchId, { notes }]) =>
        notes.filter(({ by, text }) => isNamed(text) || isNamed(by ?? "")).map((note) => ({ ...note, matchId })),
      ),
    /** What is written of these goes with them. */
    forgetting: (matchIds: readonly string[]): Readonly<Record<string, null>> =>
      Object.fromEntries(matchIds.filter((id) => entries.has(id)).map((id) => [factOf(id), null])),
    /** They are no more; those that were near them (`MatchBook.remove`) are looked at again. */
    forget: (matchIds: readonly string[], near: Iterable<string>): void => {
      for (const id of matchIds) {
        entries.delete(id);
        timelines.delete(id);
      }
      todo.touch(matchIds);
      todo.touch(near);
      soon();
    },
    /** People's own words without something personal, of these matches or (null) of all: what is to be written anew. */
    erasing: (eraser: Eraser, matchIds: readonly string[] | null): Readonly<Record<string, string | null>> =>
      Object.fromEntries(
        entriesWithout(eraser, matchIds).map(({ id, without }) => [factOf(id), written(without)] as const),
      ),
    /** The journal has it so, and its timelines as well. */
    erased: (eraser: Eraser, matchIds: readonly string[] | null): void => {
      timelines.clear();
      for (const { id, without } of entriesWithout(eraser, matchIds)) {
        entries.set(id, without);
        onEntry(id);
      }
      todo.touch(null);
      soon();
    },
    stop: (): void => cancel?.(),
  };
};
export type Desk = ReturnType<typeof createDesk>;
