import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Difference } from "../../shared/change.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import {
  type Contact,
  type Dialect,
  dialects,
  type Facts,
  listChannel,
  matchFields,
  matchSchema,
  matchStatuses,
  type Official,
  unknownFacts,
} from "../../shared/match.ts";
import { instant } from "../../shared/testing/instant.ts";
import { anOfficial } from "../../shared/testing/people.ts";
import type { SaidFacts, SaidOfficial } from "../facts/facts.ts";
import { differences, groups } from "./fields.ts";
import { applyFacts } from "./merge.ts";
import type { MatchRecord } from "./record.ts";

type Told = SaidFacts;
type Telling = {
  readonly told: Told;
  readonly dialect?: Dialect;
  /** The publisher's time: seconds after ten. */
  readonly at: number;
  readonly channel?: string;
  readonly wallClock?: boolean;
  readonly urgent?: boolean;
  readonly isReplay?: boolean;
};

const second = (at: number): Instant => instantOf(Date.UTC(2027, 4, 6, 10, 0, at));

const apply = (record: MatchRecord | undefined, telling: Telling) => {
  const { told, at, dialect = "fogis", channel = "c", wallClock = false, urgent = false, isReplay = false } = telling;
  // All of them are heard within a minute, long after they were said.
  const receivedAt = second(3000 + at);
  const hearing = { origin: { at: second(at), dialect, channel }, receivedAt, urgent, isReplay };
  return applyFacts(record, { id: "1", dialect, wallClock, told, noted: [] }, hearing);
};

const recordAfter = (...tellings: readonly Telling[]): MatchRecord => {
  let record: MatchRecord | undefined;
  for (const telling of tellings) record = apply(record, telling).record;
  if (record === undefined) throw new Error("nothing was told");
  return record;
};

/** An official as FOGIS tells of one: with all there is to know. */
const whole = (official: Official): SaidOfficial => {
  const { phone: _phone, ...said } = official;
  return said;
};
const ada = anOfficial({ name: "Ada Prov", role: "Huvuddomare", phone: "0700000001", email: "ada@example.com" });
const bo = anOfficial({ name: "Bo Prov", role: "Assisterande 1", phone: "0700000002" });
const adaAndBo = [whole(ada), whole(bo)];

describe("a match told for the first time", () => {
  it("is added, with nothing invented", () => {
    const { record, differences } = apply(undefined, { told: { home: "A", kickoff: null }, at: 1, urgent: true });
    expect(differences).toEqual([{ field: "added" }]);
    expect(matchSchema.parse(record.match)).toEqual({
      ...unknownFacts,
      id: "1",
      home: "A",
    });
    const origin = { at: second(1), dialect: "fogis", channel: "c" };
    expect(record).toMatchObject({
      statements: [{ origin, said: { home: "A", kickoff: null } }],
      sources: [{ dialect: "fogis", channel: "c" }],
      firstAt: second(3001),
      updatedAt: second(3001),
      changedAt: second(3001),
      goneAt: null,
      urgent: true,
    });
  });
});

describe("the newest word holds", () => {
  it("field by field", () => {
    const record = recordAfter(
      { told: { home: "A", venue: "V1" }, at: 1 },
      { told: { venue: "V3" }, at: 3 },
      { told: { home: "B", venue: "V2" }, at: 2 },
    );
    expect(record.match).toMatchObject({ home: "B", venue: "V3" });
    expect(record.statements.map(({ origin, said }) => [origin.at, said])).toEqual([
      [second(2), { home: "B" }],
      [second(3), { venue: "V3" }],
    ]);
  });

  it("also when it only repeated what was known", () => {
    const record = recordAfter(
      { told: { venue: "V1" }, at: 1 },
      { told: { venue: "V1" }, at: 3 },
      { told: { venue: "V2" }, at: 2 },
    );
    expect(record.match.venue).toBe("V1");
  });

  it("at the same time, the later to arrive", () => {
    expect(recordAfter({ told: { venue: "V1" }, at: 1 }, { told: { venue: "V2" }, at: 1 }).match.venue).toBe("V2");
  });

  it("of two lists the later to arrive, whatever time was reckoned for them", () => {
    const first = { told: { venue: "V1" }, at: 5, channel: listChannel };
    expect(recordAfter(first, { told: { venue: "V2" }, at: 1, channel: listChannel }).match.venue).toBe("V2");
    // By which the reckoning is put right: what is published after it counts again.
    const later = { told: { venue: "V2" }, at: 1, channel: listChannel };
    expect(recordAfter(first, later, { told: { venue: "V3" }, at: 2 }).match.venue).toBe("V3");
    expect(recordAfter(first, { told: { venue: "V3" }, at: 2 }).match.venue).toBe("V1");
  });

  it("and each change is said once, with both values, in the order people care for", () => {
    const record = recordAfter({ told: { home: "A", kickoff: null, officials: adaAndBo }, at: 1 });
    const kickoff = instant("2027-05-06T15:00:00.000Z");
    const { differences } = apply(record, {
      told: { home: "B", kickoff, status: "postponed", officials: adaAndBo.toReversed() },
      at: 2,
    });
    expect(differences).toEqual([
      { field: "kickoff", before: null, after: kickoff },
      { field: "status", before: "scheduled", after: "postponed" },
      { field: "home", before: "A", after: "B" },
    ]);
  });

  it("and its urgency with it", () => {
    const record = recordAfter({ told: { home: "A" }, at: 1, urgent: true });
    expect(apply(record, { told: { home: "A" }, at: 2 }).record.urgent).toBe(true);
    expect(apply(record, { told: { home: "B" }, at: 2 }).record.urgent).toBe(false);
  });
});

describe("a less detailed dialect", () => {
  const rich = recordAfter({
    told: { venue: "V", kickoff: instant("2027-05-06T15:00:00.000Z"), officials: adaAndBo },
    at: 1,
  });

  it("does not erase with what it does not know", () => {
    const { record, differences } = apply(rich, {
      told: { venue: null, kickoff: null, officials: [] },
      dialect: "legacy",
      at: 2,
    });
    expect(differences).toEqual([]);
    expect(record.match).toEqual(rich.match);
  });

  it("does not take from people it names alike", () => {
    const told = { officials: [{ name: "  bo   PROV" }, { name: "ADA Prov" }] };
    const { record, differences } = apply(rich, { told, dialect: "legacy", at: 2 });
    expect(differences).toEqual([]);
    expect(record.match.officials).toEqual([ada, bo]);
  });

  it("changes who officiates, and keeps what is known of those who stay", () => {
    const { record, differences } = apply(rich, {
      told: { officials: [{ name: "Cyd Prov" }, { name: "Ada Prov", role: "Fjärdedomare" }] },
      dialect: "enhanced",
      at: 2,
    });
    expect(record.match.officials).toEqual([anOfficial({ name: "Cyd Prov" }), { ...ada, role: "Fjärdedomare" }]);
    expect(differences.map(({ field }) => field)).toEqual(["officials"]);
  });

  it("may tell news", () => {
    expect(apply(rich, { told: { venue: "W" }, dialect: "guide", at: 2 }).record.match.venue).toBe("W");
  });

  it("cannot hold back a more detailed one's older fact by calling it unknown", () => {
    const record = recordAfter({ told: { venue: null }, dialect: "legacy", at: 2 }, { told: { venue: "V" }, at: 1 });
    expect(record.match.venue).toBe("V");
  });

  it("is filled in by a more detailed one that is older", () => {
    const names = { officials: [{ name: "Ada Prov" }, { name: "Bo Prov" }] };
    const record = recordAfter({ told: names, dialect: "legacy", at: 2 }, { told: { officials: adaAndBo }, at: 1 });
    expect(record.match.officials).toEqual([ada, bo]);
  });

  it("two of one name keep their own details", () => {
    const first = { name: "Bo Prov", phones: { mobile: "0700000001" } };
    const other = { name: "Bo Prov", phones: { mobile: "0700000002" } };
    const record = recordAfter(
      { told: { officials: [first, other] }, at: 1 },
      {
        told: { officials: [{ name: "Bo Prov" }, { name: "Bo Prov" }, { name: "Cyd Prov" }] },
        dialect: "legacy",
        at: 2,
      },
    );
    expect(record.match.officials.map(({ phone }) => phone)).toEqual(["0700000001", "0700000002", null]);
  });
});

describe("facts that belong together move together", () => {
  const pin = { latitude: 57.7, longitude: 11.9 };

  it("a venue takes its position along, also to where none is told", () => {
    const record = recordAfter({ told: { venue: "A", position: pin, venueId: "1" }, at: 1 });
    const { record: moved, differences } = apply(record, { told: { venue: "B" }, at: 2 });
    expect(moved.match).toMatchObject({ venue: "B", position: null, venueId: null });
    expect(differences.map(({ field }) => field)).toEqual(["venue"]);
  });

  it("a venue that is named again keeps its position, and gets it back when the match returns to it", () => {
    const told = { told: { venue: "A", position: pin }, at: 1 };
    expect(recordAfter(told, { told: { venue: "A" }, at: 2 }).match.position).toEqual(pin);
    const away = { told: { venue: "B" }, at: 2 };
    expect(recordAfter(told, away, { told: { venue: "A" }, at: 3 }).match.position).toEqual(pin);
  });

  it("newer words on roles and telephones hold, whoever tells them, against older ones that are read later", () => {
    const fogis = { told: { officials: adaAndBo }, at: 1 };
    const swapped: Telling = {
      told: {
        officials: [
          { name: "Bo Prov", role: "Huvuddomare", phones: { mobile: "0700000009" } },
          { name: "Ada Prov", role: "Assisterande 1" },
        ],
      },
      dialect: "enhanced",
      at: 3,
    };
    const { record, differences } = apply(recordAfter(fogis), swapped);
    expect(differences.map(({ field }) => field)).toEqual(["officials"]);
    const late = apply(record, { ...fogis, at: 2 });
    expect(late.differences).toEqual([]);
    expect(late.record.match.officials).toMatchObject([
      { name: "Ada Prov", role: "Assisterande 1", phone: "0700000001", email: "ada@example.com" },
      { name: "Bo Prov", role: "Huvuddomare", phone: "0700000009" },
    ]);
  });

  it("a person is known by FOGIS's id, then by the referee's number, whatever the name", () => {
    const known = { officials: [{ name: "Ada Prov", personId: "7", phones: { mobile: "0700000001" } }] };
    const renamed = { officials: [{ name: "Ada Nyprov", personId: "7" }] };
    expect(recordAfter({ told: known, at: 1 }, { told: renamed, at: 2 }).match.officials).toMatchObject([
      { name: "Ada Nyprov", phone: "0700000001" },
    ]);
    const another = { officials: [{ name: "Ada Prov", personId: "8" }] };
    expect(recordAfter({ told: known, at: 1 }, { told: another, at: 2 }).match.officials).toMatchObject([
      { personId: "8", phone: null },
    ]);
  });

  it("what cannot be read, or is not there, erases nothing", () => {
    const officials = [{ name: "Ada Prov", role: "Huvuddomare", phones: { mobile: "0700000001" } }];
    const again = { officials: [{ name: "Ada Prov", role: "Huvuddomare" }] };
    const record = recordAfter({ told: { officials }, at: 1 }, { told: again, at: 2 });
    expect(record.match.officials).toMatchObject([{ phone: "0700000001" }]);
  });

  it("only FOGIS can say that there is none", () => {
    const known = { told: { venue: "A", openPlaces: ["Fjärdedomare"], officials: adaAndBo }, at: 1 };
    const none: Told = { venue: null, openPlaces: [], officials: [] };
    expect(recordAfter(known, { told: none, at: 2 }).match).toMatchObject(none);
    for (const dialect of ["enhanced", "legacy", "guide"] as const) {
      const record = recordAfter(known, { told: none, at: 2, dialect });
      expect(record.match).toEqual(recordAfter(known).match);
    }
  });

  it("what is learnt beside what was known is no change", () => {
    const known = { told: { venue: "A", officials: [{ name: "Ada Prov", role: "Huvuddomare" }] }, at: 1 };
    const more: Told = { venue: "A", venueId: "1", position: pin, officials: [{ name: "Ada Prov", personId: "7" }] };
    const { record, differences } = apply(recordAfter(known), { told: more, at: 2 });
    expect(differences).toEqual([]);
    expect(record.match).toMatchObject({ venueId: "1", position: pin, officials: [{ personId: "7" }] });
    const other = { officials: [{ name: "Ada Prov", status: "Tilldelat" }], position: { latitude: 58, longitude: 12 } };
    expect(apply(record, { told: other, at: 3 }).differences.map(({ field }) => field)).toEqual(["position"]);
  });

  it("an open place is open until somebody has it", () => {
    const open = { told: { officials: [whole(ada)], openPlaces: ["Assisterande 1"] }, at: 1 };
    const namesAlone: Telling = { told: { officials: [{ name: "Ada Prov" }] }, dialect: "legacy", at: 2 };
    expect(recordAfter(open, namesAlone).match.openPlaces).toEqual(["Assisterande 1"]);
    expect(recordAfter(open, { told: { officials: adaAndBo, openPlaces: [] }, at: 2 }).match.openPlaces).toEqual([]);
  });
});

describe("when clocks were wrong", () => {
  /** The match moves to V2, by somebody who says when. */
  const hear = (
    record: MatchRecord,
    {
      at,
      channel = "c",
      ...rest
    }: {
      readonly at: Instant;
      readonly receivedAt: Instant;
      readonly channel?: string;
      readonly isAskedAfter?: boolean;
    },
  ): MatchRecord => {
    const facts = { id: "1", dialect: "fogis", wallClock: false, told: { venue: "V2" }, noted: [] } as const;
    const origin = { at, dialect: "fogis", channel } as const;
    return applyFacts(record, facts, { origin, urgent: false, isReplay: false, ...rest }).record;
  };

  it("what was heard before is not newer than what is heard now", () => {
    // The clock ran an hour ahead, then it was set right.
    const ahead = { told: { venue: "V1" }, at: 3600 };
    const record = recordAfter(ahead);
    const put = hear(record, { at: second(60), receivedAt: second(61) });
    expect(put.match.venue).toBe("V2");
    expect(put.updatedAt).toBe(second(61));
  });

  it("a match that was called gone by a clock that ran ahead is back with the next word on it", () => {
    const gone = { ...recordAfter({ told: { venue: "V1" }, at: 5 }), goneAt: second(3600), goneBy: "list" } as const;
    expect(hear(gone, { at: second(60), receivedAt: second(61) }).goneAt).toBeNull();
    const later = { ...gone, goneAt: second(61) };
    expect(hear(later, { at: second(60), receivedAt: second(62) }).goneAt).toBe(second(61));
  });

  it("a list that was asked for after all that is known was heard is newer, though not by its time", () => {
    // The clock was set back by a second between the two.
    const record = recordAfter({ told: { venue: "V1" }, at: 61 });
    const list = { at: second(60), receivedAt: second(62), channel: listChannel };
    expect(hear(record, list).match.venue).toBe("V1");
    expect(hear(record, { ...list, isAskedAfter: true }).match.venue).toBe("V2");
  });

  it("and what is read again does not put right what was heard since", () => {
    const record = recordAfter({ told: { venue: "V2" }, at: 20, channel: listChannel });
    const old = apply(record, { told: { venue: "V1" }, at: 5, channel: listChannel, isReplay: true });
    expect(old.record.match.venue).toBe("V2");
    expect(old.record.updatedAt).toBe(record.updatedAt);
  });
});

describe("the hour that exists twice", () => {
  const first = instant("2027-10-31T00:30:00.000Z");
  const secondTime = instant("2027-10-31T01:30:00.000Z");
  const exact: Telling = { told: { kickoff: secondTime }, at: 1 };
  const guess: Telling = { told: { kickoff: first }, dialect: "enhanced", wallClock: true, at: 2 };

  it("a wall clock does not move an exact kick-off that looks the same", () => {
    const { record, differences } = apply(recordAfter(exact), guess);
    expect(differences).toEqual([]);
    expect(record.match.kickoff).toBe(secondTime);
  });

  it("the exact kick-off corrects the guess, though it be older", () => {
    const { record, differences } = apply(recordAfter(guess), exact);
    expect(differences).toEqual([{ field: "kickoff", before: first, after: secondTime }]);
    expect(record.match.kickoff).toBe(secondTime);
  });

  it("a wall clock that looks otherwise is news", () => {
    const moved = apply(recordAfter(exact), {
      ...guess,
      told: { kickoff: instant("2027-10-31T14:00:00.000Z") },
    }).record;
    expect(moved.match.kickoff).toBe(instant("2027-10-31T14:00:00.000Z"));
  });

  it("an older exact kick-off at another time changes nothing", () => {
    const { record } = apply(recordAfter(guess), { ...exact, told: { kickoff: instant("2027-10-30T14:00:00.000Z") } });
    expect(record.match.kickoff).toBe(first);
  });

  it("FOGIS moving a match from one of the hours to the other is a change", () => {
    expect(apply(recordAfter(exact), { told: { kickoff: first }, at: 2 }).differences).toHaveLength(1);
  });
});

describe("a match that was gone", () => {
  const gone = { ...recordAfter({ told: { home: "A" }, at: 1 }), goneAt: second(10) };

  it("returns when it is told of again", () => {
    const { record, differences } = apply(gone, { told: { home: "B" }, at: 11 });
    expect(differences).toEqual([{ field: "returned" }, { field: "home", before: "A", after: "B" }]);
    expect(record.goneAt).toBeNull();
  });

  it("when a list has it, whatever time was reckoned for that", () => {
    expect(apply(gone, { told: { home: "A" }, at: 9, channel: listChannel }).record.goneAt).toBeNull();
  });

  it("but not by what was said before it went", () => {
    for (const at of [9, 10]) {
      const { record, differences } = apply(gone, { told: { home: "A" }, at });
      expect(differences).toEqual([]);
      expect(record.goneAt).toBe(second(10));
    }
  });
});

describe("provenance", () => {
  it("keeps who told, in the order they first did, and when", () => {
    const record = recordAfter(
      { told: { home: "A" }, at: 5, channel: "x" },
      { told: { home: "A" }, at: 6, channel: "y", dialect: "legacy" },
      { told: { home: "A" }, at: 4, channel: "x", isReplay: true },
    );
    expect(record.sources).toEqual([
      { dialect: "fogis", channel: "x" },
      { dialect: "legacy", channel: "y" },
    ]);
    expect(record).toMatchObject({ firstAt: second(3005), updatedAt: second(3006), changedAt: second(3005) });
    expect(record.statements.map(({ origin }) => origin)).toEqual([
      { at: second(5), dialect: "fogis", channel: "x" },
      { at: second(6), dialect: "legacy", channel: "y" },
    ]);
  });
});

const names = ["Ada Prov", "Bo Prov", "Cyd Prov", "ada prov", "Örjan 👨‍⚖️", "مريم"];
const name = fc.constantFrom(...names);
const phone = fc.constantFrom("0700000001", "0700000002");
const role = fc.constantFrom("Huvuddomare", "Assisterande 1");
const text = fc.option(fc.constantFrom("A", "B", "C"));

/** How much each dialect tells of an official: FOGIS all, also what there is none of; the others less and less. */
const officialIn: Readonly<Record<Dialect, fc.Arbitrary<SaidOfficial>>> = {
  fogis: fc
    .record({ name, role: fc.option(role), phone: fc.option(phone), personId: text })
    .map((facts) => whole(anOfficial(facts))),
  enhanced: fc.record({ name, role, phone }).map(({ phone: mobile, ...facts }) => ({ ...facts, phones: { mobile } })),
  guide: fc.record({ name, role }),
  legacy: fc.record({ name }),
};
/** Nobody could tell two of one name apart. */
const officialsIn = (dialect: Dialect) =>
  fc.uniqueArray(officialIn[dialect], { maxLength: 4, selector: (one) => one.name.toLowerCase() });

/** All that a dialect may tell at once. */
const fullIn = (dialect: Dialect) =>
  fc.record<Required<Told>>({
    number: text,
    competition: text,
    competitionId: text,
    home: text,
    homeId: text,
    away: text,
    awayId: text,
    venue: text,
    venueId: text,
    kickoff: fc.option(
      fc.constantFrom(
        instant("2027-10-31T00:30:00.000Z"),
        instant("2027-10-31T01:30:00.000Z"),
        instant("2027-05-06T15:00:00.000Z"),
      ),
    ),
    position: fc.option(fc.constantFrom({ latitude: 57, longitude: 12 }, { latitude: 59, longitude: 18 })),
    officials: officialsIn(dialect),
    openPlaces: fc.subarray(["Assisterande 1", "Fjärdedomare"]),
    placeStatuses: fc.subarray([{ role: "Fjärdedomare", status: "Ej tillsatt" }]),
    contacts: fc.uniqueArray(fc.record({ name, team: fc.constantFrom("A", "B") }), {
      maxLength: 3,
      selector: (one) => one.name.toLowerCase(),
    }),
    playingTime: fc.option(fc.constantFrom({ halves: 2, halfMinutes: 45, pauseMinutes: null })),
    status: fc.constantFrom(...matchStatuses),
  });
const partialIn = (dialect: Dialect): fc.Arbitrary<Told> =>
  fc
    .tuple(fullIn(dialect), fc.subarray([...matchFields]))
    .map(([told, fields]) => Object.fromEntries(fields.map((field) => [field, told[field]])));
const anyDialect = fc.constantFrom(...dialects);
const tellingAt = (at: fc.Arbitrary<number>): fc.Arbitrary<Telling> =>
  anyDialect.chain((dialect) =>
    fc.record({ told: partialIn(dialect), dialect: fc.constant(dialect), at, wallClock: fc.boolean() }),
  );
const anyTelling = tellingAt(fc.integer({ min: 0, max: 9 }));

const lessDetailedDialect = fc.constantFrom<Dialect>("enhanced", "legacy", "guide");

const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** undefined when there is none. */
const namesake = (one: Official, people: readonly Official[]): Official | undefined =>
  people.find(({ name }) => name.toLowerCase() === one.name.toLowerCase());

/** The order of people is no fact. */
const factsOf = ({ match }: MatchRecord) => {
  const sorted = <P extends Official | Contact>(people: readonly P[]): readonly string[] =>
    people.map((one) => JSON.stringify(one)).toSorted();
  return { ...match, officials: sorted(match.officials), contacts: sorted(match.contacts) };
};

const shuffled = <T>(items: fc.Arbitrary<T[]>): fc.Arbitrary<readonly [readonly T[], readonly T[]]> =>
  items.chain((list) => fc.shuffledSubarray(list, { minLength: list.length }).map((other) => [list, other] as const));

describe("whatever is told", () => {
  it("twice is told once", () => {
    fc.assert(
      fc.property(fc.array(anyTelling, { minLength: 1, maxLength: 6 }), (tellings) => {
        const record = recordAfter(...tellings);
        const last = tellings.at(-1);
        if (last === undefined) return;
        const again = apply(record, last);
        expect(again.differences).toEqual([]);
        expect(again.record).toEqual(record);
        expect(again.record.match).toBe(record.match);
      }),
      { numRuns: 2000 },
    );
  });

  it("in whatever dialects and parts, it depends on when it was said, not on when it is read", () => {
    const tellings = fc
      .uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 6 })
      .chain((times) => fc.tuple(...times.map((at) => tellingAt(fc.constant(at)))));
    fc.assert(
      fc.property(shuffled<Telling>(tellings), ([one, other]) => {
        expect(factsOf(recordAfter(...one))).toEqual(factsOf(recordAfter(...other)));
      }),
      { numRuns: 3000 },
    );
  });

  it("an older message of the same dialect changes no field a newer one has told", () => {
    fc.assert(
      fc.property(fullIn("fogis"), partialIn("fogis"), (told, old) => {
        const record = recordAfter({ told, at: 2 });
        const { record: now, differences } = apply(record, { told: old, at: 1 });
        expect(differences).toEqual([]);
        expect(now.match).toEqual(record.match);
      }),
    );
  });

  it("a less detailed dialect never turns a fact of a more detailed one into none, but with the thing that it belongs to", () => {
    const poor = lessDetailedDialect.chain((dialect) =>
      fc.record({
        told: partialIn(dialect),
        dialect: fc.constant(dialect),
        at: fc.constant(2),
        wallClock: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(fullIn("fogis"), poor, (told, telling) => {
        const { match: before } = recordAfter({ told, at: 1 });
        const { match } = recordAfter({ told, at: 1 }, telling);
        for (const { head, details } of groups) {
          if (!isEmpty(before[head])) expect(isEmpty(match[head])).toBe(false);
          if (telling.told[head] !== undefined) continue;
          for (const detail of details) if (!isEmpty(before[detail])) expect(isEmpty(match[detail])).toBe(false);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("a detail is never shown with another thing than it was told with", () => {
    // Each detail names the thing it was told with.
    const heads = ["venue", "home", "away", "competition"] as const;
    const said = fc.record({ head: fc.constantFrom(...heads), of: text, withDetail: fc.boolean() });
    const telling = said.map(
      ({ head, of, withDetail }): Told => ({
        [head]: of,
        ...(withDetail && { [`${head}Id`]: of === null ? null : `id of ${of}` }),
      }),
    );
    const all = fc.array(fc.record({ told: telling, dialect: anyDialect, at: fc.integer({ min: 0, max: 9 }) }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(all, (tellings) => {
        const { match } = recordAfter(...tellings);
        for (const head of heads) {
          const id = match[`${head}Id`];
          if (id !== null) expect(id).toBe(`id of ${match[head]}`);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("however often less detailed dialects speak, of those who stay nothing is forgotten", () => {
    const poorTelling = lessDetailedDialect.chain((dialect) =>
      fc.record({ officials: officialsIn(dialect), dialect: fc.constant(dialect) }),
    );
    fc.assert(
      fc.property(fullIn("fogis"), fc.array(poorTelling, { minLength: 1, maxLength: 4 }), (told, tellings) => {
        let record = recordAfter({ told, at: 1 });
        tellings.forEach(({ officials, dialect }, index) => {
          const before = record.match.officials;
          record = apply(record, { told: { officials }, dialect, at: 2 + index }).record;
          for (const one of before) {
            const now = namesake(one, record.match.officials);
            if (now === undefined) continue;
            if (one.phone !== null) expect(now.phone).not.toBeNull();
            if (one.role !== null) expect(now.role).not.toBeNull();
            if (one.personId !== null) expect(now.personId).toBe(one.personId);
          }
        });
      }),
      { numRuns: 2000 },
    );
  });

  it("the differences lead from the match before to the match after", () => {
    fc.assert(
      fc.property(fc.array(anyTelling, { minLength: 1, maxLength: 4 }), anyTelling, (tellings, news) => {
        const before = recordAfter(...tellings);
        const { record, differences: found } = apply(before, news);
        const all = differences(before.match, record.match);
        expect(all.reduce<Facts>(follow, before.match)).toEqual(record.match);
        expect(all).toEqual(expect.arrayContaining([...found]));
        const untold = all.map(({ field }) => field).filter((field) => found.every((told) => told.field !== field));
        for (const field of untold) expect(mayBeLearnt).toContain(field);
        expect(matchSchema.safeParse(record.match).success).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

/** What belongs to something else, or may become known of it later. */
const mayBeLearnt = [...groups.flatMap(({ details }) => details), "playingTime", "officials", "contacts"];

const follow = (match: Facts, difference: Difference): Facts =>
  "after" in difference ? { ...match, [difference.field]: difference.after } : match;
