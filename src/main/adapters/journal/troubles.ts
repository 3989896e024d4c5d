import type { JournalTrouble } from "../../../core/journal.ts";
import { failed, type Problem } from "../../../shared/problem.ts";
import { littleBytes } from "./room.ts";

/** What may be wrong for a while, the worst first. */
const levels = { writing: "critical", lock: "critical", room: "warning", records: "warning" } as const;
type State = keyof typeof levels;

/** Of more incidents the oldest have been told long ago. */
const keptIncidents = 10;

/** What is wrong with the journal, gathered from those who notice it. */
export const createTroubles = () => {
  const listeners = new Set<() => void>();
  const states = new Map<State, Problem>();
  let incidents: readonly JournalTrouble[] = [];

  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  return {
    /** null: nothing is wrong with it. */
    note: (state: State, problem: Problem | null): void => {
      const before = states.get(state);
      if (before?.message === problem?.message) return;
      if (problem === null) states.delete(state);
      else states.set(state, problem);
      tell();
    },
    happened: (problem: Problem, level: JournalTrouble["level"] = "critical"): void => {
      incidents = [...incidents, { kind: "incident" as const, level, problem }].slice(-keptIncidents);
      tell();
    },
    troubles: (): readonly JournalTrouble[] => [
      // Object.keys knows the states only as text.
      ...(Object.keys(levels) as State[]).flatMap((state): readonly JournalTrouble[] => {
        const problem = states.get(state);
        return problem === undefined ? [] : [{ kind: "state", level: levels[state], problem }];
      }),
      ...incidents,
    ],
    onTroubles: (listener: () => void): void => void listeners.add(listener),
  };
};
export type Troubles = ReturnType<typeof createTroubles>;

/** Told by steps, so that it is not told anew with each byte. */
const stepBytes = 10_000_000;

export const roomProblem = (bytes: number): Problem | null =>
  bytes >= littleBytes
    ? null
    : failed(
        "journal-room",
        `There are less than ${(Math.floor(bytes / stepBytes) + 1) * (stepBytes / 1_000_000)} MB left on the disk of the journal.`,
      ).problem;
