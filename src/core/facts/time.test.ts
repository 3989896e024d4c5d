import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { growth, linearGrowth } from "../../shared/testing/growth.ts";
import { readDate, readInstant, readTime, readWhen, stockholmInstant } from "./time.ts";

/** Time of the processor: that others use it too makes no difference. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const wall = (date: string, time: string): string => {
  const [day, clock] = [readDate(date), readTime(time)];
  if (!day.ok || !clock.ok) throw new Error("not a date and a time");
  return stockholmInstant(day.value + clock.value);
};

describe("Stockholm's wall clock", () => {
  it.for([
    ["summer", "2027-05-06", "17:00", "2027-05-06T15:00:00.000Z"],
    ["winter", "2027-02-06", "17:00", "2027-02-06T16:00:00.000Z"],
    ["before the hour that does not exist", "2027-03-28", "01:59", "2027-03-28T00:59:00.000Z"],
    ["in it: an hour on", "2027-03-28", "02:00", "2027-03-28T01:00:00.000Z"],
    ["in it still", "2027-03-28", "02:59", "2027-03-28T01:59:00.000Z"],
    ["after it", "2027-03-28", "03:00", "2027-03-28T01:00:00.000Z"],
    ["before the hour that exists twice", "2027-10-31", "01:59", "2027-10-30T23:59:00.000Z"],
    ["in it: the first", "2027-10-31", "02:00", "2027-10-31T00:00:00.000Z"],
    ["in it still", "2027-10-31", "02:59", "2027-10-31T00:59:00.000Z"],
    ["after it", "2027-10-31", "03:00", "2027-10-31T02:00:00.000Z"],
    ["the first of the table", "2024-01-01", "00:00", "2023-12-31T23:00:00.000Z"],
    ["before the table", "1994-06-13", "19:00", "1994-06-13T17:00:00.000Z"],
    ["when the clock was changed in September", "1990-09-30", "02:30", "1990-09-30T00:30:00.000Z"],
    ["after the table", "2100-07-01", "12:00", "2100-07-01T10:00:00.000Z"],
  ] as const)("%s", ([, date, time, instant]) => {
    expect(wall(date, time)).toBe(instant);
  });

  it("agrees with Temporal at any time, more so around the changes", () => {
    const dayOf = fc.oneof(
      fc.date({ min: new Date("1971-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }),
      fc.integer({ min: 2020, max: 2060 }).chain((year) =>
        fc
          .record({
            month: fc.constantFrom(2, 9),
            day: fc.integer({ min: 24, max: 31 }),
            hour: fc.integer({ min: 0, max: 4 }),
          })
          .map(({ month, day, hour }) => new Date(Date.UTC(year, month, day, hour))),
      ),
    );
    fc.assert(
      fc.property(dayOf, fc.integer({ min: 0, max: 59 }), (day, minute) => {
        const text = `${day.toISOString().slice(0, 13)}:${String(minute).padStart(2, "0")}`;
        const expected = Temporal.PlainDateTime.from(text).toZonedDateTime("Europe/Stockholm");
        expect(wall(text.slice(0, 10), text.slice(11))).toBe(new Date(expected.epochMilliseconds).toISOString());
      }),
      { numRuns: 2000 },
    );
  });
});

describe("dates and times that do not exist", () => {
  it.for(["2027-02-29", "2027-02-30", "2027-00-10", "2027-13-01", "2027-04-31", "2027-05-00", "2100-02-29"])(
    "%s",
    (date) => {
      expect(readDate(date)).toEqual({ ok: false, reason: "this date does not exist" });
    },
  );
  it("but the leap days do", () => {
    expect(readDate("2028-02-29").ok).toBe(true);
    expect(readDate("2000-02-29").ok).toBe(true);
  });
  it.for(["24:00", "25:10", "12:60", "12:00:60"])("%s", (time) => {
    expect(readTime(time)).toEqual({ ok: false, reason: "this time of day does not exist" });
  });
  it.for(["", "17", "17:0", "17:00:0", "-1:00", "١٧:٠٠", "17:00Z"])("what is no time at all: %s", (time) => {
    expect(readTime(time)).toEqual({ ok: false, reason: "expected a time as HH:MM" });
  });
});

describe("a moment, in whichever form", () => {
  const exact = (at: string) => ({ kind: "instant", at });
  it.for([
    ["/Date(1809615600000)/", exact("2027-05-06T15:00:00.000Z")],
    ["/Date(1809615600000+0200)/", exact("2027-05-06T15:00:00.000Z")],
    [String.raw`\/Date(1809615600000)\/`, exact("2027-05-06T15:00:00.000Z")],
    ["1809615600000", exact("2027-05-06T15:00:00.000Z")],
    ["/Date(31536000000)/", exact("1971-01-01T00:00:00.000Z")],
    ["2027-05-06T15:00:00Z", exact("2027-05-06T15:00:00.000Z")],
    ["2027-05-06T17:00:00+02:00", exact("2027-05-06T15:00:00.000Z")],
    ["2027-05-06T17:00:00,5+02", exact("2027-05-06T15:00:00.500Z")],
    ["0001-01-01T00:00:00", { kind: "never" }],
    ["20270506", { kind: "wall", day: Date.UTC(2027, 4, 6), clock: undefined }],
    ["20270506T170000+0200", exact("2027-05-06T15:00:00.000Z")],
    ["20270506T150000.000Z", exact("2027-05-06T15:00:00.000Z")],
    ["20270506T1700", { kind: "wall", day: Date.UTC(2027, 4, 6), clock: 17 * 3_600_000 }],
    ["/Date(-62135596800000)/", { kind: "never" }],
    ["/Date(-62135600400000)/", { kind: "never" }],
    ["2027-05-06T17:00:00", { kind: "wall", day: Date.UTC(2027, 4, 6), clock: 17 * 3_600_000 }],
    ["2027-05-06", { kind: "wall", day: Date.UTC(2027, 4, 6), clock: undefined }],
    ["17:00", { kind: "wall", day: undefined, clock: 17 * 3_600_000 }],
  ] as const)("%s", ([text, when]) => {
    expect(readWhen(text)).toEqual(when);
  });

  it.for(["/Date()/", "Date(5)", "/Date(5)/x", "/Date(1e3)/", "/Date(99999999999999999)/", "see list", "", "17"])(
    "not %s",
    (text) => {
      expect(readWhen(text)).toEqual({
        kind: "unread",
        reason: "expected /Date(milliseconds)/, ISO 8601 or HH:MM",
      });
    },
  );

  it.for([
    ["/Date(8640000000000001)/", "a year outside 1971 to 2199"],
    ["2027-02-30T12:00", "this date does not exist"],
    ["20270230T1200", "this date does not exist"],
    ["2027-02-28T24:00", "this time of day does not exist"],
    ["25:00", "this time of day does not exist"],
    ["1899-12-30", "a year outside 1971 to 2199"],
    ["1900-01-01T00:00:00", "a year outside 1971 to 2199"],
    ["1970-01-01T01:00:00+01:00", "a year outside 1971 to 2199"],
    ["/Date(0)/", "a year outside 1971 to 2199"],
    ["/Date(-3600000)/", "a year outside 1971 to 2199"],
  ] as const)("%s is none", ([text, reason]) => {
    expect(readWhen(text)).toEqual({ kind: "unread", reason });
  });

  it("lends a date its day, and a time of day its clock", () => {
    expect(readDate("2027-05-06T00:00:00")).toEqual({ ok: true, value: Date.UTC(2027, 4, 6) });
    expect(readTime("1900-01-01T17:00:00")).toEqual({ ok: true, value: 17 * 3_600_000 });
    expect(readTime("17.00")).toEqual({ ok: true, value: 17 * 3_600_000 });
  });

  it.for(["1", "2027-05-06T17:00:00.", "20270506T170000.", "-", "(", " ", "/Date(", "\\/", ":"])(
    "takes time in proportion to the text: %j",
    (piece) => {
      const read = (text: string): unknown => [readWhen(text), readDate(text), readTime(text), readInstant(text)];
      const times = growth((length) => piece.repeat(length), read, cpuMs);
      expect(times).toBeLessThan(linearGrowth);
    },
  );
});

describe("a publisher's timestamp", () => {
  it("is read as any ISO 8601 writer writes it", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1971-01-02"), max: new Date("2199-12-30"), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString();
          expect(readInstant(text)).toBe(text);
          expect(readInstant(text.replace("Z", "+00:00"))).toBe(text);
          expect(readInstant(text.replaceAll(/[-:]/g, ""))).toBe(text);
          expect(readInstant(text.replace("T", " ").replace("Z", "999"))).toBe(text);
          expect(readInstant(new Date(date.getTime() + 19_800_000).toISOString().replace("Z", "+0530"))).toBe(text);
        },
      ),
    );
  });
  it.for([
    "",
    "now",
    "1764000000",
    "2026-11-24",
    "2026-11-24T25:00:00Z",
    "2026-02-29T10:00:00Z",
    "0001-01-01T00:00:00Z",
  ])("not %s", (text) => {
    expect(readInstant(text)).toBeNull();
  });
});
