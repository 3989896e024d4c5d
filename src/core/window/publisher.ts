import type { Change } from "../../shared/change.ts";
import type { TodoItem } from "../../shared/desk.ts";
import type { Match } from "../../shared/match.ts";
import type { MessageSummary } from "../../shared/message.ts";
import type { Delta, MatchView, Snapshot } from "../../shared/snapshot.ts";
import { deltaLimit, windowLimits } from "../../shared/snapshot.ts";
import { errorTrail } from "../error-name.ts";
import type { Clock, Log } from "../ports.ts";
import { createToldWarnings, type Viewed } from "./told-warnings.ts";

/** Deltas are sent at most this often. */
const deltaMs = 100;

/** The parts of a snapshot that a delta carries whole. */
export type Part = keyof Delta["set"];
type Parts = { readonly [P in Part]: () => Snapshot[P] };

/** What is counted, and the last cycle. */
const movedByTaking: readonly Part[] = ["counters", "lastCycle", "quarantine"];

type Told = {
  readonly messages: readonly { readonly summary: MessageSummary }[];
  readonly changes: readonly Change[];
  /** Matches that are another than before. */
  readonly kept: readonly { readonly match: Pick<Match, "id"> }[];
  readonly moved: readonly Match[];
};

type PublisherOptions = {
  readonly clock: Pick<Clock, "after" | "random">;
  readonly log: Log;
  readonly parts: Parts;
  readonly view: (matchId: string) => MatchView | null;
  /** Gathers the matches of which nothing but the warnings may have changed. */
  readonly near: {
    readonly note: (moved: readonly Match[]) => void;
    readonly take: () => Iterable<string>;
  };
  /** What waits in a subject. */
  readonly todo: (subject: string) => readonly TodoItem[];
  readonly snapshot: () => Omit<Snapshot, "seq" | Part>;
};

/** Takes the first of a set out of it. */
const takeFrom = (set: Set<string>, atMost: number): readonly string[] => {
  const taken: string[] = [];
  for (const each of set) {
    if (taken.length === atMost) break;
    taken.push(each);
  }
  for (const each of taken) set.delete(each);
  return taken;
};

/**
 * Gathers what changed and tells every listener about ten times a second, numbered. A number that does not follow the
 * last tells a listener to take a new snapshot; numbers begin at a different place in each run for the same reason. What is
 * more than a window takes in at a time waits for the next delta. Matches that have changed wait for none whose warnings may
 * have: whoever is named at hundreds of matches, as somebody who is yet to be found, makes hundreds of the latter each time.
 */
export const createPublisher = ({ clock, log, parts, view, near, todo, snapshot }: PublisherOptions) => {
  const listeners = new Set<(delta: Delta) => void>();
  let seq = Math.floor(clock.random() * 2 ** 40);
  let dirty = new Set<Part>();
  const matchIds = new Set<string>();
  const nearIds = new Set<string>();
  const warnings = createToldWarnings();
  const subjects = new Set<string>();
  let changes: Change[] = [];
  let messages: MessageSummary[] = [];
  let skipped = 0;
  let cancel: (() => void) | null = null;

  const partsOf = (names: Iterable<Part>): Delta["set"] =>
    Object.fromEntries([...names].map((name) => [name, parts[name]()]));

  const send = (): void => {
    cancel = null;
    const news = take();
    if (matchIds.size > 0 || nearIds.size > 0 || subjects.size > 0) cancel = clock.after(deltaMs, send);
    if (isNothing(news)) return;
    seq += 1;
    const delta: Delta = { ...news, seq };
    for (const listener of listeners) tell(listener, delta);
  };

  /** A window that is closed at this moment keeps no other from hearing. */
  const tell = (listener: (delta: Delta) => void, delta: Delta): void => {
    try {
      listener(delta);
    } catch (error) {
      log.error("a window could not be told what has changed", { error: errorTrail(error) });
    }
  };

  const viewed = (ids: readonly string[]): readonly Viewed[] => ids.map((id) => ({ id, view: view(id) }));

  const take = (): Omit<Delta, "seq"> => {
    for (const id of near.take()) nearIds.add(id);
    const moved = viewed(takeFrom(matchIds, deltaLimit));
    for (const { id } of moved) nearIds.delete(id);
    const views = [...moved, ...viewed(takeFrom(nearIds, deltaLimit)).filter(warnings.areOther)];
    warnings.told(views);
    const news = {
      set: partsOf(dirty),
      matches: views.flatMap((entry) => (entry.view === null ? [] : [entry.view])),
      droppedMatchIds: views.flatMap((entry) => (entry.view === null ? [entry.id] : [])),
      todo: takeFrom(subjects, deltaLimit).map((subject) => ({ subject, items: todo(subject) })),
      changes: changes.reverse(),
      messages: messages.reverse(),
      skippedMessages: skipped,
    };
    dirty = new Set();
    changes = [];
    messages = [];
    skipped = 0;
    return news;
  };

  const bounded = <T>(list: T[], limit: number): T[] => (list.length > limit * 2 ? list.slice(-limit) : list);

  /** Somebody listens: only then is there anything to gather. */
  const gather = (add: () => void): void => {
    if (listeners.size === 0) return;
    add();
    cancel ??= clock.after(deltaMs, send);
  };

  return {
    touch: (...names: readonly Part[]): void =>
      gather(() => {
        for (const name of names) dirty.add(name);
      }),
    addMatches: (ids: Iterable<string>): void =>
      gather(() => {
        for (const id of ids) matchIds.add(id);
      }),
    addTodo: (names: Iterable<string>): void =>
      gather(() => {
        dirty.add("waiting");
        for (const name of names) subjects.add(name);
      }),
    note: (taken: Told): void =>
      gather(() => {
        for (const name of movedByTaking) dirty.add(name);
        for (const { match } of taken.kept) matchIds.add(match.id);
        near.note(taken.moved);
        changes = bounded([...changes, ...taken.changes], windowLimits.changes);
        const all = [...messages, ...taken.messages.map(({ summary }) => summary)];
        messages = bounded(all, windowLimits.messages);
        skipped += all.length - messages.length;
      }),
    /** A listener that subscribes before it takes the snapshot misses nothing. */
    subscribe: (listener: (delta: Delta) => void): (() => void) => {
      // What changed while nobody listened was not gathered: no snapshot from before may pass for one of now.
      if (listeners.size === 0) seq += 1;
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** The number of the newest delta. */
    seq: (): number => seq,
    /** Sends what waits first, so that the snapshot's number and content agree. */
    snapshot: (): Snapshot => {
      if (cancel !== null) {
        cancel();
        send();
      }
      // It says what no delta may have told.
      warnings.forget();
      return { ...snapshot(), ...allParts(parts), seq };
    },
    stop: (): void => {
      cancel?.();
      cancel = null;
      listeners.clear();
    },
  };
};
export type Publisher = ReturnType<typeof createPublisher>;

const isNothing = (news: Omit<Delta, "seq">): boolean =>
  Object.values(news).every((part) => part === 0 || (typeof part === "object" && Object.keys(part).length === 0));

const allParts = (parts: Parts): Pick<Snapshot, Part> => ({
  connection: parts.connection(),
  source: parts.source(),
  health: parts.health(),
  counters: parts.counters(),
  lastCycle: parts.lastCycle(),
  seenChangeId: parts.seenChangeId(),
  alerts: parts.alerts(),
  gaps: parts.gaps(),
  quarantine: parts.quarantine(),
  targets: parts.targets(),
  settings: parts.settings(),
  httpAddress: parts.httpAddress(),
  calendarAddress: parts.calendarAddress(),
  notificationsMuted: parts.notificationsMuted(),
  messengers: parts.messengers(),
  waiting: parts.waiting(),
  attachment: parts.attachment(),
});
