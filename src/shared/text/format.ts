import { type Instant, instantOf } from "../instant.ts";
import { type Language, locales } from "../language.ts";
import { onDemand } from "../on-demand.ts";

/** Football in Sweden is played on Stockholm time, wherever the machine stands. */
const timeZone = "Europe/Stockholm";

const units = [
  { unit: "day", ms: 86_400_000 },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
  { unit: "second", ms: 1000 },
] as const;

const dayOf = onDemand(
  () => new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }),
);

/** The calendar day in Stockholm, as `2027-05-08`. */
export const stockholmDay = (at: Instant | number): string => dayOf().format(new Date(at));

/** The day that lies `days` after another, both as `2027-05-08`. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const wallClock = onDemand(
  () => new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }),
);

/** What clocks in Stockholm show, as `07:00`. */
export const stockholmTime = (at: Instant): string => wallClock().format(new Date(at)).slice(-8, -3);

/** How many minutes after midnight clocks in Stockholm show. */
export const stockholmMinutes = (at: Instant): number => {
  const [hours = 0, minutes = 0] = stockholmTime(at).split(":").map(Number);
  return hours * 60 + minutes;
};

/** The moment at which clocks in Stockholm show this time on this day (`2027-05-08`, `07:00`). */
export const stockholmInstant = (day: string, time: string): Instant => {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const offset = Date.parse(`${wallClock().format(asUtc).replace(" ", "T")}Z`) - asUtc;
  const guess = asUtc - offset;
  const shown = Date.parse(`${wallClock().format(guess).replace(" ", "T")}Z`);
  return instantOf(guess + (asUtc - shown));
};

/** Dates, times and numbers in one language; always on Stockholm time. A date has its year where that is not `now`'s. */
export const formatFor = (language: Language, now: () => number = Date.now) => {
  const locale = locales[language];
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = onDemand(() => new Intl.DateTimeFormat(locale, { timeZone, ...options }));
    return (at: Instant | number): string => format().format(new Date(at));
  };
  const isOfYear = (at: Instant | number, reference: Instant | number): boolean =>
    stockholmDay(at).slice(0, 4) === stockholmDay(reference).slice(0, 4);
  const datesOfYears = (options: Intl.DateTimeFormatOptions) => {
    const [short, long] = [dates(options), dates({ ...options, year: "numeric" })];
    return (at: Instant | number, reference = now()): string => (isOfYear(at, reference) ? short(at) : long(at));
  };
  const numbers = (options: Intl.NumberFormatOptions) => {
    const format = onDemand(() => new Intl.NumberFormat(locale, options));
    return (value: number): string => format().format(value);
  };
  const unit = (name: string, maximumFractionDigits: number) =>
    numbers({ style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits });

  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const time = dates(clock);
  const seconds = dates({ ...clock, second: "2-digit" });
  const millis = dates({ ...clock, second: "2-digit", fractionalSecondDigits: 3 });
  const dayMonth = datesOfYears({ day: "numeric", month: "short" });
  const weekday = datesOfYears({ weekday: "long", day: "numeric", month: "long" });
  const shortWeekday = datesOfYears({ weekday: "short", day: "numeric", month: "short" });
  const rangesIn = (options: Intl.DateTimeFormatOptions) =>
    onDemand(() => new Intl.DateTimeFormat(locale, { timeZone, day: "numeric", month: "short", ...options }));
  const [ranges, rangesOfYears] = [rangesIn({}), rangesIn({ year: "numeric" })];
  const full = dates({ ...clock, second: "2-digit", day: "numeric", month: "long", year: "numeric" });
  const relative = onDemand(() => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));

  const number = numbers({ maximumFractionDigits: 0 });
  const decimal = numbers({ maximumFractionDigits: 1 });
  const percent = numbers({ style: "percent", maximumFractionDigits: 1 });
  const inUnit = {
    ms: unit("millisecond", 0),
    second: (value: number): string => `${decimal(value)} s`,
    minute: unit("minute", 0),
    hour: unit("hour", 0),
    day: unit("day", 0),
    byte: (value: number): string => `${number(value)} B`,
    kilobyte: unit("kilobyte", 1),
    megabyte: unit("megabyte", 1),
  };

  return {
    number,
    decimal,
    percent,
    /** 8 May */
    dayMonth,
    /** 15:00 */
    time,
    /** 15:00:07 */
    seconds,
    /** 15:00:07.123 */
    millis,
    /** Saturday 8 May */
    weekday,
    /** Sat 8 May */
    shortWeekday,
    /** 8–14 May, both days as `2027-05-08`. */
    days: (from: string, to: string): string => {
      const [first, last] = [Date.parse(`${from}T12:00Z`), Date.parse(`${to}T12:00Z`)];
      return (isOfYear(first, now()) && isOfYear(last, now()) ? ranges() : rangesOfYears()).formatRange(first, last);
    },
    /** 8 May 2027 at 15:00:07 */
    full,
    /** 8 May 15:00; with the year when it is another than now's. */
    dateTime: (at: Instant | number, now: number): string => `${dayMonth(at, now)} ${time(at)}`,
    /** Sat 8 May 15:00 */
    kickoff: (at: Instant | number): string => `${shortWeekday(at)} ${time(at)}`,
    /** 15:00 on the same day, otherwise 8 May 15:00. */
    moment: (at: Instant | number, now: number): string =>
      stockholmDay(at) === stockholmDay(now) ? time(at) : `${dayMonth(at, now)} ${time(at)}`,
    /** "3 minutes ago", "in 2 hours" */
    relative: (at: Instant | number, now: number): string => {
      const ms = new Date(at).getTime() - now;
      const { unit: name, ms: size } = units.find((each) => Math.abs(ms) >= each.ms) ?? units[3];
      return relative().format(Math.trunc(ms / size), name);
    },
    /** The largest two units that matter, without what is none: "350 ms", "4.2 s", "1 hr 20 min", "20 hr". */
    duration: (ms: number): string => {
      if (ms < 1000) return inUnit.ms(Math.max(0, ms));
      if (ms < 60_000) return inUnit.second(ms / 1000);
      const minutes = Math.floor(ms / 60_000);
      if (minutes < 60) return inUnit.minute(minutes);
      const hours = Math.floor(minutes / 60);
      const parts = [
        [Math.floor(hours / 24), inUnit.day],
        [hours % 24, inUnit.hour],
        // Beside days minutes do not matter.
        [hours < 24 ? minutes % 60 : 0, inUnit.minute],
      ] as const;
      return parts.flatMap(([value, said]) => (value === 0 ? [] : [said(value)])).join(" ");
    },
    bytes: (count: number): string => {
      if (count < 1000) return inUnit.byte(count);
      return count < 1_000_000 ? inUnit.kilobyte(count / 1000) : inUnit.megabyte(count / 1_000_000);
    },
  };
};

export type Format = ReturnType<typeof formatFor>;
