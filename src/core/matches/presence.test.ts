import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { listChannel, type MatchStatus, unknownFacts } from "../../shared/match.ts";
import { absentFrom as absentFromList, type CompleteList, isEnteredByHand, listedIds } from "./presence.ts";
import { type MatchRecord, newRecord } from "./record.ts";

const hour = 3_600_000;
const now = Date.UTC(2027, 4, 6, 10);
const inHours = (hours: number): Instant => instantOf(now + hours * hour);

type Known = {
  readonly kickoff?: number | null;
  readonly status?: MatchStatus;
  readonly from?: readonly string[];
  readonly heard?: number;
} & Partial<Pick<MatchRecord, "goneAt" | "inDoubt" | "keptAt" | "declinedAt">>;

/** A match known for a week, a day ahead, out of a list, if nothing else is said. */
const known = (
  id: string,
  { kickoff = 24, status = "scheduled", from = [listChannel], heard = -1, ...rest }: Known = {},
) => ({
  ...newRecord({ ...unknownFacts, id, status, kickoff: kickoff === null ? null : inHours(kickoff) }, inHours(-168)),
  sources: from.map((channel) => ({ dialect: "fogis", channel }) as const),
  updatedAt: inHours(heard),
  ...rest,
});

const listOf = (ids: readonly string[], asked = 0, behind = 0): CompleteList => ({
  ids: new Set(ids),
  askedAt: inHours(asked),
  toldSince: null,
  at: inHours(asked - behind),
  receivedAt: inHours(asked + 0.01),
});

/** Of a list that changes nothing in the matches that it has. */
const absentFrom = (records: readonly MatchRecord[], list: CompleteList) =>
  absentFromList(records, list, (id) => records.find(({ match }) => match.id === id));

const idsOf = (records: readonly MatchRecord[]) => records.map(({ match }) => match.id);
/** What becomes of the matches one by one when a list has only the last of them. */
const fate = (record: MatchRecord) => {
  const { records, gone } = absentFrom([record, known("last", { kickoff: 100 })], listOf(["last"]));
  if (gone.length > 0) return "gone";
  return records.length > 0 ? "in doubt" : "stays";
};

describe("a match that a complete list no longer has", () => {
  it("is gone from when the list was asked for, by the publisher's clock", () => {
    const all = [known("1"), known("2"), known("3")];
    const { gone, records, isWhole } = absentFrom(all, listOf(["1", "3"], 0, 0.5));
    expect(gone).toEqual(records);
    expect(gone).toMatchObject([
      { match: { id: "2" }, goneAt: inHours(-0.5), goneBy: "list", changedAt: inHours(-0.5) },
    ]);
    expect(isWhole).toBe(true);
    expect(absentFrom([known("1"), ...gone], listOf(["1"], 1))).toEqual({ records: [], gone: [], isWhole: true });
  });

  it.for<[string, Known, string]>([
    ["yet to be played", {}, "gone"],
    ["without a kick-off", { kickoff: null }, "gone"],
    ["called off, and yet to come", { status: "cancelled" }, "gone"],
    ["played", { kickoff: -48, status: "completed" }, "stays"],
    ["completed before its time", { status: "completed" }, "stays"],
    ["begun", { kickoff: -1 }, "stays"],
    ["called off, on a day that is over", { kickoff: -48, status: "cancelled" }, "stays"],
    ["told by Redis alone", { from: ["fogis:matches:updates"] }, "stays"],
    ["entered by hand", { from: ["manual"] }, "stays"],
    ["entered by hand, and in a list since", { from: ["manual", listChannel] }, "gone"],
    ["kept by a person", { keptAt: inHours(-2) }, "stays"],
    ["declined", { declinedAt: inHours(-2) }, "gone"],
    ["heard of since the list was asked for", { heard: 0.005 }, "stays"],
    ["heard of in a future that our clock once showed", { heard: 500 }, "gone"],
    ["on the day of the last match in it, later", { kickoff: 105 }, "gone"],
    ["beyond the days it spans", { kickoff: 200 }, "in doubt"],
  ])("%s", ([, facts, expected]) => {
    expect(fate(known("1", facts))).toBe(expected);
  });

  it("is reached by a list that has a later match, also when that is new", () => {
    const later = known("2", { kickoff: 300 });
    const { gone } = absentFromList([known("1", { kickoff: 200 })], listOf(["2"]), () => later);
    expect(idsOf(gone)).toEqual(["1"]);
  });

  it("is not gone by a list that proves nothing", () => {
    expect(listedIds({ matches: [{ id: "1" }, { id: "2" }], rejections: [] })).toEqual(new Set(["1", "2"]));
    expect(listedIds({ matches: [{ id: "1" }], rejections: [{}] })).toBeNull();
    expect(listedIds({ matches: [], rejections: [] })).toBeNull();
  });
});

describe("a list that lacks many at once", () => {
  const season = Array.from({ length: 300 }, (_, index) => known(String(index), { kickoff: 24 + index }));
  const cut = season.filter((_, index) => index < 20 || index === 299).map(({ match }) => match.id);

  it("is not believed, until the next one agrees", () => {
    const first = absentFrom(season, listOf(cut));
    expect(first.gone).toEqual([]);
    expect(first.records).toHaveLength(279);
    expect(first.records[0]).toMatchObject({ goneAt: null, inDoubt: { since: inHours(0), reason: "many-missing" } });
    expect(first.isWhole).toBe(false);
    const doubted = new Map(first.records.map((record) => [record.match.id, record]));
    const then = season.map((record) => doubted.get(record.match.id) ?? record);
    const second = absentFrom(then, listOf(cut, 1));
    expect(second.gone).toHaveLength(279);
    expect(second.gone.every(({ inDoubt }) => inDoubt === null)).toBe(true);
  });

  it("is believed of those alone that the list before lacked as well", () => {
    const other = season.filter(({ inDoubt }, index) => inDoubt === null && index >= 100).map(({ match }) => match.id);
    const first = absentFrom(season, listOf(cut));
    const doubted = new Map(first.records.map((record) => [record.match.id, record]));
    const then = season.map((record) => doubted.get(record.match.id) ?? record);
    const second = absentFrom(then, listOf(other, 1));
    // 20 to 99 lack in both; 0 to 19 in the second alone.
    expect(second.gone).toHaveLength(80);
    expect(second.records).toHaveLength(100);
  });

  it("while some of many, or many of few, are football", () => {
    expect(absentFrom(season, listOf(idsOf(season.slice(30)))).gone).toHaveLength(30);
    const few = season.slice(0, 6);
    expect(absentFrom(few, listOf(["5"])).gone).toHaveLength(5);
  });
});

describe("what a person entered", () => {
  it("is known by who told of it first, while no list has it", () => {
    expect(isEnteredByHand(known("1", { from: ["manual"] }))).toBe(true);
    expect(isEnteredByHand(known("1", { from: ["manual", "redis"] }))).toBe(true);
    expect(isEnteredByHand(known("1", { from: ["redis", "manual"] }))).toBe(false);
    expect(isEnteredByHand(known("1", { from: ["manual", listChannel] }))).toBe(false);
  });
});

const anyRecord = fc
  .record({
    id: fc.integer({ min: 0, max: 40 }).map(String),
    kickoff: fc.option(fc.integer({ min: -100, max: 300 })),
    status: fc.constantFrom<MatchStatus>("scheduled", "cancelled", "postponed", "completed"),
    from: fc.subarray(["redis", "manual", listChannel], { minLength: 1 }),
    heard: fc.constantFrom(-1, 0.005),
    keptAt: fc.constantFrom(null, inHours(-5)),
    declinedAt: fc.constantFrom(null, inHours(-5)),
    goneAt: fc.constantFrom(null, inHours(-5)),
    doubt: fc.constantFrom(null, "many-missing", "not-covered"),
  })
  .map(({ id, doubt, goneAt, ...facts }) =>
    known(id, {
      ...facts,
      goneAt,
      inDoubt: doubt === null || goneAt !== null ? null : { since: inHours(-4), reason: doubt },
    }),
  );
const anyBook = fc.uniqueArray(anyRecord, { selector: ({ match }) => match.id, maxLength: 41 });
const anyList = fc.uniqueArray(fc.integer({ min: 0, max: 50 }).map(String), { minLength: 1 });

describe("whatever a list lacks", () => {
  it("calls gone only what a list had, what is yet to be played, and what it spans", () => {
    fc.assert(
      fc.property(anyBook, anyList, (book, ids) => {
        const list = listOf(ids);
        const { records, gone } = absentFrom(book, list);
        const span = book.filter(({ match }) => list.ids.has(match.id)).flatMap(({ match }) => match.kickoff ?? []);
        for (const { match, sources, goneAt, keptAt, inDoubt } of gone) {
          expect(list.ids.has(match.id)).toBe(false);
          expect(sources.some(({ channel }) => channel === listChannel)).toBe(true);
          expect([goneAt, keptAt, inDoubt]).toEqual([list.at, null, null]);
          expect(match.status).not.toBe("completed");
          if (match.kickoff === null) continue;
          expect(match.kickoff > list.at).toBe(true);
          const latest = span.toSorted().at(-1);
          expect(latest !== undefined && match.kickoff.slice(0, 10) <= inNextDay(latest)).toBe(true);
        }
        for (const record of records) {
          const before = book.find(({ match }) => match.id === record.match.id);
          expect(before?.goneAt).toBeNull();
          expect(record.match).toBe(before?.match);
          expect(record.goneAt === null).toBe(record.inDoubt !== null);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("the same list again changes nothing more than that doubts come true, and then nothing", () => {
    fc.assert(
      fc.property(anyBook, anyList, (book, ids) => {
        const asked = (records: readonly MatchRecord[], at: number) => {
          const absence = absentFrom(records, listOf(ids, at));
          const changed = new Map(absence.records.map((record) => [record.match.id, record]));
          return { ...absence, all: records.map((record) => changed.get(record.match.id) ?? record) };
        };
        const first = asked(book, 0);
        const second = asked(first.all, 1);
        const third = asked(second.all, 2);
        expect(idsOf(third.records)).toEqual([]);
        expect(absentFrom(third.all, listOf(ids, 3)).records).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

const inNextDay = (at: Instant): string => instantOf(Date.parse(at) + 24 * hour).slice(0, 10);
