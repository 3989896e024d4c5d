import { describe, expect, it } from "vitest";
import type { Change } from "../../shared/change.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import type { Match } from "../../shared/match.ts";
import { anOfficial } from "../../shared/testing/people.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { createMatchBook } from "./book.ts";
import type { MatchRecord } from "./record.ts";

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2027, 4, 6, 12);
const inHours = (hours: number): Instant => instantOf(now + hours * hour);
const heden = { latitude: 57.702, longitude: 11.978 };
const ullevi = { latitude: 57.706, longitude: 11.987 };
const stockholm = { latitude: 59.33, longitude: 18.06 };

type Facts = Partial<Match> & { readonly goneAt?: Instant | null; readonly declinedAt?: Instant | null };
const record = (id: string, { goneAt = null, declinedAt = null, ...facts }: Facts = {}): MatchRecord =>
  aRecord(aMatch({ id, kickoff: inHours(24), venue: "Heden", position: heden, ...facts }), { goneAt, declinedAt });
const bookOf = (...records: readonly MatchRecord[]) => {
  let time = now;
  const book = createMatchBook({ records, changes: [], now: () => time, placements: () => ({}) });
  return {
    book,
    kinds: (id: string) => book.view(id)?.warnings.map(({ kind }) => kind),
    pass: (ms: number) => {
      time += ms;
    },
  };
};
const moved = (id: number, matchId: string, before: Instant | null, after: Instant | null): Change => ({
  id,
  matchId,
  title: "",
  at: instantOf(now),
  difference: { field: "kickoff", before, after },
  origin: { at: instantOf(now), dialect: "fogis", channel: "c" },
  note: null,
  urgent: true,
});
const assistant = anOfficial({ role: "Assisterande 1", name: "Prov Assistent Ett" });

describe("a match is warned of", () => {
  it("when it has no kick-off, and of nothing else then", () => {
    expect(bookOf(record("a", { kickoff: null, officials: [] })).kinds("a")).toEqual(["no-kickoff"]);
  });

  it("when it has no main referee a week before, not earlier", () => {
    const late = { kickoff: inHours(8 * 24), officials: [assistant] };
    expect(bookOf(record("a", late)).kinds("a")).toEqual([]);
    expect(bookOf(record("a", { ...late, kickoff: inHours(6 * 24) })).kinds("a")).toEqual(["no-referee"]);
    expect(bookOf(record("a", { ...late, kickoff: inHours(6 * 24), officials: [] })).kinds("a")).toEqual([
      "no-referee",
    ]);
    expect(bookOf(record("a")).kinds("a")).toEqual([]);
  });

  it("not when it is over, called off or gone", () => {
    for (const facts of [{ kickoff: inHours(-1) }, { status: "cancelled" }, { goneAt: inHours(0) }] as const)
      expect(bookOf(record("a", { officials: [], ...facts })).kinds("a")).toEqual([]);
  });

  it("when its kick-off was moved late, until it is moved again in time", () => {
    const { book, kinds } = bookOf(record("a"));
    book.put([], [moved(1, "a", inHours(40), inHours(24))]);
    expect(book.view("a")?.warnings).toEqual([{ kind: "late-change", changeId: 1 }]);
    book.put([], [moved(2, "a", inHours(10 * 24), inHours(20 * 24))]);
    expect(kinds("a")).toEqual([]);
  });

  it("not of a late change when the publisher only called an early one important", () => {
    const { book, kinds } = bookOf(record("a", { kickoff: inHours(30 * 24) }));
    book.put([], [moved(1, "a", inHours(31 * 24), inHours(30 * 24))]);
    expect(kinds("a")).toEqual([]);
  });
});

describe("an official who is elsewhere", () => {
  const clash = (other: Facts, facts: Facts = {}) => bookOf(record("a", facts), record("b", other)).kinds("a");

  it("not where FOGIS's ids or the referees' numbers say that they are namesakes", () => {
    const called = (facts: object) => ({
      officials: [anOfficial({ name: "Anna Prov", role: "Huvuddomare", ...facts })],
    });
    const clashOf = (one: object, other: object) => clash({ kickoff: inHours(25), ...called(other) }, called(one));
    expect(clashOf({ personId: "1" }, { personId: "2" })).not.toContain("double-booked");
    expect(clashOf({ number: "1" }, { number: "2" })).not.toContain("double-booked");
    expect(clashOf({ personId: "1", number: "1" }, { personId: "1", number: "2" })).toContain("double-booked");
    expect(clashOf({ personId: "1" }, { number: "2" })).toContain("double-booked");
    expect(clashOf({ personId: "1" }, {})).toContain("double-booked");
  });

  it("too soon at the same place, too far at another", () => {
    expect(clash({ kickoff: inHours(25) })).toContain("double-booked");
    expect(clash({ kickoff: inHours(26.5) })).not.toContain("double-booked");
    expect(clash({ kickoff: inHours(27), venue: "Ullevi", position: ullevi })).not.toContain("double-booked");
    expect(clash({ kickoff: inHours(27), venue: "Stadion", position: stockholm })).toContain("double-booked");
    expect(clash({ kickoff: inHours(34), venue: "Stadion", position: stockholm })).not.toContain("double-booked");
  });

  it("with an hour to get there where nobody knows how far it is", () => {
    const unknown = { venue: "Stadion", position: null };
    expect(clash({ ...unknown, kickoff: inHours(26.9) })).toContain("double-booked");
    expect(clash({ ...unknown, kickoff: inHours(27.1) })).not.toContain("double-booked");
  });

  it("by how long the earlier of them is played, with the usual pause where none is told", () => {
    const there = { venue: "Stadion", position: null };
    const youth = { playingTime: { halves: 3, halfMinutes: 20, pauseMinutes: 5 } };
    // 70 minutes, and an hour to get there.
    expect(clash({ ...there, ...youth, kickoff: inHours(21.8) })).not.toContain("double-booked");
    expect(clash({ ...there, ...youth, kickoff: inHours(21.9) })).toContain("double-booked");
    const men = { playingTime: { halves: 2, halfMinutes: 45, pauseMinutes: null } };
    expect(clash({ ...there, ...men, kickoff: inHours(21.2) })).not.toContain("double-booked");
    expect(clash({ ...there, ...men, kickoff: inHours(21.3) })).toContain("double-booked");
  });

  it("not by matches in a row at one venue", () => {
    const youth = { playingTime: { halves: 3, halfMinutes: 20, pauseMinutes: null } };
    expect(clash({ ...youth, kickoff: inHours(23) })).not.toContain("double-booked");
    expect(clash({ ...youth, kickoff: inHours(23.1) })).toContain("double-booked");
    expect(clash({ ...youth, venue: "Heden 2", venueId: "7", kickoff: inHours(23) }, { venueId: "7" })).not.toContain(
      "double-booked",
    );
  });

  it("is named with the other match, and on both sides", () => {
    const { book } = bookOf(record("a"), record("b", { kickoff: inHours(25), officials: [assistant] }));
    const known = {
      home: book.view("a")?.home,
      away: book.view("a")?.away,
      number: book.view("a")?.number,
      venue: "Heden",
    };
    const clash = { kind: "double-booked", official: assistant.name, minutesBetween: -60 };
    expect(book.view("a")?.warnings).toEqual([
      { ...clash, otherMatchId: "b", other: { ...known, kickoff: inHours(25) } },
    ]);
    expect(book.view("b")?.warnings).toContainEqual({
      ...clash,
      otherMatchId: "a",
      other: { ...known, kickoff: inHours(24) },
    });
  });

  it("is no trouble when the other match is called off, gone, declined or undecided", () => {
    for (const facts of [
      { status: "postponed" },
      { goneAt: inHours(0) },
      { declinedAt: inHours(0) },
      { kickoff: null },
    ] as const)
      expect(clash({ kickoff: inHours(25), ...facts })).not.toContain("double-booked");
  });
});

describe("the book", () => {
  it("names the matches whose warnings may have changed: whom the officials were near, and whom they are", () => {
    const { book } = bookOf(record("a"), record("b", { kickoff: inHours(25) }), record("c", { kickoff: inHours(500) }));
    const elsewhere = record("a", { kickoff: inHours(501) });
    expect([...book.near(book.put([elsewhere], []))].toSorted()).toEqual(["a", "b", "c"]);
    const nobody = record("a", { kickoff: inHours(501), officials: [] });
    expect([...book.near(book.put([nobody], []))]).toContain("c");
    expect([...book.near(book.put([nobody], []))]).toEqual([]);
  });

  it("names the matches whose warnings changed because time has passed", () => {
    const { book, pass } = bookOf(
      record("a", { kickoff: inHours(1) }),
      record("b", { kickoff: inHours(7 * 24 + 1) }),
      record("c", { kickoff: null }),
    );
    pass(2 * hour);
    expect(book.turnedSince(now).toSorted()).toEqual(["a", "b"]);
    expect(book.turnedSince(now + 2 * hour)).toEqual([]);
    pass(30 * day);
    expect(book.turnedSince(now + 2 * hour)).toEqual(["b"]);
  });

  it("finds the late changes of an earlier run", () => {
    const change = moved(7, "a", inHours(40), inHours(24));
    const book = createMatchBook({ records: [record("a")], changes: [change], now: () => now, placements: () => ({}) });
    expect(book.view("a")?.warnings).toEqual([{ kind: "late-change", changeId: 7 }]);
  });

  it("shows matches by kick-off, those without one last, with where they stand", () => {
    const records = [
      record("c", { kickoff: null }),
      record("b", { kickoff: inHours(5) }),
      record("a", { kickoff: inHours(9) }),
    ];
    const placement = { state: "waiting" } as const;
    const book = createMatchBook({ records, changes: [], now: () => now, placements: () => ({ ics: placement }) });
    expect(book.views().map(({ id }) => id)).toEqual(["b", "a", "c"]);
    book.put([record("a", { kickoff: inHours(1) })], []);
    expect(book.views().map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(book.view("a")?.placements.ics).toBe(placement);
    expect(book.view("z")).toBeNull();
  });
});
