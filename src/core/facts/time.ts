import { Temporal } from "temporal-polyfill";
import { dayMs } from "../../shared/duration.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { onDemand } from "../../shared/on-demand.ts";

/**
 * Reading the publishers' times. Swedish football lives on Stockholm's wall clock: of the hour that exists twice in
 * October the first is meant, and a time in the hour that does not exist in March moves on by that hour (what Temporal
 * calls "compatible").
 */

const zone = "Europe/Stockholm";

/** Offsets by wall clock: `offset` holds from the wall-clock time `from` on, until the next. Both in milliseconds. */
type OffsetSpan = { readonly from: number; readonly offset: number };

/** Temporal takes 8 µs to resolve one wall-clock time, this table less than 0.1 µs; years outside it ask Temporal. */
const firstYear = 2024;
const lastYear = 2045;
const offsetSpans = onDemand((): readonly OffsetSpan[] => {
  const spans: OffsetSpan[] = [];
  const start = Temporal.ZonedDateTime.from(`${firstYear}-01-01T00:00[${zone}]`);
  let before = start.offsetNanoseconds / 1e6;
  spans.push({ from: start.epochMilliseconds + before, offset: before });
  let next = start.getTimeZoneTransition("next");
  while (next !== null && next.year <= lastYear) {
    const after = next.offsetNanoseconds / 1e6;
    // Until here the offset before the change counts: in the gap it moves the time on, in the overlap it is the first.
    spans.push({ from: next.epochMilliseconds + Math.max(before, after), offset: after });
    before = after;
    next = next.getTimeZoneTransition("next");
  }
  return spans;
});

const offsetAt = (wall: number): number => {
  const date = new Date(wall);
  const year = date.getUTCFullYear();
  if (year >= firstYear && year <= lastYear) {
    const span = offsetSpans().findLast(({ from }) => from <= wall);
    if (span !== undefined) return span.offset;
  }
  const zoned = Temporal.PlainDateTime.from(date.toISOString().slice(0, -1)).toZonedDateTime(zone);
  return wall - zoned.epochMilliseconds;
};

/**
 * No match that anybody still speaks of was or will be played outside these years; what says so is a mistake. 1900 and
 * 1970 are where databases and clocks begin: programs that were never told a time say those.
 */
const firstPlausible = 1971;
const lastPlausible = 2199;
const implausible = `a year outside ${firstPlausible} to ${lastPlausible}`;
const isPlausible = (year: number): boolean => year >= firstPlausible && year <= lastPlausible;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
const dateExists = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);

/** A date, or a time of day, in milliseconds on a clock without zones; or the reason why it cannot be read. */
export type PartReading =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly reason: string };
const read = (value: number): PartReading => ({ ok: true, value });
const unread = (reason: string): PartReading => ({ ok: false, reason });

const datePattern = /^(\d{4})(-?)(\d{2})\2(\d{2})$/;
/** With a colon or, as in Swedish, a point. */
const timePattern = /^(\d{1,2})[:.](\d{2})(?::(\d{2})(?:\.\d{1,9})?)?$/;
const zonePattern = String.raw`(?:(Z)|([+-])(\d{2})(?::?(\d{2}))?)?$`;
const isoPattern = new RegExp(
  String.raw`^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?${zonePattern}`,
  "i",
);
/** What ISO 8601 calls the basic format, with the same groups: 20270506T1700. */
const basicPattern = new RegExp(
  String.raw`^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d{1,9}))?)?${zonePattern}`,
  "i",
);
const partsOfIso = (text: string): RegExpExecArray | null => isoPattern.exec(text) ?? basicPattern.exec(text);

const dateOf = (year: number, month: number, day: number): PartReading => {
  if (!isPlausible(year)) return unread(implausible);
  return dateExists(year, month, day) ? read(Date.UTC(year, month - 1, day)) : unread("this date does not exist");
};

const timeOf = (hour: number, minute: number, second: number): PartReading =>
  hour > 23 || minute > 59 || second > 59
    ? unread("this time of day does not exist")
    : read(((hour * 60 + minute) * 60 + second) * 1000);

/** `YYYY-MM-DD` as that day's midnight; the date of a whole moment is read too. */
export const readDate = (text: string): PartReading => {
  const [, year, , month, day] = datePattern.exec(text) ?? [];
  if (year !== undefined) return dateOf(Number(year), Number(month), Number(day));
  const whole = partsOfIso(text);
  return whole === null
    ? unread("expected a date as YYYY-MM-DD")
    : dateOf(Number(whole[1]), Number(whole[2]), Number(whole[3]));
};

/** `HH:MM` or `HH:MM:SS` since midnight; the time of day of a whole moment is read too. */
export const readTime = (text: string): PartReading => {
  const match = timePattern.exec(text);
  if (match !== null) return timeOf(Number(match[1]), Number(match[2]), Number(match[3] ?? 0));
  const whole = partsOfIso(text);
  if (whole !== null) return timeOf(Number(whole[4]), Number(whole[5]), Number(whole[6] ?? 0));
  return unread("expected a time as HH:MM");
};

/** The instant of a time on Stockholm's wall clock, as read by `readDate` plus `readTime`. */
export const stockholmInstant = (wall: number): Instant => instantOf(wall - offsetAt(wall));

/** A moment in ISO 8601. `zone`: how far its clock is ahead of UTC, in milliseconds; null when it has none. */
type IsoMoment = { readonly day: number; readonly clock: number; readonly zone: number | null };

type IsoReading = { readonly ok: true; readonly moment: IsoMoment } | { readonly ok: false; readonly reason: string };

/** null: it is something else. */
const readIso = (text: string): IsoReading | null => {
  const match = partsOfIso(text);
  if (match === null) return null;
  const day = dateOf(Number(match[1]), Number(match[2]), Number(match[3]));
  if (!day.ok) return day;
  const clock = timeOf(Number(match[4]), Number(match[5]), Number(match[6] ?? 0));
  if (!clock.ok) return clock;
  const fraction = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  return { ok: true, moment: { day: day.value, clock: clock.value + fraction, zone: zoneOf(match) } };
};

const zoneOf = (match: RegExpExecArray): number | null => {
  if (match[8] !== undefined) return 0;
  if (match[9] === undefined) return null;
  return (match[9] === "-" ? -1 : 1) * (Number(match[10]) * 60 + Number(match[11] ?? 0)) * 60_000;
};

/**
 * The publishers' own timestamps: ISO 8601, to the microsecond. One without a zone is read as UTC, the clock of the
 * containers the publishers run in; should that be hours too late, the clamp to the time of receipt mends it.
 * null: cannot be read.
 */
export const readInstant = (text: string): Instant | null => {
  const iso = readIso(text);
  if (!iso?.ok) return null;
  const { day, clock, zone } = iso.moment;
  return instantOf(day + clock - (zone ?? 0));
};

/** `/Date(1809615600000)/`: .NET's way to write an instant; an offset that some servers append does not move it. */
const dotNetPattern = /^\\?\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\\?\/$/;
const bareMilliseconds = /^\d{12,13}$/;
/** Year 1 is .NET's way to say that a time was never set; its zone may have moved it some hours. */
const neverSet = -62_135_596_800_000;

/** What a text tells of a moment. */
export type When =
  | { readonly kind: "instant"; readonly at: Instant }
  /** On a clock without zones, as read by `readDate` and `readTime`; one of the two may be missing. */
  | { readonly kind: "wall"; readonly day: number | undefined; readonly clock: number | undefined }
  /** It says of itself that it was never set. */
  | { readonly kind: "never" }
  | { readonly kind: "unread"; readonly reason: string };

/** Reads a moment in whichever form it comes: of .NET, in ISO 8601, or a date or a time of day alone. */
export const readWhen = (text: string): When => {
  const milliseconds = dotNetPattern.exec(text)?.[1] ?? bareMilliseconds.exec(text)?.[0];
  if (milliseconds !== undefined) return momentOf(Number(milliseconds));
  if (timePattern.test(text)) return partOf(readTime(text), "clock");
  if (datePattern.test(text)) return partOf(readDate(text), "day");
  // .NET writes this for the time that was never set, as it does year 1 in its own form.
  if (text.startsWith("0001-01-01T")) return { kind: "never" };
  const iso = readIso(text);
  if (iso === null) return { kind: "unread", reason: "expected /Date(milliseconds)/, ISO 8601 or HH:MM" };
  if (!iso.ok) return { kind: "unread", reason: iso.reason };
  const { day, clock, zone } = iso.moment;
  return zone === null ? { kind: "wall", day, clock } : { kind: "instant", at: instantOf(day + clock - zone) };
};

const momentOf = (milliseconds: number): When => {
  if (Math.abs(milliseconds - neverSet) <= dayMs) return { kind: "never" };
  return isPlausible(new Date(milliseconds).getUTCFullYear())
    ? { kind: "instant", at: instantOf(milliseconds) }
    : { kind: "unread", reason: implausible };
};

const partOf = (reading: PartReading, part: "day" | "clock"): When => {
  if (!reading.ok) return { kind: "unread", reason: reading.reason };
  const { value } = reading;
  return part === "day"
    ? { kind: "wall", day: value, clock: undefined }
    : { kind: "wall", day: undefined, clock: value };
};
