import { subjectOf, type TodoItem } from "../../shared/desk.ts";
import { partsAfter } from "../../shared/parts-after.ts";
import { type Delta, type MatchView, type Snapshot, windowLimits } from "../../shared/snapshot.ts";
import { byPressure } from "../../shared/todo-rules.ts";

/** Beyond a limit the oldest go: new ones stand in front. */
const prepend = <T>(fresh: readonly T[], old: readonly T[], limit: number): readonly T[] =>
  fresh.length === 0 ? old : [...fresh, ...old].slice(0, limit);

/** How things stand at a service elsewhere, kept up by its deltas: a window takes its snapshots from here. */
export const createMirror = ({ matches, todo, ...first }: Snapshot) => {
  let rest = first;
  const byId = new Map<string, MatchView>(matches.map((match) => [match.id, match]));
  const bySubject = new Map<string, readonly TodoItem[]>();
  for (const item of todo) bySubject.set(subjectOf(item), [...(bySubject.get(subjectOf(item)) ?? []), item]);

  const items = (): readonly TodoItem[] => [...bySubject.values()].flat().sort(byPressure);
  return {
    seq: (): number => rest.seq,
    /** false: there is a hole before it, and only a new snapshot can help. */
    take: (delta: Delta): boolean => {
      if (delta.seq !== rest.seq + 1) return false;
      for (const match of delta.matches) byId.set(match.id, match);
      for (const id of delta.droppedMatchIds) byId.delete(id);
      for (const told of delta.todo) {
        if (told.items.length === 0) bySubject.delete(told.subject);
        else bySubject.set(told.subject, told.items);
      }
      rest = {
        ...rest,
        ...partsAfter(rest, delta),
        seq: delta.seq,
        changes: prepend(delta.changes, rest.changes, windowLimits.changes),
        messages: prepend(delta.messages, rest.messages, windowLimits.messages),
      };
      return true;
    },
    items,
    alerts: () => rest.alerts,
    settings: () => rest.settings,
    snapshot: (): Snapshot => ({ ...rest, matches: [...byId.values()], todo: items() }),
  };
};
export type Mirror = ReturnType<typeof createMirror>;
