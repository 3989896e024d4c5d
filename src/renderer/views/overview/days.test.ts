import { describe, expect, it } from "vitest";
import { instant } from "../../../shared/testing/instant.ts";
import { match } from "../../samples.ts";
import { byDay } from "./days.ts";

describe("byDay", () => {
  it("groups by the day in Stockholm, not by the one in UTC", () => {
    const matches = [
      match("1", "2027-05-07T21:59:00.000Z"),
      match("2", "2027-05-07T22:00:00.000Z"),
      match("3", "2027-05-08T21:59:00.000Z"),
      match("4", "2027-05-08T22:00:00.000Z"),
      match("5", null),
    ];
    const days = byDay(matches, "2027-05-08", "2027-05-09");
    expect(days.map((day) => [day.day, day.matches.map(({ id }) => id)])).toEqual([["2027-05-08", ["2", "3"]]]);
  });

  it("leaves out matches that are no longer in the list", () => {
    const gone = { ...match("1", "2027-05-08T12:00:00.000Z"), goneAt: instant("2027-05-08T10:00:00.000Z") };
    expect(byDay([gone], "2027-05-08", "2027-05-15")).toEqual([]);
  });
});
