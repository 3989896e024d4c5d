import { expect, test } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import { isSuspicious, type Removal } from "./removal-guard.ts";

const now = instant("2027-05-01T00:00:00.000Z");
const soon = instant("2027-05-06T15:00:00.000Z");

const gone = (many: number, start = soon): readonly Removal[] =>
  Array.from({ length: many }, () => ({ reason: "gone", start }));
const lost = (many: number): readonly Removal[] =>
  Array.from({ length: many }, () => ({ reason: "no-kickoff", start: soon }));

test.each([
  { name: "a fifth of the coming events", removals: gone(4), coming: 20, suspicious: false },
  { name: "more than a fifth", removals: gone(5), coming: 20, suspicious: true },
  { name: "ten of many", removals: gone(10), coming: 1000, suspicious: false },
  { name: "eleven of many", removals: gone(11), coming: 1000, suspicious: true },
  { name: "one of few", removals: gone(1), coming: 3, suspicious: false },
  { name: "the only event", removals: gone(1), coming: 1, suspicious: false },
  { name: "two of few", removals: gone(2), coming: 3, suspicious: true },
  { name: "the few that lost their kick-off", removals: lost(3), coming: 3, suspicious: false },
  { name: "eleven that lost their kick-off", removals: lost(11), coming: 1000, suspicious: true },
  {
    name: "what has been played",
    removals: gone(3, instant("2027-04-30T15:00:00.000Z")),
    coming: 3,
    suspicious: false,
  },
  { name: "nothing", removals: [], coming: 0, suspicious: false },
])("$name: suspicious is $suspicious", ({ removals, coming, suspicious }) => {
  expect(isSuspicious({ removals, coming, now })).toBe(suspicious);
});
