import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../../shared/change.ts";
import { hourMs } from "../../shared/duration.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { anOfficial } from "../../shared/testing/people.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { createMatchBook, type MatchBook } from "./book.ts";
import type { MatchRecord } from "./record.ts";

const begin = Date.parse("2027-05-01T10:00:00.000Z");
const referee = (name: string) => [anOfficial({ role: "Huvuddomare", name })];
const playedAt = (id: string, hours: number | null, name = "Prov Domare"): MatchRecord =>
  aRecord(aMatch({ id, kickoff: hours === null ? null : instantOf(begin + hours * hourMs), officials: referee(name) }));

const bookOf = (records: readonly MatchRecord[], now: () => number = () => begin): MatchBook =>
  createMatchBook({ records, changes: [], now, placements: () => ({}) });
const kindsOf = (book: MatchBook, id: string): readonly string[] =>
  book.view(id)?.warnings.map(({ kind }) => kind) ?? ["no such match"];

const moved = (id: number, matchId: string, from: Instant, to: Instant): Change => ({
  id,
  matchId,
  title: "IFK – FFF",
  at: instantOf(begin),
  origin: { at: instantOf(begin), dialect: "fogis", channel: "c" },
  note: null,
  urgent: false,
  difference: { field: "kickoff", before: from, after: to },
});

describe("the book of matches", () => {
  const day = fc.option(fc.integer({ min: 0, max: 4 }));
  const name = fc.constantFrom("Prov Domare", "Prov Annan");
  const doing = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant("put" as const),
        id: fc.constantFrom("1", "2", "3", "4"),
        hours: day,
        name,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant("remove" as const), id: fc.constantFrom("1", "2", "3", "4") }),
    },
  );

  it("says after any changes what a new one of the same matches says, and names every match whose warnings changed", () => {
    fc.assert(
      fc.property(fc.array(doing, { maxLength: 20 }), (doings) => {
        const book = bookOf([]);
        const now = new Map<string, MatchRecord>();
        for (const one of doings) {
          const before = new Map([...now.keys()].map((id) => [id, JSON.stringify(book.view(id)?.warnings)]));
          const near = new Set<string>();
          if (one.do === "put") {
            const record = playedAt(one.id, one.hours, one.name);
            now.set(one.id, record);
            for (const id of book.near(book.put([record], []))) near.add(id);
          } else {
            now.delete(one.id);
            for (const id of book.remove([one.id])) near.add(id);
          }
          for (const id of now.keys()) {
            const isTold = near.has(id) || id === one.id;
            if (!isTold) expect(JSON.stringify(book.view(id)?.warnings)).toBe(before.get(id));
          }
        }
        expect(book.views()).toEqual(bookOf([...now.values()]).views());
      }),
    );
  });

  it("has matches in the order of kick-off, those without one last", () => {
    const book = bookOf([playedAt("c", null), playedAt("b", 2, "B"), playedAt("a", 1, "A"), playedAt("d", 2, "D")]);
    expect(book.inOrder().map(({ match }) => match.id)).toEqual(["a", "b", "d", "c"]);
    book.put([playedAt("a", 9, "A")], []);
    expect(book.inOrder().map(({ match }) => match.id)).toEqual(["b", "d", "a", "c"]);
  });

  it("warns of a kick-off that moved late until it moves again, long before both", () => {
    const book = bookOf([playedAt("1", 30)]);
    const [soon, later, last] = [20, 400, 500].map((hours) => instantOf(begin + hours * hourMs));
    if (soon === undefined || later === undefined || last === undefined) throw new Error("there are three");
    book.put([playedAt("1", 20)], [moved(7, "1", instantOf(begin + 30 * hourMs), soon)]);
    expect(book.view("1")).toMatchObject({ changeId: 7, warnings: [{ kind: "late-change", changeId: 7 }] });
    book.put([playedAt("1", 400)], [moved(8, "1", soon, later)]);
    expect(book.view("1")).toMatchObject({ changeId: 8, warnings: [{ kind: "late-change", changeId: 8 }] });
    book.put([playedAt("1", 500)], [moved(9, "1", later, last)]);
    expect(book.view("1")).toMatchObject({ changeId: 9, warnings: [] });
  });

  it("names what has turned only because time has passed, and forgets what is removed", () => {
    let now = begin;
    const book = bookOf([playedAt("1", 2), playedAt("2", 3)], () => now);
    expect(kindsOf(book, "1")).toEqual(["double-booked"]);
    now = begin + 2.5 * hourMs;
    expect(book.turnedSince(begin)).toEqual(["1"]);
    expect(kindsOf(book, "1")).toEqual([]);
    const revision = book.revision();
    expect(book.remove(["2"])).toContain("1");
    expect([book.view("2"), book.revision() > revision]).toEqual([null, true]);
  });
});
