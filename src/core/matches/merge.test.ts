import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Difference } from "../../shared/change.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import {
  type Contact,
  type Dialect,
  dialects,
  listChannel,
  type Match,
  matchFields,
  matchSchema,
  matchStatuses,
  type Official,
} from "../../shared/match.ts";
import { instant } from "../../shared/testing/instant.ts";
import type { MatchFacts } from "../facts/facts.ts";
import { differences } from "./diff.ts";
import { applyFacts } from "./merge.ts";
import type { MatchRecord } from "./record.ts";

type Told = MatchFacts["told"];
type Telling = {
  readonly told: Told;
  readonly dialect?: Dialect;
  /** The publisher's time: seconds after ten. */
  readonly at: number;
  readonly channel?: string;
  readonly wallClock?: boolean;
  readonly urgent?: boolean;
};

const second = (at: number): Instant => instantOf(Date.UTC(2027, 4, 6, 10, 0, at));

const apply = (record: MatchRecord | undefined, telling: Telling) => {
  const { told, at, dialect = "fogis", channel = "c", wallClock = false, urgent = false } = telling;
  const hearing = { origin: { at: second(at), dialect, channel }, receivedAt: second(3000 + at), urgent };
  return applyFacts(record, { id: "1", dialect, wallClock, told }, hearing);
};

const recordAfter = (...tellings: readonly Telling[]): MatchRecord => {
  let record: MatchRecord | undefined;
  for (const telling of tellings) record = apply(record, telling).record;
  if (record === undefined) throw new Error("nothing was told");
  return record;
};

const official = (name: string, more: Partial<Official> = {}): Official => ({
  name,
  role: null,
  phone: null,
  email: null,
  ...more,
});
const ada = official("Ada Prov", { role: "Huvuddomare", phone: "0700000001", email: "ada@example.com" });
const bo = official("Bo Prov", { role: "Assisterande 1", phone: "0700000002" });

describe("a match told for the first time", () => {
  it("is added, with nothing invented", () => {
    const { record, differences } = apply(undefined, { told: { home: "A", kickoff: null }, at: 1, urgent: true });
    expect(differences).toEqual([{ field: "added" }]);
    expect(matchSchema.parse(record.match)).toEqual({
      id: "1",
      number: null,
      competition: null,
      home: "A",
      away: null,
      kickoff: null,
      venue: null,
      position: null,
      officials: [],
      contacts: [],
      status: "scheduled",
    });
    const origin = { at: second(1), dialect: "fogis", channel: "c" };
    expect(record).toMatchObject({
      origins: { home: origin, kickoff: origin },
      sources: [{ dialect: "fogis", channel: "c" }],
      firstAt: second(3001),
      updatedAt: second(3001),
      changedAt: second(3001),
      goneAt: null,
      urgent: true,
    });
    expect(Object.keys(record.origins)).toHaveLength(2);
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
    expect(record.origins).toMatchObject({ home: { at: second(2) }, venue: { at: second(3) } });
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
    const record = recordAfter({ told: { home: "A", kickoff: null, officials: [ada, bo] }, at: 1 });
    const kickoff = instant("2027-05-06T15:00:00.000Z");
    const { differences } = apply(record, {
      told: { home: "B", kickoff, status: "postponed", officials: [bo, ada] },
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

describe("a poorer dialect", () => {
  const rich = recordAfter({
    told: { venue: "V", kickoff: instant("2027-05-06T15:00:00.000Z"), officials: [ada, bo] },
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
    const told = { officials: [official("  bo   PROV"), official("ADA Prov")] };
    const { record, differences } = apply(rich, { told, dialect: "legacy", at: 2 });
    expect(differences).toEqual([]);
    expect(record.match.officials).toEqual([ada, bo]);
    expect(record.origins.officials).toEqual({ at: second(2), dialect: "fogis", channel: "c" });
  });

  it("changes who officiates, and keeps what is known of those who stay", () => {
    const cyd = official("Cyd Prov");
    const { record, differences } = apply(rich, {
      told: { officials: [cyd, official("Ada Prov", { role: "Fjärdedomare" })] },
      dialect: "enhanced",
      at: 2,
    });
    expect(record.match.officials).toEqual([cyd, { ...ada, role: "Fjärdedomare" }]);
    expect(differences.map(({ field }) => field)).toEqual(["officials"]);
  });

  it("may tell news", () => {
    expect(apply(rich, { told: { venue: "W" }, dialect: "guide", at: 2 }).record.match.venue).toBe("W");
  });

  it("cannot hold back a richer one's older fact by calling it unknown", () => {
    const record = recordAfter({ told: { venue: null }, dialect: "legacy", at: 2 }, { told: { venue: "V" }, at: 1 });
    expect(record.match.venue).toBe("V");
  });

  it("is filled in by a richer one that is older", () => {
    const names = { officials: [official("Ada Prov"), official("Bo Prov")] };
    const record = recordAfter({ told: names, dialect: "legacy", at: 2 }, { told: { officials: [ada, bo] }, at: 1 });
    expect(record.match.officials).toEqual([ada, bo]);
    expect(record.origins.officials).toMatchObject({ dialect: "fogis", at: second(2) });
  });

  it("two of one name keep their own details", () => {
    const first = official("Bo Prov", { phone: "0700000001" });
    const other = official("Bo Prov", { phone: "0700000002" });
    const record = recordAfter(
      { told: { officials: [first, other] }, at: 1 },
      {
        told: { officials: [official("Bo Prov"), official("Bo Prov"), official("Cyd Prov")] },
        dialect: "legacy",
        at: 2,
      },
    );
    expect(record.match.officials.map(({ phone }) => phone)).toEqual(["0700000001", "0700000002", null]);
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
    expect(record).toMatchObject({ match: { kickoff: secondTime }, wallClock: false });
  });

  it("the exact kick-off corrects the guess, though it be older", () => {
    const { record, differences } = apply(recordAfter(guess), exact);
    expect(differences).toEqual([{ field: "kickoff", before: first, after: secondTime }]);
    expect(record.wallClock).toBe(false);
    expect(record.origins.kickoff).toEqual({ at: second(2), dialect: "fogis", channel: "c" });
  });

  it("a wall clock that looks otherwise is news", () => {
    const moved = apply(recordAfter(exact), {
      ...guess,
      told: { kickoff: instant("2027-10-31T14:00:00.000Z") },
    }).record;
    expect(moved).toMatchObject({ match: { kickoff: "2027-10-31T14:00:00.000Z" }, wallClock: true });
  });

  it("an older exact kick-off at another time changes nothing", () => {
    const { record } = apply(recordAfter(guess), { ...exact, told: { kickoff: instant("2027-10-30T14:00:00.000Z") } });
    expect(record).toMatchObject({ match: { kickoff: first }, wallClock: true });
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
      { told: { home: "A" }, at: 4, channel: "x" },
    );
    expect(record.sources).toEqual([
      { dialect: "fogis", channel: "x" },
      { dialect: "legacy", channel: "y" },
    ]);
    expect(record).toMatchObject({ firstAt: second(3005), updatedAt: second(3006), changedAt: second(3005) });
    expect(record.origins.home).toEqual({ at: second(6), dialect: "fogis", channel: "x" });
  });
});

const name = fc.constantFrom("Ada Prov", "Bo Prov", "Cyd Prov", "ada prov", "Örjan 👨‍⚖️", "مريم");
const person = { name, phone: fc.option(fc.constantFrom("0700000001", "0700000002")), email: fc.constant(null) };
const text = fc.option(fc.constantFrom("A", "B", "C"));
const full = fc.record({
  number: text,
  competition: text,
  home: text,
  away: text,
  venue: text,
  kickoff: fc.option(
    fc.constantFrom(
      instant("2027-10-31T00:30:00.000Z"),
      instant("2027-10-31T01:30:00.000Z"),
      instant("2027-05-06T15:00:00.000Z"),
    ),
  ),
  position: fc.option(fc.constantFrom({ latitude: 57, longitude: 12 }, { latitude: 59, longitude: 18 })),
  officials: fc.array(fc.record({ ...person, role: fc.option(fc.constantFrom("Huvuddomare", "Assisterande 1")) }), {
    maxLength: 4,
  }),
  contacts: fc.array(fc.record({ ...person, team: text }), { maxLength: 3 }),
  status: fc.constantFrom(...matchStatuses),
});
const partial: fc.Arbitrary<Told> = fc
  .tuple(full, fc.subarray([...matchFields]))
  .map(([told, fields]) => Object.fromEntries(fields.map((field) => [field, told[field]])));
const anyDialect = fc.constantFrom(...dialects);
const anyTelling: fc.Arbitrary<Telling> = fc.record({
  told: partial,
  dialect: anyDialect,
  at: fc.integer({ min: 0, max: 9 }),
  wallClock: fc.boolean(),
});

const poorerDialect = fc.constantFrom<Dialect>("enhanced", "legacy", "guide");

const isEmpty = (value: Match[keyof Match]): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** undefined when there is none, or several: then nobody can tell which is which. */
const onlyNamesake = (one: Official, people: readonly Official[]): Official | undefined => {
  const found = people.filter(({ name }) => name.toLowerCase() === one.name.toLowerCase());
  return found.length === 1 ? found[0] : undefined;
};

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
      }),
      { numRuns: 2000 },
    );
  });

  it("in whole messages of the richest dialect, their order of arrival does not matter", () => {
    const tellings = fc
      .uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 6 })
      .chain((times) => fc.tuple(...times.map((at) => fc.record({ at: fc.constant(at), told: full }))));
    fc.assert(
      fc.property(shuffled<Telling>(tellings), ([one, other]) => {
        expect(factsOf(recordAfter(...one))).toEqual(factsOf(recordAfter(...other)));
      }),
      { numRuns: 2000 },
    );
  });

  it("an older message of the same dialect changes no field a newer one has told", () => {
    fc.assert(
      fc.property(full, partial, anyDialect, (told, old, dialect) => {
        const record = recordAfter({ told, at: 2, dialect });
        const { record: now, differences } = apply(record, { told: old, at: 1, dialect });
        expect(differences).toEqual([]);
        expect(now.match).toEqual(record.match);
      }),
    );
  });

  it("a poorer dialect never turns a fact of a richer one into none", () => {
    fc.assert(
      fc.property(full, partial, poorerDialect, fc.boolean(), (told, poor, dialect, wallClock) => {
        const { match: before } = recordAfter({ told, at: 1 });
        const { match } = recordAfter({ told, at: 1 }, { told: poor, at: 2, dialect, wallClock });
        for (const field of matchFields) {
          if (!isEmpty(before[field])) expect(isEmpty(match[field])).toBe(false);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("however often poorer dialects speak, of those who stay nothing is forgotten", () => {
    const poorTelling = fc.record({ officials: full.map(({ officials }) => officials), dialect: poorerDialect });
    fc.assert(
      fc.property(full, fc.array(poorTelling, { minLength: 1, maxLength: 4 }), (told, tellings) => {
        let record = recordAfter({ told, at: 1 });
        tellings.forEach(({ officials, dialect }, index) => {
          const before = record.match.officials;
          record = apply(record, { told: { officials }, dialect, at: 2 + index }).record;
          for (const one of before) {
            const now = onlyNamesake(one, record.match.officials);
            if (now === undefined || onlyNamesake(one, before) === undefined) continue;
            if (one.phone !== null) expect(now.phone).not.toBeNull();
            if (one.role !== null) expect(now.role).not.toBeNull();
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
        expect(found).toEqual(differences(before.match, record.match));
        expect(found.reduce(follow, before.match)).toEqual(record.match);
        expect(matchSchema.safeParse(record.match).success).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

const follow = (match: Match, difference: Difference): Match =>
  "after" in difference ? { ...match, [difference.field]: difference.after } : match;
