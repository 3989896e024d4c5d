import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import { dayAfter } from "../../shared/text/format.ts";
import { openState } from "../apply.ts";
import { match, snapshot } from "../samples.ts";
import { daysOf, kicksOffIn, rangeOf, type Span, stepped, weekNumber, weekOf } from "./days.ts";

// A Thursday in week 18.
const today = "2027-05-06";

const anyDay = fc.integer({ min: 0, max: 20_000 }).map((days) => dayAfter("2000-01-01", days));

describe("weekOf", () => {
  it("goes from Monday to Sunday, over the end of a year too", () => {
    expect(weekOf("2027-05-03")).toEqual({ from: "2027-05-03", until: "2027-05-10" });
    expect(weekOf("2027-05-09")).toEqual({ from: "2027-05-03", until: "2027-05-10" });
    expect(weekOf("2027-01-01")).toEqual({ from: "2026-12-28", until: "2027-01-04" });
  });
});

describe("weekNumber", () => {
  it.each([
    ["2027-05-06", 18],
    ["2026-12-31", 53],
    ["2027-01-03", 53],
    ["2027-01-04", 1],
    ["2024-12-30", 1],
    ["2026-11-29", 48],
  ])("of %s is %i", (day, week) => expect(weekNumber(day)).toBe(week));

  it("is one more a week later, or begins anew", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const next = weekNumber(dayAfter(day, 7));
        return next === weekNumber(day) + 1 || next === 1;
      }),
    );
  });
});

describe("rangeOf", () => {
  it.each<[Span, string, string]>([
    [{ kind: "day", day: null }, "2027-05-06", "2027-05-07"],
    [{ kind: "weekend", day: null }, "2027-05-08", "2027-05-10"],
    [{ kind: "weekend", day: "2027-05-16" }, "2027-05-15", "2027-05-17"],
    [{ kind: "week", day: null }, "2027-05-03", "2027-05-10"],
    [{ kind: "dates", from: "2027-05-06", to: "2027-05-20" }, "2027-05-06", "2027-05-21"],
    [{ kind: "dates", from: "2027-05-20", to: "2027-05-06" }, "2027-05-06", "2027-05-21"],
  ])("of %j", (span, from, until) => expect(rangeOf(span, today)).toEqual({ from, until }));
});

describe("stepped", () => {
  it("goes on where the days before end, and comes back to those that follow the calendar", () => {
    const spans = fc.oneof(
      fc.record({ kind: fc.constantFrom("day" as const, "weekend" as const, "week" as const), day: fc.constant(null) }),
      fc.record({ kind: fc.constant("dates" as const), from: anyDay, to: anyDay }),
    );
    fc.assert(
      fc.property(spans, anyDay, (span, day) => {
        const range = rangeOf(span, day);
        const next = stepped(span, 1, day);
        const gap = span.kind === "weekend" ? 5 : 0;
        expect(rangeOf(next, day).from).toBe(dayAfter(range.until, gap));
        expect(rangeOf(stepped(next, -1, day), day)).toEqual(range);
        if (span.kind !== "dates") expect(stepped(next, -1, day)).toEqual(span);
      }),
    );
  });
});

describe("days of matches", () => {
  const matches = [
    match("1", "2027-05-07T21:59:00.000Z"),
    match("2", "2027-05-07T22:00:00.000Z"),
    match("3", "2027-05-08T21:59:00.000Z"),
    match("4", "2027-05-08T22:00:00.000Z"),
    match("5", null),
  ];
  const saturday = rangeOf({ kind: "day", day: "2027-05-08" }, today);

  it("are those in Stockholm, not those in UTC", () => {
    const { byDay } = openState(snapshot(1, { matches })).index;
    expect(daysOf(byDay, saturday).map((day) => [day.day, day.matches.map(({ id }) => id)])).toEqual([
      ["2027-05-08", ["2", "3"]],
    ]);
    expect(matches.filter(kicksOffIn(saturday)).map(({ id }) => id)).toEqual(["2", "3"]);
  });

  it("leave out matches that are no longer in the list", () => {
    const gone = { ...match("1", "2027-05-08T12:00:00.000Z"), goneAt: instant("2027-05-08T10:00:00.000Z") };
    expect(daysOf(new Map([["2027-05-08", [gone]]]), saturday)).toEqual([]);
  });
});
