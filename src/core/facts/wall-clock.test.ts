import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { hourMs } from "../../shared/duration.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { instant } from "../../shared/testing/instant.ts";
import { sameWallClock } from "./wall-clock.ts";

test("two instants look the same in the hour that exists twice, and nowhere else", () => {
  expect(sameWallClock(instant("2027-10-31T00:30:00.000Z"), instant("2027-10-31T01:30:00.000Z"))).toBe(true);
  expect(sameWallClock(instant("2027-10-31T01:30:00.000Z"), instant("2027-10-31T02:30:00.000Z"))).toBe(false);
  expect(sameWallClock(instant("2027-05-06T15:00:00.000Z"), instant("2027-05-06T15:00:00.000Z"))).toBe(true);
  expect(sameWallClock(instant("2027-05-06T15:00:00.000Z"), instant("2027-05-06T16:00:00.000Z"))).toBe(false);
});

test("it agrees with Temporal, more so around the changes", () => {
  const shown = (at: Instant): Temporal.PlainDateTime =>
    Temporal.Instant.from(at).toZonedDateTimeISO("Europe/Stockholm").toPlainDateTime();
  const aroundChange = fc
    .record({
      year: fc.integer({ min: 1980, max: 2060 }),
      month: fc.constantFrom(2, 8, 9),
      day: fc.integer({ min: 24, max: 31 }),
      second: fc.integer({ min: 0, max: 4 * 3600 }),
    })
    .map(({ year, month, day, second }) => Date.UTC(year, month, day, 0, 0, second));
  const anyTime = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2199, 0) });
  const apart = fc.oneof(fc.constantFrom(0, 1, 1000, hourMs - 1, hourMs, hourMs + 1, 2 * hourMs), fc.nat(3 * hourMs));
  fc.assert(
    fc.property(fc.oneof(aroundChange, anyTime), apart, (at, ms) => {
      const [one, other] = [instantOf(at), instantOf(at + ms)];
      expect(sameWallClock(one, other)).toBe(shown(one).equals(shown(other)));
      expect(sameWallClock(other, one)).toBe(sameWallClock(one, other));
    }),
    { numRuns: 2000 },
  );
});
