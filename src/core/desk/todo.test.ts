import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change, Difference } from "../../shared/change.ts";
import type { TodoItem, TodoKind } from "../../shared/desk.ts";
import { instantOf } from "../../shared/instant.ts";
import { type Match, matchStatuses, type Official } from "../../shared/match.ts";
import { anOfficial } from "../../shared/testing/people.ts";
import { byPressure, rules } from "../../shared/todo-rules.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { createMatchBook } from "../matches/book.ts";
import type { MatchRecord } from "../matches/record.ts";
import { createDirectory } from "../people/directory.ts";
import { createReferees } from "../people/referees.ts";
import { type Entry, emptyEntry, withoutTold, withTold } from "./entries.ts";
import { matchItems } from "./match-items.ts";
import { createTodo } from "./todo.ts";

const hour = 3_600_000;
const now = Date.UTC(2027, 4, 6, 12);
const inHours = (hours: number) => instantOf(now + hours * hour);

const anna = anOfficial({ role: "Huvuddomare", name: "Anna Prov", personId: "1", phone: "0700000001" });
const bo = anOfficial({ role: "Assisterande 1", name: "Bo Prov", personId: "2" });
const eva = anOfficial({ role: "Huvuddomare", name: "Eva Prov", personId: "3" });

const matchOf = (facts: Partial<Match> = {}): Match =>
  aMatch({ id: "1", kickoff: inHours(24), venue: "Heden", officials: [anna, bo], openPlaces: [], ...facts });

const changeOf = (matchId: string, id: number, difference: Difference): Change => ({
  id,
  matchId,
  title: "",
  at: instantOf(now),
  difference,
  origin: { at: instantOf(now), dialect: "fogis", channel: "c" },
  note: null,
  urgent: false,
});

/** A match as it came to be, told in what changed: the first difference is change 1. */
const desk = (match: Match, differences: readonly Difference[] = [], others: readonly MatchRecord[] = []) => {
  let entry: Entry = emptyEntry;
  const timeline = differences.map((difference, index) => ({
    ...changeOf(match.id, index + 1, difference),
    at: instantOf(now - (differences.length - index) * 60_000),
  }));
  const record = aRecord(match);
  const all = [record, ...others];
  const book = createMatchBook({ records: all, changes: [], now: () => now, placements: () => ({}) });
  const { idOf } = createDirectory(
    all.map((one) => one.match),
    (text) => text,
  );
  const items = (of = record): readonly TodoItem[] =>
    matchItems(
      { record: of, timeline: of === record ? timeline : [], entry, warnings: book.warningsOf(of) },
      { now, idOf, find: (id) => book.records.get(id) },
    );
  return {
    items,
    kinds: () => items().map(({ kind }) => kind),
    tell: (official: Official, upTo: number) => {
      entry = withTold(entry, { personId: idOf(official), at: instantOf(now), by: "Kim", upTo });
    },
    untell: (official: Official) => {
      entry = withoutTold(entry, idOf(official));
    },
    /** Whom the only item concerns, and who of them knows. */
    people: () => items()[0]?.people.map(({ name, told }) => [name, told !== null]),
  };
};

const moved = (before: number, after: number): Difference => ({
  field: "kickoff",
  before: inHours(before),
  after: inHours(after),
});
const officials = (before: readonly Official[], after: readonly Official[]): Difference => ({
  field: "officials",
  before,
  after,
});

describe("what has changed waits until all are told", () => {
  it("says what was and what is, several moves as one", () => {
    const { items } = desk(matchOf(), [moved(20, 22), moved(22, 24)]);
    expect(items()).toMatchObject([
      {
        kind: "moved",
        changes: [{ field: "kickoff", before: inHours(20), after: inHours(24) }],
        since: instantOf(now - 2 * 60_000),
        people: [
          { name: "Anna Prov", phone: "0700000001", told: null },
          { name: "Bo Prov", told: null },
        ],
        upTo: 2,
      },
    ]);
  });

  it("and is gone when it went back to what it was, or was only learnt", () => {
    expect(desk(matchOf(), [moved(24, 30), moved(30, 24)]).kinds()).toEqual([]);
    expect(desk(matchOf(), [{ field: "venue", before: null, after: "Heden" }]).kinds()).toEqual([]);
  });

  it("each person has a mark, which comes back with the next change", () => {
    const told = desk(matchOf(), [moved(20, 22), moved(22, 24)]);
    told.tell(anna, 2);
    expect(told.people()).toEqual([
      ["Anna Prov", true],
      ["Bo Prov", false],
    ]);
    told.tell(bo, 2);
    expect(told.kinds()).toEqual([]);
    // Bo was told of the first of the two alone.
    told.tell(bo, 1);
    expect(told.items()[0]).toMatchObject({ changes: [{ before: inHours(22), after: inHours(24) }] });
    told.untell(bo);
    expect(told.items()[0]).toMatchObject({ changes: [{ before: inHours(20), after: inHours(24) }] });
  });

  it("whoever came to the match after the change need not be told of it", () => {
    const came = desk(matchOf({ officials: [eva, bo] }), [moved(20, 24), officials([bo], [eva, bo])]);
    expect(came.people()).toEqual([["Bo Prov", false]]);
  });

  it("whoever lost the place with the news has to be told too", () => {
    const emptied = desk(matchOf({ status: "cancelled", officials: [] }), [
      { field: "status", before: "scheduled", after: "cancelled" },
      officials([anna, bo], []),
    ]);
    expect(emptied.people()).toEqual([
      ["Anna Prov", false],
      ["Bo Prov", false],
    ]);
  });

  it.each<[TodoKind, Match["status"], Match["status"]]>([
    ["called-off", "scheduled", "cancelled"],
    ["called-off", "scheduled", "abandoned"],
    ["postponed", "scheduled", "postponed"],
    ["on-again", "cancelled", "scheduled"],
  ])("%s: from %s to %s", (kind, before, after) => {
    expect(desk(matchOf({ status: after }), [{ field: "status", before, after }]).kinds()).toEqual([kind]);
  });

  it("matters neither once the match has begun, nor when it is long until then, nor when it is not ours", () => {
    const [kickoff] = [moved(20, 24)];
    expect(desk(matchOf({ kickoff: inHours(-1) }), [kickoff]).kinds()).toEqual([]);
    expect(desk(matchOf({ kickoff: inHours(31 * 24) }), [kickoff]).kinds()).toEqual([]);
    expect(desk(matchOf({ kickoff: inHours(29 * 24) }), [kickoff]).kinds()).toEqual(["moved"]);
  });
});

describe("who is missing", () => {
  it("a main referee, and other places, within a week", () => {
    const open = ["Assisterande 2"];
    const placeStatuses = [{ role: "Assisterande 2", status: "Ej tillsatt" }];
    expect(desk(matchOf({ openPlaces: open, placeStatuses })).items()).toMatchObject([
      { kind: "open-place", places: [{ role: "Assisterande 2", status: "Ej tillsatt" }], urgency: "hours", people: [] },
    ]);
    expect(desk(matchOf({ officials: [bo], openPlaces: ["Huvuddomare"] })).kinds()).toEqual(["no-referee"]);
    expect(desk(matchOf({ openPlaces: open, kickoff: inHours(3 * 24) })).items()).toMatchObject([{ urgency: "days" }]);
    expect(desk(matchOf({ openPlaces: open, kickoff: inHours(8 * 24) })).kinds()).toEqual([]);
  });

  it("one who withdrew, until the place is somebody's", () => {
    const left = officials([anna, bo], [bo]);
    const open = desk(matchOf({ officials: [bo], openPlaces: ["Huvuddomare"], kickoff: inHours(20 * 24) }), [left]);
    expect(open.items()).toMatchObject([{ kind: "withdrawn", people: [{ name: "Anna Prov", role: "Huvuddomare" }] }]);
    open.tell(anna, 1);
    expect(open.kinds()).toEqual([]);
    expect(desk(matchOf({ officials: [eva, bo] }), [left, officials([bo], [eva, bo])]).kinds()).toEqual([]);
  });

  it("one who answered no has no place", () => {
    const no = { ...anna, status: "Avböjt" };
    expect(desk(matchOf({ officials: [no, bo] })).kinds()).toEqual(["withdrawn", "no-referee"]);
  });
});

it("a double booking is told once, at the earlier match", () => {
  const other = aRecord(matchOf({ id: "2", kickoff: inHours(25), venue: "Långt bort", officials: [anna] }));
  const { items } = desk(matchOf(), [], [other]);
  const [first] = items();
  expect(first).toMatchObject({
    kind: "double-booked",
    matchId: "1",
    otherMatchId: "2",
    people: [{ name: "Anna Prov" }],
  });
  expect(items(other)).toEqual([]);
});

it("nothing is left when everybody was told of the newest change, whatever has changed", () => {
  const kickoff = fc.integer({ min: 1, max: 29 * 24 }).map(inHours);
  const venue = fc.constantFrom("Heden", "Ullevi", "Valhalla");
  const status = fc.constantFrom(...matchStatuses);
  const change = fc.oneof(
    fc.record({ field: fc.constant("kickoff" as const), before: kickoff, after: kickoff }),
    fc.record({ field: fc.constant("venue" as const), before: venue, after: venue }),
    fc.record({ field: fc.constant("status" as const), before: status, after: status }),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), kickoff, status, (changes, at, as) => {
      const all = desk(matchOf({ kickoff: at, status: as }), changes);
      for (const official of [anna, bo]) all.tell(official, changes.length);
      expect(all.kinds()).toEqual([]);
    }),
  );
});

it("what is nearer stands first, then what weighs more, then what begins earlier", () => {
  const all = [
    ...desk(matchOf({ id: "far", kickoff: inHours(60), officials: [] })).items(),
    ...desk(matchOf({ id: "late", kickoff: inHours(30), openPlaces: ["Assisterande 2"] })).items(),
    ...desk(matchOf({ id: "soon", kickoff: inHours(10), openPlaces: ["Assisterande 2"] })).items(),
    ...desk(matchOf({ id: "none", kickoff: inHours(40), officials: [] })).items(),
  ];
  expect(all.toSorted(byPressure).map(({ matchId }) => matchId)).toEqual(["none", "soon", "late", "far"]);
  expect(new Set(Object.values(rules).map(({ weight }) => weight)).size).toBe(Object.keys(rules).length);
});

it("reckoned where something has changed, it is what it is when everything is reckoned anew", () => {
  const ids = ["1", "2", "3", "4"];
  const nameless = anOfficial({ role: "Huvuddomare", name: "Anna Prov", phone: "0700000001" });
  const step = fc.oneof(
    fc.record({
      do: fc.constant("put" as const),
      id: fc.constantFrom(...ids),
      hours: fc.integer({ min: -2, max: 40 * 24 }),
      venue: fc.constantFrom("Heden", "Ullevi"),
      officials: fc.subarray([anna, bo, eva, nameless]),
      moved: fc.boolean(),
    }),
    fc.record({ do: fc.constant("remove" as const), id: fc.constantFrom(...ids) }),
    fc.record({ do: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 20 * 24 }) }),
    fc.record({ do: fc.constant("refuse" as const), refuses: fc.boolean() }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let at = now;
      let refuses = false;
      const timelines = new Map<string, readonly Change[]>();
      const book = createMatchBook({ records: [], changes: [], now: () => at, placements: () => ({}) });
      const options = {
        now: () => at,
        book,
        directory: createReferees({
          records: () => book.records.values(),
          revision: book.revision,
          digest: (text) => text,
        }),
        entryOf: () => emptyEntry,
        timelineOf: ({ match }: MatchRecord) => (refuses ? null : (timelines.get(match.id) ?? [])),
        targetItems: () => [],
      };
      const todo = createTodo(options);
      for (const each of steps) {
        if (each.do === "wait") at += each.hours * hour;
        else if (each.do === "refuse") refuses = each.refuses;
        else if (each.do === "remove") {
          const near = book.remove([each.id]);
          todo.touch([each.id, ...near]);
        } else {
          const { id, venue, officials: there } = each;
          const match = matchOf({ id, venue, officials: there, kickoff: instantOf(at + each.hours * hour) });
          const before = timelines.get(id) ?? [];
          const changes = each.moved ? [changeOf(id, before.length + 1, moved(1, each.hours))] : [];
          timelines.set(id, [...before, ...changes]);
          const record = aRecord(match);
          todo.note({ kept: [record], changes, moved: book.put([record], changes) });
        }
        todo.goOn();
        // While the journal refuses, what was known before is told all the same.
        if (!refuses) expect(todo.items()).toEqual(createTodo(options).items());
      }
    }),
  );
});

it("reckoned a few at a time, however many matches have changed", () => {
  const all = Array.from({ length: 60 }, (_, n) => aRecord(matchOf({ id: String(n) })));
  const read: number[] = [0];
  const todo = createTodo({
    now: () => now,
    book: createMatchBook({ records: all, changes: [], now: () => now, placements: () => ({}) }),
    directory: () => createDirectory([], (text) => text),
    entryOf: () => emptyEntry,
    timelineOf: () => {
      read[read.length - 1] = (read.at(-1) ?? 0) + 1;
      return [];
    },
    targetItems: () => [],
  });
  while (todo.goOn()) read.push(0);
  expect(Math.max(...read)).toBeLessThanOrEqual(25);
  expect(read.reduce((sum, count) => sum + count, 0)).toBe(60);
});
