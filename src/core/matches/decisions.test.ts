import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { listChannel, unknownFacts } from "../../shared/match.ts";
import { type Decision, decide } from "./decisions.ts";
import { applyFacts } from "./merge.ts";
import { absentFrom } from "./presence.ts";
import { type MatchRecord, newRecord } from "./record.ts";

const minute = (at: number): Instant => instantOf(Date.UTC(2027, 4, 6, 10, at));

const known = (channel: string, facts: Partial<MatchRecord> = {}): MatchRecord => ({
  ...newRecord({ ...unknownFacts, id: "1" }, minute(0)),
  sources: [{ dialect: "fogis", channel }],
  ...facts,
});
const inDoubt = { since: minute(1), reason: "many-missing" } as const;

const decided = (record: MatchRecord, decision: Decision, at = 5) => {
  const result = decide(record, decision, minute(at));
  if (!result.ok) throw new Error(result.problem.kind);
  return result.value;
};
const decline: Decision = { kind: "decline", declined: true };
const reclaim: Decision = { kind: "decline", declined: false };
const remove: Decision = { kind: "remove", removed: true };
const keep: Decision = { kind: "remove", removed: false };

const listWithoutIt = (record: MatchRecord, at: number) =>
  absentFrom(
    [record],
    { ids: new Set(["2"]), askedAt: minute(at), at: minute(at), receivedAt: minute(at + 1), toldSince: null },
    () => undefined,
  );
const told = (record: MatchRecord, channel: string, at: number) => {
  const origin = { at: minute(at), dialect: "fogis", channel } as const;
  const facts = { id: "1", dialect: "fogis", wallClock: false, told: { home: "A" }, noted: [] } as const;
  return applyFacts(record, facts, { origin, receivedAt: minute(at + 2), urgent: false, isReplay: false }).record;
};

describe("a match that a person declines", () => {
  it("stays declined, whatever is told of it, until that is taken back", () => {
    const { record, difference } = decided(known(listChannel), decline);
    expect(difference).toEqual({ field: "declined" });
    expect(record).toMatchObject({ declinedAt: minute(5), changedAt: minute(5), goneAt: null });
    expect(told(record, listChannel, 6).declinedAt).toEqual(minute(5));
    const back = decided(record, reclaim, 7);
    expect(back).toMatchObject({
      record: { declinedAt: null, changedAt: minute(7) },
      difference: { field: "reclaimed" },
    });
  });
});

describe("a match that a person removes", () => {
  it("is gone, if no list has it", () => {
    for (const channel of ["manual", "fogis:matches:updates"]) {
      const { record, difference } = decided(known(channel), remove);
      expect(difference).toEqual({ field: "removed" });
      expect(record).toMatchObject({ goneAt: minute(5), goneBy: "person" });
    }
    expect(decide(known(listChannel), remove, minute(5))).toMatchObject({ problem: { kind: "match-listed" } });
  });

  it("may be one that is in doubt", () => {
    expect(decided(known(listChannel, { inDoubt }), remove).record).toMatchObject({ goneBy: "person", inDoubt: null });
  });

  it("comes back when somebody tells of it anew, and when a person wants it", () => {
    const { record } = decided(known("manual"), remove);
    expect(told(record, "manual", 4).goneAt).toEqual(minute(5));
    expect(told(record, "manual", 6)).toMatchObject({ goneAt: null, goneBy: null });
    expect(decided(record, keep, 6)).toMatchObject({
      record: { goneAt: null, goneBy: null },
      difference: { field: "returned" },
    });
  });
});

describe("a match that a person keeps", () => {
  it("stays, whatever lists lack it, until one has it again", () => {
    const { record, difference } = decided(known(listChannel, { inDoubt }), keep);
    expect(difference).toEqual({ field: "kept" });
    expect(record).toMatchObject({ inDoubt: null, keptAt: minute(5) });
    expect(listWithoutIt(record, 8)).toEqual({ records: [], gone: [], isWhole: true });
    const listed = told(record, listChannel, 9);
    expect(listed.keptAt).toBeNull();
    expect(listWithoutIt(listed, 12).gone).toHaveLength(1);
  });
});

describe("whatever is decided", () => {
  const anyDecision = fc.constantFrom(decline, reclaim, remove, keep);
  const anyRecord = fc
    .record({
      channel: fc.constantFrom("manual", "redis", listChannel),
      declinedAt: fc.constantFrom(null, minute(1)),
      standing: fc.constantFrom<Partial<MatchRecord>>(
        {},
        { goneAt: minute(1), goneBy: "list" },
        { goneAt: minute(1), goneBy: "person" },
        { inDoubt },
        { keptAt: minute(1) },
      ),
    })
    .map(({ channel, declinedAt, standing }) => known(channel, { declinedAt, ...standing }));

  it("twice is decided once, and says what it changed", () => {
    fc.assert(
      fc.property(anyRecord, anyDecision, (before, decision) => {
        const result = decide(before, decision, minute(5));
        if (!result.ok) return;
        const { record, difference } = result.value;
        expect(difference === null).toBe(record === before);
        expect(record.match).toBe(before.match);
        expect((record.goneAt === null) === (record.goneBy === null)).toBe(true);
        expect(record.goneAt === null || record.inDoubt === null).toBe(true);
        expect(decided(record, decision, 6)).toEqual({ record, difference: null });
      }),
    );
  });
});
