import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Delta, type MatchView, windowLimits } from "../shared/snapshot.ts";
import { delta } from "../shared/testing/delta.ts";
import { applyDelta, openState, type WindowState } from "./apply.ts";
import { change, match, message, snapshot } from "./samples.ts";

const at = "2027-05-08T12:00:00.000Z";

const applyAll = (state: WindowState, deltas: readonly Delta[]): WindowState =>
  deltas.reduce((before, each) => {
    const after = applyDelta(before, each);
    if (after === "hole") throw new Error("There is no hole in these deltas.");
    return after;
  }, state);

/** What can happen to a window's state, one after the other. */
type Step =
  | { readonly kind: "message" | "change" | "skip" }
  | { readonly kind: "put"; readonly id: string; readonly kickoff: string | null; readonly venue: string }
  | { readonly kind: "drop"; readonly id: string }
  | { readonly kind: "seen"; readonly id: number };

const ids = fc.constantFrom("1", "2", "3", "4", "5");
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom("message" as const, "change" as const, "skip" as const) }),
    fc.record({
      kind: fc.constant("put" as const),
      id: ids,
      kickoff: fc.constantFrom(null, at, "2027-05-09T12:00:00.000Z"),
      venue: fc.constantFrom("Heden", "Ullevi"),
    }),
    fc.record({ kind: fc.constant("drop" as const), id: ids }),
    fc.record({ kind: fc.constant("seen" as const), id: fc.nat(100) }),
  ),
  { maxLength: 60 },
);

/** What a publisher makes of some steps: the last word on each match, new messages and changes newest first. */
const gather = (seq: number, some: readonly (readonly [Step, number])[]): Delta => {
  const words = new Map<string, MatchView | null>();
  for (const [step] of some) {
    if (step.kind === "put") words.set(step.id, match(step.id, step.kickoff, step.venue));
    if (step.kind === "drop") words.set(step.id, null);
  }
  const newest = (kind: Step["kind"]): readonly number[] =>
    some
      .filter(([step]) => step.kind === kind)
      .map(([, index]) => index + 1)
      .reverse();
  const seen = some.map(([step]) => step).findLast((step) => step.kind === "seen");
  return delta(seq, {
    set: seen === undefined ? {} : { seenChangeId: seen.id },
    matches: [...words.values()].filter((view) => view !== null),
    droppedMatchIds: [...words].filter(([, view]) => view === null).map(([id]) => id),
    messages: newest("message").map(message),
    changes: newest("change").map(change),
    skippedMessages: newest("skip").length,
  });
};

describe("applyDelta", () => {
  it("comes to the same whether steps are told one by one, in portions or all at once", () => {
    fc.assert(
      fc.property(steps, fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 60 }), (all, sizes) => {
        const numbered = all.map((step, index) => [step, index] as const);
        const portions: (readonly (readonly [Step, number])[])[] = [];
        let rest = numbered;
        for (const size of sizes) {
          portions.push(rest.slice(0, size));
          rest = rest.slice(size);
        }
        portions.push(rest);
        const start = openState(snapshot(10, { matches: [match("1", at), match("2", null)] }));
        const inPortions = applyAll(
          start,
          portions.map((portion, index) => gather(11 + index, portion)),
        );
        const atOnce = applyAll(start, [gather(11, numbered)]);
        const oneByOne = applyAll(
          start,
          numbered.map((step, index) => gather(11 + index, [step])),
        );
        expect({ ...inPortions, seq: 0 }).toEqual({ ...atOnce, seq: 0 });
        expect({ ...oneByOne, seq: 0 }).toEqual({ ...atOnce, seq: 0 });
      }),
    );
  });

  it("keeps matches in the order of kick-off, those without one last", () => {
    const state = applyAll(openState(snapshot(1, { matches: [match("z", null), match("b", at)] })), [
      delta(2, { matches: [match("a", at), match("c", "2027-05-07T12:00:00.000Z"), match("y", null)] }),
    ]);
    expect(state.matches.map(({ id }) => id)).toEqual(["c", "a", "b", "y", "z"]);
  });

  it("never holds more than a window may, and keeps the newest", () => {
    const many = (count: number, from: number) => Array.from({ length: count }, (_, index) => message(from - index));
    const state = applyAll(openState(snapshot(1, { messages: many(3000, 3000) })), [
      delta(2, { messages: many(10, 3010) }),
      delta(3, { messages: many(5000, 8010), changes: Array.from({ length: 900 }, (_, index) => change(900 - index)) }),
    ]);
    expect(state.messages).toHaveLength(windowLimits.messages);
    expect(state.messages[0]?.id).toBe(8010);
    expect(state.changes).toHaveLength(windowLimits.changes);
    expect(state.heard).toBe(5010);
  });

  it("sees a hole, a repetition and another start", () => {
    const state = openState(snapshot(5));
    for (const seq of [7, 5, 4, 900]) expect(applyDelta(state, delta(seq))).toBe("hole");
  });

  it("takes null for a value and nothing for no change", () => {
    const state = openState(snapshot(1, { httpAddress: "http://127.0.0.1:5003" }));
    expect(applyAll(state, [delta(2)]).httpAddress).toBe("http://127.0.0.1:5003");
    expect(applyAll(state, [delta(2, { set: { httpAddress: null } })]).httpAddress).toBeNull();
  });

  it("leaves lists that did not change as they are, so that nothing is drawn anew", () => {
    const state = openState(snapshot(1, { matches: [match("1", at)], messages: [message(1)] }));
    const next = applyAll(state, [delta(2, { set: { seenChangeId: 4 } })]);
    expect(next.matches).toBe(state.matches);
    expect(next.messages).toBe(state.messages);
    expect(next.changes).toBe(state.changes);
  });
});
