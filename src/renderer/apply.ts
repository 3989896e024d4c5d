import { subjectOf } from "../shared/desk.ts";
import { partsAfter } from "../shared/parts-after.ts";
import type { MatchView, Snapshot } from "../shared/snapshot.ts";
import { type Delta, windowLimits } from "../shared/snapshot.ts";
import { byPressure } from "../shared/todo-rules.ts";
import { byKickoff, type Indexes, noIndexes, reindex, unseenOf } from "./indexes.ts";

/** What the window shows: the snapshot, kept current. Matches are in the order of kick-off, those without one last. */
export type WindowState = Snapshot & {
  /** Messages that came since the window was opened, those that no list holds any more included. */
  readonly heard: number;
  readonly index: Indexes;
};

/** Both lists sorted; one pass, since ten deltas a second may meet ten thousand matches. */
const merge = (old: readonly MatchView[], fresh: readonly MatchView[]): readonly MatchView[] => {
  const merged: MatchView[] = [];
  let next = 0;
  for (const match of old) {
    for (
      let candidate = fresh[next];
      candidate !== undefined && byKickoff(candidate, match) < 0;
      candidate = fresh[next]
    ) {
      merged.push(candidate);
      next += 1;
    }
    merged.push(match);
  }
  return [...merged, ...fresh.slice(next)];
};

type Told = { readonly put: readonly MatchView[]; readonly dropped: readonly string[] };

/** What a delta says of matches: the last word on each. */
const toldOf = ({ matches, droppedMatchIds }: Delta): Told => {
  const dropped = new Set(droppedMatchIds);
  const put = new Map(matches.map((match) => [match.id, match]));
  return {
    put: [...put.values()].filter(({ id }) => !dropped.has(id)).sort(byKickoff),
    dropped: droppedMatchIds,
  };
};

const applyMatches = (matches: readonly MatchView[], { put, dropped }: Told): readonly MatchView[] => {
  if (put.length === 0 && dropped.length === 0) return matches;
  const touched = new Set([...dropped, ...put.map(({ id }) => id)]);
  return merge(
    matches.filter(({ id }) => !touched.has(id)),
    put,
  );
};

/** All that waits in the subjects that the delta tells of is what it says; the most pressing first. */
const applyTodo = (todo: WindowState["todo"], { todo: told }: Delta): WindowState["todo"] => {
  if (told.length === 0) return todo;
  const subjects = new Set(told.map(({ subject }) => subject));
  const kept = todo.filter((item) => !subjects.has(subjectOf(item)));
  return [...kept, ...told.flatMap(({ items }) => items)].sort(byPressure);
};

/** New ones in front, the oldest beyond the limit gone. The list itself when there is nothing new. */
const prepend = <T>(fresh: readonly T[], old: readonly T[], limit: number): readonly T[] => {
  if (fresh.length === 0) return old;
  return fresh.length >= limit ? fresh.slice(0, limit) : [...fresh, ...old.slice(0, limit - fresh.length)];
};

const bounded = <T>(list: readonly T[], limit: number): readonly T[] =>
  list.length > limit ? list.slice(0, limit) : list;

export const openState = (snapshot: Snapshot, heard = 0): WindowState => ({
  ...snapshot,
  ...matchesOf(snapshot),
  changes: bounded(snapshot.changes, windowLimits.changes),
  messages: bounded(snapshot.messages, windowLimits.messages),
  alerts: bounded(snapshot.alerts, windowLimits.alerts),
  gaps: bounded(snapshot.gaps, windowLimits.gaps),
  heard,
});

const matchesOf = ({ matches, seenChangeId }: Snapshot): Pick<WindowState, "matches" | "index"> => {
  const sorted = matches.toSorted(byKickoff);
  return { matches: sorted, index: reindex(noIndexes, { put: sorted, dropped: [] }, seenChangeId) };
};

/** What was unseen may be seen without any match having changed. */
const applyIndex = ({ index: before, seenChangeId: seenBefore }: WindowState, told: Told, seen: number): Indexes => {
  const index = reindex(before, told, seen);
  return seen === seenBefore ? index : { ...index, unseen: unseenOf(index.byId.values(), seen) };
};

/** The state after a delta; `hole` when it is not the one that follows, so that only a new snapshot can help. */
export const applyDelta = (state: WindowState, delta: Delta): WindowState | "hole" => {
  if (delta.seq !== state.seq + 1) return "hole";
  const told = toldOf(delta);
  const parts = partsAfter(state, delta);
  return {
    ...state,
    seq: delta.seq,
    ...parts,
    todo: applyTodo(state.todo, delta),
    alerts: bounded(parts.alerts, windowLimits.alerts),
    gaps: bounded(parts.gaps, windowLimits.gaps),
    matches: applyMatches(state.matches, told),
    index: applyIndex(state, told, parts.seenChangeId),
    changes: prepend(delta.changes, state.changes, windowLimits.changes),
    messages: prepend(delta.messages, state.messages, windowLimits.messages),
    heard: state.heard + delta.messages.length + delta.skippedMessages,
  };
};
