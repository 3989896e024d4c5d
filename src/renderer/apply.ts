import type { MatchView, Snapshot } from "../shared/snapshot.ts";
import { type Delta, windowLimits } from "../shared/snapshot.ts";

/** What the window shows: the snapshot, kept current. Matches are in the order of kick-off, those without one last. */
export type WindowState = Snapshot & {
  /** Messages that came since the window was opened, those that no list holds any more included. */
  readonly heard: number;
};

const order = (a: MatchView, b: MatchView): number => {
  if (a.kickoff !== b.kickoff) return (a.kickoff ?? "~") < (b.kickoff ?? "~") ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
};

/** Both lists sorted; one pass, since ten deltas a second may meet ten thousand matches. */
const merge = (old: readonly MatchView[], fresh: readonly MatchView[]): readonly MatchView[] => {
  const merged: MatchView[] = [];
  let next = 0;
  for (const match of old) {
    for (let candidate = fresh[next]; candidate !== undefined && order(candidate, match) < 0; candidate = fresh[next]) {
      merged.push(candidate);
      next += 1;
    }
    merged.push(match);
  }
  return [...merged, ...fresh.slice(next)];
};

const applyMatches = (state: WindowState, delta: Delta): readonly MatchView[] => {
  if (delta.matches.length === 0 && delta.droppedMatchIds.length === 0) return state.matches;
  const dropped = new Set(delta.droppedMatchIds);
  const fresh = new Map(delta.matches.map((match) => [match.id, match]));
  const kept = state.matches.filter((match) => !dropped.has(match.id) && !fresh.has(match.id));
  return merge(kept, [...fresh.values()].filter((match) => !dropped.has(match.id)).sort(order));
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
  matches: snapshot.matches.toSorted(order),
  changes: bounded(snapshot.changes, windowLimits.changes),
  messages: bounded(snapshot.messages, windowLimits.messages),
  alerts: bounded(snapshot.alerts, windowLimits.alerts),
  gaps: bounded(snapshot.gaps, windowLimits.gaps),
  heard,
});

const latest = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value);

/** The state after a delta; `hole` when it is not the one that follows, so that only a new snapshot can help. */
export const applyDelta = (state: WindowState, delta: Delta): WindowState | "hole" => {
  if (delta.seq !== state.seq + 1) return "hole";
  const { set } = delta;
  return {
    ...state,
    seq: delta.seq,
    connection: latest(set.connection, state.connection),
    source: latest(set.source, state.source),
    health: latest(set.health, state.health),
    counters: latest(set.counters, state.counters),
    lastCycle: latest(set.lastCycle, state.lastCycle),
    seenChangeId: latest(set.seenChangeId, state.seenChangeId),
    quarantine: latest(set.quarantine, state.quarantine),
    targets: latest(set.targets, state.targets),
    settings: latest(set.settings, state.settings),
    httpAddress: latest(set.httpAddress, state.httpAddress),
    calendarAddress: latest(set.calendarAddress, state.calendarAddress),
    notificationsMuted: latest(set.notificationsMuted, state.notificationsMuted),
    todo: latest(set.todo, state.todo),
    alerts: bounded(latest(set.alerts, state.alerts), windowLimits.alerts),
    gaps: bounded(latest(set.gaps, state.gaps), windowLimits.gaps),
    matches: applyMatches(state, delta),
    changes: prepend(delta.changes, state.changes, windowLimits.changes),
    messages: prepend(delta.messages, state.messages, windowLimits.messages),
    heard: state.heard + delta.messages.length + delta.skippedMessages,
  };
};
