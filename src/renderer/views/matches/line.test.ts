import { expect, it } from "vitest";
import { readLine } from "./line.ts";

/** A Friday. */
const today = "2027-05-07";
const teams = { home: "Hemma IF", away: "Borta BK" };

it.each([
  ["Hemma IF – Borta BK, lör 15, Heden", { ...teams, day: "2027-05-08", time: "15:00", venue: "Heden" }],
  [
    "Hemma IF - Borta BK lördag 15.30 på Gamla Ullevi",
    { ...teams, day: "2027-05-08", time: "15:30", venue: "Gamla Ullevi" },
  ],
  ["Hemma IF mot Borta BK 18:30 i morgon", { ...teams, day: "2027-05-08", time: "18:30" }],
  ["Hemma IF vs Borta BK, Sat at 3.15, Heden", { ...teams, day: "2027-05-08", time: "03:15", venue: "Heden" }],
  ["Hemma IF – Borta BK ons 12 maj kl 19", { ...teams, day: "2027-05-12", time: "19:00" }],
  ["Hemma IF – Borta BK 12/5 19:00 Heden", { ...teams, day: "2027-05-12", time: "19:00", venue: "Heden" }],
  ["Hemma IF – Borta BK 2027-06-01 19:00", { ...teams, day: "2027-06-01", time: "19:00" }],
  // Today is one of the days to come; a date that has been is next year's.
  ["Hemma IF – Borta BK fre 19", { ...teams, day: "2027-05-07", time: "19:00" }],
  ["Hemma IF – Borta BK 1/5", { ...teams, day: "2028-05-01" }],
  ["Hemma IF – Borta BK, Heden", { ...teams, venue: "Heden" }],
  ["Hemma IF – Borta BK", teams],
  ["IFK 08 – P19 Borta BK", { home: "IFK 08", away: "P19 Borta BK" }],
  [
    "Fredriksbergs IF – Maja BK sön 10",
    { home: "Fredriksbergs IF", away: "Maja BK", day: "2027-05-09", time: "10:00" },
  ],
  ["Hemma IF – Borta BK 31/2", { ...teams, away: "Borta BK 31/2" }],
  ["Hemma IF", { home: "Hemma IF" }],
  ["", {}],
])("%s", (typed, said) => {
  expect(readLine(typed, today)).toEqual(said);
});
