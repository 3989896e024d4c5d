import { describe, expect, it } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import { match } from "../samples.ts";
import { nextKickoff, snoozeTimes } from "./snooze.ts";

const at = (text: string): number => Date.parse(text);

describe("how long an alert may be snoozed", () => {
  it("is an hour, or until seven tomorrow by Stockholm's clock", () => {
    expect(snoozeTimes(at("2027-05-08T12:00:00.000Z"))).toEqual({
      hour: "2027-05-08T13:00:00.000Z",
      tomorrow: "2027-05-09T05:00:00.000Z",
    });
  });

  it("knows that it is already tomorrow in Stockholm, and that nights differ in length", () => {
    expect(snoozeTimes(at("2027-05-08T22:30:00.000Z")).tomorrow).toBe("2027-05-10T05:00:00.000Z");
    expect(snoozeTimes(at("2027-03-27T12:00:00.000Z")).tomorrow).toBe("2027-03-28T05:00:00.000Z");
    expect(snoozeTimes(at("2027-10-30T12:00:00.000Z")).tomorrow).toBe("2027-10-31T06:00:00.000Z");
  });
});

describe("the next kick-off", () => {
  const now = at("2027-05-08T12:00:00.000Z");

  it("is the first that is still ahead and to be played", () => {
    const cancelled = { ...match("2", "2027-05-08T13:00:00.000Z"), status: "cancelled" } as const;
    const gone = { ...match("3", "2027-05-08T14:00:00.000Z"), goneAt: instant("2027-05-08T11:00:00.000Z") };
    const matches = [match("1", "2027-05-08T12:00:30.000Z"), cancelled, gone, match("4", "2027-05-08T15:00:00.000Z")];
    expect(nextKickoff(matches, now)).toBe(instant("2027-05-08T15:00:00.000Z"));
    expect(nextKickoff(matches.slice(0, 3), now)).toBeNull();
    expect(nextKickoff([match("1", null)], now)).toBeNull();
  });
});
