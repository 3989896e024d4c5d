import { Temporal } from "temporal-polyfill";
import { type Instant, instantOf } from "../../shared/instant.ts";

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
const offsetSpans: readonly OffsetSpan[] = (() => {
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
})();

const offsetAt = (wall: number): number => {
  const date = new Date(wall);
  const year = date.getUTCFullYear();
  if (year >= firstYear && year <= lastYear) {
    const span = offsetSpans.findLast(({ from }) => from <= wall);
    if (span !== undefined) return span.offset;
  }
  const zoned = Temporal.PlainDateTime.from(date.toISOString().slice(0, -1)).toZonedDateTime(zone);
  return wall - zoned.epochMilliseconds;
};

/** No match was or will be played outside these years; what says so is a mistake. */
const firstPlausible = 1900;
const lastPlausible = 2199;
const implausible = `a year outside ${firstPlausible} to ${lastPlausible}`;
const isPlausible = (year: number): boolean => year >= firstPlausible && year <= lastPlausible;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
const dateExists = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const timePattern = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;

/** A number that was read, or the reason why it could not be. */
type Reading = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly reason: string };
const read = (value: number): Reading => ({ ok: true, value });
const unread = (reason: string): Reading => ({ ok: false, reason });

/** `YYYY-MM-DD` as that day's midnight on a clock without zones, in milliseconds. */
export const readDate = (text: string): Reading => {
  const match = datePattern.exec(text);
  if (match === null) return unread("expected a date as YYYY-MM-DD");
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (!isPlausible(year)) return unread(implausible);
  return dateExists(year, month, day) ? read(Date.UTC(year, month - 1, day)) : unread("this date does not exist");
};

export const isTimeOfDay = (text: string): boolean => timePattern.test(text);

/** `HH:MM` or `HH:MM:SS` as milliseconds since midnight. */
export const readTime = (text: string): Reading => {
  const match = timePattern.exec(text);
  if (match === null) return unread("expected a time as HH:MM");
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return unread("this time of day does not exist");
  return read(((hour * 60 + minute) * 60 + second) * 1000);
};

/** The instant of a time on Stockholm's wall clock, as read by `readDate` plus `readTime`. */
export const stockholmInstant = (wall: number): Instant => instantOf(wall - offsetAt(wall));

/** `/Date(1809615600000)/`: .NET's way to write an instant; an offset that some servers append does not move it. */
const dotNetPattern = /^\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\/$/;
/** Year 1 is .NET's way to say that a time was never set; its zone may have moved it some hours. */
const neverSet = -62_135_596_800_000;
const oneDay = 86_400_000;

type Moment = { readonly ok: true; readonly at: Instant | null } | { readonly ok: false; readonly reason: string };

/** `at` is null when the time was never set. */
export const readDotNetInstant = (text: string): Moment => {
  const match = dotNetPattern.exec(text);
  if (match === null) return { ok: false, reason: "expected /Date(milliseconds)/" };
  const milliseconds = Number(match[1]);
  if (Math.abs(milliseconds - neverSet) <= oneDay) return { ok: true, at: null };
  const date = new Date(milliseconds);
  return isPlausible(date.getUTCFullYear())
    ? { ok: true, at: instantOf(milliseconds) }
    : { ok: false, reason: implausible };
};

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):?(\d{2}))?$/i;

/**
 * The publishers' own timestamps: ISO 8601, to the microsecond. One without a zone is read as UTC, the clock of the
 * containers the publishers run in; should that be hours too late, the clamp to the time of receipt mends it.
 * null: cannot be read.
 */
export const readInstant = (text: string): Instant | null => {
  const match = isoPattern.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  if (!isPlausible(year) || !dateExists(year, month, day) || hour > 23 || minute > 59 || second > 59) return null;
  const fraction = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const offset = (match[8] === "-" ? -1 : 1) * (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * 60_000;
  return instantOf(Date.UTC(year, month - 1, day, hour, minute, second, fraction) - offset);
};

const wallClockOf = (at: Instant): Temporal.PlainDateTime =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime();

/** Whether two instants look the same on Stockholm's clock: equal, or an hour apart in the hour that exists twice. */
export const sameWallClock = (one: Instant, other: Instant): boolean =>
  one === other || wallClockOf(one).equals(wallClockOf(other));
