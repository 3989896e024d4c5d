import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import { tzlib_get_ical_block } from "timezones-ical-library";
import { stockholmInstant } from "../../../../core/facts/time.ts";
import { type Instant, instantOf } from "../../../../shared/instant.ts";

/** Matches are played by Stockholm's clock, and calendars show and move them by it. */
export const zoneName = "Europe/Stockholm";

/** The VTIMEZONE block, lines ended by CRLF. The time zone database knows Stockholm as another name of Berlin. */
export const zoneBlock = (): string =>
  [tzlib_get_ical_block(zoneName)]
    .flat()
    .slice(0, 1)
    .map((block) => block.trim().replace(/^(TZID|X-LIC-LOCATION):.*$/gm, `$1:${zoneName}`))
    .join("");

type WallClock = Pick<ICAL.Time, "year" | "month" | "day" | "hour" | "minute" | "second">;

const wallMs = ({ year, month, day, hour, minute, second }: WallClock): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);

/**
 * Stockholm's clock at that instant; null in the second of the two equal hours in October: RFC 5545 (3.3.5) takes such a
 * time for the first of them, so that hour can only be written in UTC.
 */
export const stockholmTime = (at: Instant): Temporal.ZonedDateTime | null => {
  const zoned = Temporal.Instant.from(at).toZonedDateTimeISO(zoneName);
  return Date.parse(stockholmInstant(wallMs(zoned))) === Math.floor(Date.parse(at) / 1000) * 1000 ? zoned : null;
};

const isFloating = ({ zone }: ICAL.Time): boolean => zone === ICAL.Timezone.localTimezone;

/** Zones of the database by their names; other names mean what the VTIMEZONE beside the event says. */
const inNamedZone = (time: ICAL.Time, name: string): Instant => {
  try {
    const { year, month, day, hour, minute, second } = time;
    const zoned = Temporal.ZonedDateTime.from({ year, month, day, hour, minute, second, timeZone: name });
    return instantOf(zoned.epochMilliseconds);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return isFloating(time) ? stockholmInstant(wallMs(time)) : instantOf(time.toJSDate().getTime());
  }
};

/** A DTSTART or DTEND as an instant; null for none and for a whole day. A time in no zone is Stockholm's. */
export const readMoment = (property: ICAL.Property | null): Instant | null => {
  const time = property?.getFirstValue();
  if (!(time instanceof ICAL.Time) || time.isDate) return null;
  if (time.zone === ICAL.Timezone.utcTimezone) return instantOf(wallMs(time));
  const name = property?.getFirstParameter("tzid") ?? zoneName;
  return name === zoneName ? stockholmInstant(wallMs(time)) : inNamedZone(time, name);
};
