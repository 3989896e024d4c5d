import type { Journal, JournalTrouble } from "../../../core/journal.ts";
import { failed, type Problem } from "../../../shared/problem.ts";
import { littleBytes } from "./room.ts";

/** What each of the journal's parts has to complain of at present. */
type Complaints = {
  /** Its files were lost, and what was known is in new ones. That stands until a person starts Avspark anew. */
  readonly lost: Problem | null;
  /** Others may have begun on the same folder. */
  readonly lock: Problem | null;
  /** Nothing can be written. */
  readonly writing: Problem | null;
  readonly room: Problem | null;
  readonly unreadable: Problem | null;
};
export type Complaint = keyof Complaints;

const levels: Readonly<Record<Complaint, JournalTrouble["level"]>> = {
  writing: "critical",
  lost: "critical",
  lock: "critical",
  unreadable: "warning",
  room: "warning",
};

/** What is wrong with the journal, gathered from those who notice it. */
export const createTroubles = () => {
  const listeners = new Set<() => void>();
  let complaints: Complaints = { lost: null, lock: null, writing: null, room: null, unreadable: null };
  return {
    note: (about: Complaint, problem: Problem | null): void => {
      const before = complaints[about];
      if (before?.kind === problem?.kind && before?.message === problem?.message) return;
      complaints = { ...complaints, [about]: problem };
      for (const listener of listeners) listener();
    },
    troubles: (): readonly JournalTrouble[] =>
      // Object.keys knows the complaints only as text.
      (Object.keys(levels) as Complaint[]).flatMap((about) => {
        const problem = complaints[about];
        return problem === null ? [] : [{ level: levels[about], problem }];
      }),
    onTroubles: ((listener) => void listeners.add(listener)) satisfies Journal["onTroubles"],
  };
};
export type Troubles = ReturnType<typeof createTroubles>;

export const roomProblem = (bytes: number): Problem | null =>
  bytes >= littleBytes
    ? null
    : failed("journal-room", `There are ${Math.floor(bytes / 1_000_000)} MB left on the disk of the journal.`).problem;
