import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOf } from "../../../shared/instant.ts";
import { matchStatuses } from "../../../shared/match.ts";
import type { PlayingTime } from "../../../shared/playing-time.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { anOfficial } from "../../../shared/testing/people.ts";
import { stockholmDay } from "../../../shared/text/format.ts";
import { match } from "../../samples.ts";
import { labelOf, type Row, type Schedule, scheduleOf, sides } from "./layout.ts";

const view = (id: string, kickoff: string | null, rest: Partial<MatchView> = {}): MatchView => ({
  ...match(id, kickoff),
  ...rest,
});
const halves = (halfMinutes: number): PlayingTime => ({ halves: 2, halfMinutes, pauseMinutes: 10 });
/** A week with the night in it in which clocks are set back. */
const week = { from: "2027-10-25", until: "2027-11-01" };

const blocksOf = ({ rows }: Schedule) => rows.flatMap(({ days }) => [...days.values()].flat());
const rowNamed = ({ rows }: Schedule, name: string): Row | undefined =>
  rows.find(({ subject }) => "name" in subject && subject.name === name);

describe("scheduleOf", () => {
  it("draws matches of their true length, side by side only where they are at one time", () => {
    const schedule = scheduleOf(
      [
        view("1", "2027-10-30T08:00:00.000Z", { playingTime: halves(25) }),
        view("2", "2027-10-30T09:00:00.000Z", { playingTime: halves(25) }),
        view("3", "2027-10-30T09:30:00.000Z"),
        view("4", "2027-10-31T23:30:00.000Z"),
      ],
      week,
      "venue",
    );
    const [heden] = schedule.rows;
    expect(heden?.days.get("2027-10-30")?.map(({ from, until, lane }) => [from, until, lane])).toEqual([
      [600, 660, 0],
      [660, 720, 0],
      [690, 810, 1],
    ]);
    expect(heden?.lanes).toBe(2);
    expect(schedule.days.find(({ day }) => day === "2027-10-30")).toEqual({ day: "2027-10-30", from: 10, until: 14 });
    // What begins before midnight belongs to that day, and its hours go on; the other days have none.
    expect(schedule.days.at(-1)).toEqual({ day: "2027-10-31", from: 0, until: 0 });
    expect(schedule.days).toHaveLength(7);
    expect(schedule.matches).toBe(3);
  });

  it("tells namesakes apart by their numbers, also where the other one has no match these days", () => {
    const called = (name: string, number: string) => ({ officials: [anOfficial({ name, number })] });
    const { rows } = scheduleOf(
      [
        view("1", "2027-10-30T08:00:00.000Z", called("Anna Prov", "101")),
        view("2", "2027-10-30T10:00:00.000Z", called("anna prov", "102")),
        view("3", "2027-10-30T12:00:00.000Z", called("Bo Prov", "103")),
        view("4", "2027-10-30T14:00:00.000Z", called("Cecilia Prov", "104")),
        view("5", "2027-12-30T14:00:00.000Z", called("Cecilia Prov", "105")),
      ],
      week,
      "referee",
    );
    expect(rows.flatMap(({ subject }) => labelOf(subject) ?? [])).toEqual([
      "Anna Prov (101)",
      "anna prov (102)",
      "Bo Prov",
      "Cecilia Prov (104)",
    ]);
  });

  it("has a row for each referee, namesakes apart, and one for what nobody has yet", () => {
    const officials = [anOfficial({ name: "Örjan Prov", role: "Huvuddomare", personId: "1" })];
    const schedule = scheduleOf(
      [
        view("1", "2027-10-30T08:00:00.000Z", { officials, openPlaces: ["Assisterande 1"] }),
        view("2", "2027-10-30T10:00:00.000Z", { officials: [anOfficial({ name: "Örjan Prov", personId: "2" })] }),
        view("3", "2027-10-30T12:00:00.000Z", { officials: [anOfficial({ name: "Anna Prov", role: "Huvuddomare" })] }),
        view("4", "2027-10-30T14:00:00.000Z", { status: "cancelled", openPlaces: ["Domare"] }),
      ],
      week,
      "referee",
    );
    expect(schedule.rows.map(({ subject }) => ("name" in subject ? subject.name : subject.kind))).toEqual([
      "nobody",
      "Anna Prov",
      "Örjan Prov",
      "Örjan Prov",
    ]);
    expect(schedule.rows[0]?.days.get("2027-10-30")?.map((block) => block.match.id)).toEqual(["1", "4"]);
    expect(
      rowNamed(schedule, "Örjan Prov")
        ?.days.get("2027-10-30")
        ?.map((block) => block.match.id),
    ).toEqual(["1"]);
  });

  it("has one row for somebody who is known by an id in one match and by the name alone in another", () => {
    const told = { name: "Örjan Prov", phone: "0700000001", role: "Huvuddomare" };
    const schedule = scheduleOf(
      [
        view("1", "2027-10-30T08:00:00.000Z", { officials: [anOfficial({ ...told, personId: "1" })] }),
        view("2", "2027-10-30T11:00:00.000Z", { officials: [anOfficial({ name: "örjan  prov" })] }),
      ],
      week,
      "referee",
    );
    expect(schedule.rows).toHaveLength(1);
    expect(blocksOf(schedule).map(({ match: { id }, official }) => [id, official?.name])).toEqual([
      ["1", "Örjan Prov"],
      ["2", "örjan  prov"],
    ]);
  });

  it("leaves out what is gone or declined, and what has no kick-off", () => {
    const at = instantOf(0);
    const matches = [
      view("1", "2027-10-30T08:00:00.000Z", { goneAt: at }),
      view("2", "2027-10-30T08:00:00.000Z", { declinedAt: at }),
      view("3", null),
    ];
    expect(scheduleOf(matches, week, "venue")).toMatchObject({ rows: [], matches: 0 });
  });

  const someMatch = fc.record({
    kickoff: fc.option(fc.integer({ min: Date.parse("2027-10-24"), max: Date.parse("2027-11-02") }), { nil: null }),
    venue: fc.constantFrom(null, "Heden", "Ullevi"),
    status: fc.constantFrom(...matchStatuses),
    openPlaces: fc.constantFrom<readonly string[]>([], ["Domare"]),
    officials: fc.uniqueArray(fc.constantFrom("Anna", "Bo", "Cecilia", "anna"), { maxLength: 3 }),
    playingTime: fc.option(
      fc.record({ halves: fc.integer({ min: 1, max: 4 }), halfMinutes: fc.nat(60), pauseMinutes: fc.constant(null) }),
      { nil: null },
    ),
    declined: fc.boolean(),
  });

  it("places every match of these days exactly once, and none over another", () => {
    fc.assert(
      fc.property(fc.array(someMatch, { maxLength: 30 }), fc.constantFrom(...sides), (some, side) => {
        const matches = some
          .toSorted((a, b) => (a.kickoff ?? Number.POSITIVE_INFINITY) - (b.kickoff ?? Number.POSITIVE_INFINITY))
          .map(({ kickoff, officials, declined, ...rest }, index) =>
            view(String(index), kickoff === null ? null : instantOf(kickoff), {
              ...rest,
              officials: officials.map((name) => anOfficial({ name })),
              declinedAt: declined ? instantOf(0) : null,
            }),
          );
        const schedule = scheduleOf(matches, week, side);
        const expected = matches.filter(({ kickoff, declinedAt }) => {
          if (kickoff === null || declinedAt !== null) return false;
          const day = stockholmDay(kickoff);
          return day >= week.from && day < week.until;
        });
        const drawn = blocksOf(schedule).map((block) => block.match.id);
        expect(new Set(drawn)).toEqual(new Set(expected.map(({ id }) => id)));
        if (side === "venue") expect(drawn).toHaveLength(expected.length);
        // However a name is written, it is one person's.
        for (const { officials, id } of side === "referee" ? expected : [])
          expect(
            blocksOf(schedule)
              .filter(({ match, official }) => match.id === id && official !== null)
              .map(({ official }) => official?.name.toLowerCase())
              .sort(),
          ).toEqual([...new Set(officials.map(({ name }) => name.toLowerCase()))].sort());
        const rowNames = schedule.rows.map(({ subject }) =>
          "name" in subject ? subject.name.toLowerCase() : subject.kind,
        );
        expect(new Set(rowNames).size).toBe(rowNames.length);
        for (const { lanes, days } of schedule.rows)
          for (const [day, blocks] of days) {
            const hours = schedule.days.find((one) => one.day === day);
            for (const [index, block] of blocks.entries()) {
              expect(block.lane).toBeLessThan(lanes);
              expect(block.from).toBeGreaterThanOrEqual((hours?.from ?? Number.NaN) * 60);
              expect(block.until).toBeLessThanOrEqual((hours?.until ?? Number.NaN) * 60);
              for (const other of blocks.slice(index + 1))
                expect(other.lane === block.lane && other.from < block.until && block.from < other.until).toBe(false);
            }
          }
      }),
    );
  });
});
