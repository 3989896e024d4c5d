import { describe, expect, it } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import type { JournalTrouble } from "../journal.ts";
import { createJournalState } from "./journal-state.ts";

const lost: Problem = { kind: "journal-lost", message: "Its files were removed." };
const locked: Problem = { kind: "journal-locked", message: "Another program holds it." };
const full: Problem = { kind: "journal-full", message: "No room." };
const room: Problem = { kind: "journal-room", message: "Little room." };

const createDesk = () => {
  let now = 0;
  let troubles: readonly JournalTrouble[] = [];
  let tell = (): void => undefined;
  const seen = new Set<string>();
  const states: (string | null)[] = [];
  const incidents: string[] = [];
  const state = createJournalState({
    journal: {
      troubles: () => troubles,
      onTroubles: (listener) => {
        tell = listener;
      },
    },
    now: () => instantOf(now),
    onState: (trouble) => states.push(trouble?.problem.kind ?? null),
    onIncident: ({ problem }) => incidents.push(problem.kind),
    isUnseen: (subject) => subject.kind !== "incident" || !seen.has(subject.problem.kind),
    onChange: () => undefined,
  });
  return {
    state,
    states,
    incidents,
    says: (told: readonly JournalTrouble[], at = now): void => {
      now = at;
      troubles = told;
      tell();
    },
    see: (kind: string): void => void seen.add(kind),
    faults: () => state.faults().map(({ problem, level, since }) => [problem.kind, level, Date.parse(since)]),
  };
};

const stateOf = (problem: Problem, level: JournalTrouble["level"] = "critical"): JournalTrouble => ({
  kind: "state",
  level,
  problem,
});
const incident = (problem: Problem): JournalTrouble => ({ kind: "incident", level: "critical", problem });

describe("what is wrong with the journal", () => {
  it("is told from the start on, and is over when it is no longer told", () => {
    const desk = createDesk();
    desk.says([stateOf(locked)]);
    expect([desk.states, desk.faults()]).toEqual([[], []]);
    desk.state.start();
    expect([desk.states, desk.faults()]).toEqual([["journal-locked"], [["journal-locked", "critical", 0]]]);
    desk.says([], 9);
    expect([desk.states.at(-1), desk.faults()]).toEqual([null, []]);
  });

  it("is what those are told who write, before anything else, and counts from when it began", () => {
    const desk = createDesk();
    desk.state.start();
    desk.says([stateOf(room, "warning")], 1);
    desk.says([stateOf(room, "warning")], 2);
    expect(desk.faults()).toEqual([["journal-room", "warning", 1]]);
    desk.state.refused(full);
    desk.says([stateOf(locked), stateOf(room, "warning")], 3);
    expect(desk.faults()).toEqual([["journal-full", "critical", 2]]);
    desk.state.refused(null);
    expect(desk.faults()).toEqual([["journal-locked", "critical", 2]]);
  });
});

describe("what has happened to the journal", () => {
  it("is told each time that it happens, and is a fault until somebody has seen it", () => {
    const desk = createDesk();
    const first = incident(lost);
    const second = incident({ ...lost });
    desk.state.start();
    desk.says([first], 5);
    desk.says([first, stateOf(locked)], 6);
    expect(desk.incidents).toEqual(["journal-lost"]);
    desk.says([first, second], 7);
    expect(desk.incidents).toEqual(["journal-lost", "journal-lost"]);
    expect(desk.faults()[0]).toEqual(["journal-lost", "critical", 5]);
    desk.see("journal-lost");
    expect(desk.faults()).toEqual([]);
  });
});
