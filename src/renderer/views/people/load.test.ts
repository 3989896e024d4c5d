import { describe, expect, it } from "vitest";
import type { MatchStatus } from "../../../shared/match.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { loadOf, weeksOf } from "./load.ts";

const appointment = (matchId: string, kickoff: string | null, status: MatchStatus = "scheduled", role = "Domare") => ({
  matchId,
  title: "Hemma – Borta",
  kickoff: kickoff === null ? null : instant(kickoff),
  venue: null,
  status,
  role,
  assignment: null,
  minutes: 105,
  from: null,
  told: null,
});

describe("loadOf", () => {
  // A Thursday.
  const today = "2027-05-06";
  const ids = (list: readonly { readonly matchId: string }[]) => list.map(({ matchId }) => matchId);

  it("counts the week by Stockholm's midnight, and the rest by what is over", () => {
    const load = loadOf(
      {
        matches: [
          appointment("sunday before", "2027-05-02T21:59:00.000Z", "completed"),
          appointment("monday", "2027-05-02T22:00:00.000Z", "completed", "AD1"),
          appointment("today", "2027-05-06T08:00:00.000Z"),
          appointment("sunday", "2027-05-09T21:59:00.000Z"),
          appointment("monday after", "2027-05-09T22:00:00.000Z", "cancelled"),
          appointment("no time yet", null),
        ],
      },
      today,
    );
    expect(ids(load.thisWeek)).toEqual(["monday", "today", "sunday"]);
    expect(ids(load.coming)).toEqual(["today", "sunday", "monday after", "no time yet"]);
    expect(ids(load.played)).toEqual(["monday", "sunday before"]);
    expect(load.roles).toEqual([
      { role: "Domare", matches: 4 },
      { role: "AD1", matches: 1 },
    ]);
  });
});

it("weeksOf adds up each week with matches: roles by place, time and way by match", () => {
  const way = { matchId: "1", km: 12.5, minutesBetween: 40 };
  const weeks = weeksOf({
    matches: [
      appointment("1", "2027-05-08T12:00:00.000Z"),
      { ...appointment("2", "2027-05-08T15:00:00.000Z"), from: way },
      { ...appointment("2", "2027-05-08T15:00:00.000Z", "scheduled", "Fjärdedomare"), from: way },
      appointment("3", "2027-05-08T17:00:00.000Z", "cancelled"),
      // Sunday night in Stockholm is Monday.
      appointment("4", "2027-05-09T22:30:00.000Z"),
      appointment("5", null),
    ],
  });
  expect(weeks).toEqual([
    {
      from: "2027-05-03",
      matchIds: ["1", "2"],
      roles: [
        { role: "Domare", matches: 2 },
        { role: "Fjärdedomare", matches: 1 },
      ],
      minutes: 210,
      km: 12.5,
    },
    { from: "2027-05-10", matchIds: ["4"], roles: [{ role: "Domare", matches: 1 }], minutes: 105, km: 0 },
  ]);
});
