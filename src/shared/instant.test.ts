import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOf, instantSchema, storedInstant } from "./instant.ts";

const moments = fc.integer({ min: Date.parse("0001-01-02T00:00:00Z"), max: Date.parse("9999-12-30T00:00:00Z") });
const minute = 60_000;

/** Some of the ways in which ISO 8601 writes one moment. */
const written = (ms: number, offsetMinutes: number): readonly string[] => {
  const utc = new Date(ms).toISOString();
  const wall = new Date(ms + offsetMinutes * minute).toISOString().slice(0, -1);
  const two = (value: number): string => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  return [utc, utc.replace("Z", "999Z"), `${wall}${offsetMinutes < 0 ? "-" : "+"}${two(hours)}:${two(minutes)}`];
};

describe("an instant", () => {
  it("has one form, whichever way it is written", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -14 * 60, max: 14 * 60 }), (ms, offset) => {
        for (const text of written(ms, offset)) expect(instantSchema.parse(text)).toBe(instantOf(ms));
      }),
    );
    expect(instantSchema.parse("2027-05-06T15:00:00Z")).toBe("2027-05-06T15:00:00.000Z");
  });

  it("sorts as text", () => {
    fc.assert(
      fc.property(moments, moments, (one, other) => {
        expect(instantOf(one) < instantOf(other)).toBe(one < other);
      }),
    );
  });

  it.each(["", "2027-05-06", "2027-02-30T15:00:00Z", "2027-05-06T15:00:00", "0000-01-01T00:00:00+01:00"])(
    "is not %j",
    (text) => {
      expect(instantSchema.safeParse(text).success).toBe(false);
      expect(storedInstant(text)).toBeNull();
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Date.UTC(10_000, 0), Date.UTC(-1, 0)])("is none at %d ms", (ms) => {
    expect(() => instantOf(ms)).toThrow(RangeError);
  });
});
