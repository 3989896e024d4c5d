import { dayAfter } from "../../../shared/text/format.ts";
import { daySchema, weekOf } from "../../parts/days.ts";
import type { Draft } from "./entry.ts";

/** What a match on one line says; what it does not say is not here. */
export type Line = Partial<Pick<Draft, "home" | "away" | "day" | "time" | "venue">>;

const versus = /\s+(?:[-–—]|mot|vs\.?|v)\s+/i;

/** The days of the week from Monday on, and the months: in both languages, whole and cut short. */
const named = (count: number, of: Intl.DateTimeFormatOptions, at: (index: number) => number) => {
  const words = new Map<string, number>();
  for (const locale of ["sv", "en"])
    for (const style of ["short", "long"] as const) {
      const format = new Intl.DateTimeFormat(locale, { ...of, [Object.keys(of)[0] ?? ""]: style, timeZone: "UTC" });
      for (let index = 0; index < count; index += 1)
        words.set(format.format(at(index)).toLowerCase().replace(/\.$/, ""), index);
    }
  return words;
};
// 2024 began on a Monday.
const weekdays = named(7, { weekday: "long" }, (index) => Date.UTC(2024, 0, 1 + index));
const months = named(12, { month: "long" }, (index) => Date.UTC(2024, index, 15));
const nearDays: ReadonlyMap<string, number> = new Map([
  ["idag", 0],
  ["i dag", 0],
  ["today", 0],
  ["imorgon", 1],
  ["i morgon", 1],
  ["tomorrow", 1],
]);

const anyOf = (words: ReadonlyMap<string, number>): string =>
  [...words.keys()].toSorted((a, b) => b.length - a.length).join("|");
const alone = (pattern: string): RegExp => new RegExp(`(?<![\\p{L}\\d])(?:${pattern})(?![\\p{L}\\d])`, "iu");

type Found = { readonly from: number; readonly until: number };
type FoundDay = Found & { readonly day: string };

const padded = (value: number): string => String(value).padStart(2, "0");

const isDay = (day: string): boolean => daySchema.safeParse(day).success;

/** This year, or the next one where it has been. */
const onDate = (date: number, month: number, today: string): string | null => {
  const year = Number(today.slice(0, 4));
  const days = [year, year + 1].map((each) => `${each}-${padded(month)}-${padded(date)}`);
  return days.find((day) => day >= today && isDay(day)) ?? null;
};

type Reader = { readonly pattern: RegExp; readonly dayOf: (found: RegExpExecArray, today: string) => string | null };

const readers: readonly Reader[] = [
  { pattern: /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/, dayOf: ([day]) => (isDay(day) ? day : null) },
  {
    pattern: alone(`(?<date>\\d{1,2})\\.?\\s+(?<month>${anyOf(months)})`),
    dayOf: ({ groups }, today) =>
      onDate(Number(groups?.date), 1 + (months.get(groups?.month?.toLowerCase() ?? "") ?? -1), today),
  },
  {
    pattern: /(?<![\d/])(?<date>\d{1,2})\/(?<month>\d{1,2})(?![\d/])/,
    dayOf: ({ groups }, today) => onDate(Number(groups?.date), Number(groups?.month), today),
  },
  {
    pattern: alone(anyOf(nearDays)),
    dayOf: ([word], today) => dayAfter(today, nearDays.get(word.toLowerCase()) ?? 0),
  },
  {
    pattern: alone(anyOf(weekdays)),
    dayOf: ([word], today) => {
      const day = dayAfter(weekOf(today).from, weekdays.get(word.toLowerCase()) ?? 0);
      return day < today ? dayAfter(day, 7) : day;
    },
  },
];

const findDay = (text: string, today: string): FoundDay | null => {
  const found = readers.flatMap(({ pattern, dayOf }): readonly FoundDay[] => {
    const match = pattern.exec(text);
    const day = match === null ? null : dayOf(match, today);
    return match === null || day === null ? [] : [{ day, from: match.index, until: match.index + match[0].length }];
  });
  // A date says more than the weekday that stands before it.
  return found[0] ?? null;
};

const clock = /(?<![\d/-])(?:(?:kl\.?|at)\s*)?(?<hours>\d{1,2})[:.](?<minutes>\d{2})(?![\d/-])/i;
const hour = /(?<![\d/-])(?:kl\.?|at)\s*(?<hours>\d{1,2})(?![\d/:.-])/i;
/** A number alone is an hour where a day stands before it. */
const afterDay = /^[\s,]*(?<hours>\d{1,2})(?![\d/:.-])/;

const findTime = (text: string, day: FoundDay | null): (Found & { readonly time: string }) | null => {
  const begin = day?.until ?? 0;
  const match = clock.exec(text) ?? hour.exec(text);
  const rest = match === null && day !== null ? afterDay.exec(text.slice(begin)) : null;
  const found = match ?? rest;
  if (found === null) return null;
  const { hours = "", minutes = "00" } = found.groups ?? {};
  const from = found.index + (match === null ? begin : 0);
  return { time: `${padded(Number(hours))}:${minutes}`, from, until: from + found[0].length };
};

const trimmed = (text: string): string => text.replace(/^[\s,;]+(?:(?:på|at)\s+)?|[\s,;]+$/gi, "");

/** Weekdays that stand beside a date say nothing more. */
const withoutDays = (text: string): string => trimmed(text.replace(alone(anyOf(weekdays)), ""));

/**
 * A match as one would note it: "Hemma IF – Borta BK, lör 15, Heden". Day and time may stand in any order after the teams, the
 * venue after them.
 */
export const readLine = (typed: string, today: string): Line => {
  const [home = "", ...others] = typed.split(versus);
  const rest = others.join(" – ");
  if (trimmed(rest) === "") return trimmed(home) === "" ? {} : { home: trimmed(home) };
  const day = findDay(rest, today);
  const time = findTime(rest, day);
  const found = [day, time].filter((one) => one !== null);
  const begin = Math.min(rest.length, ...found.map(({ from }) => from));
  const end = found.length === 0 ? rest.length : Math.max(...found.map(({ until }) => until));
  const [away = "", ...places] = (found.length === 0 ? rest : rest.slice(0, begin)).split(/[,;]/);
  const venue = trimmed(found.length === 0 ? places.join(",") : rest.slice(end));
  return {
    home: trimmed(home),
    away: day === null ? trimmed(away) : withoutDays(away),
    ...(day !== null && { day: day.day }),
    ...(time !== null && { time: time.time }),
    ...(venue !== "" && { venue }),
  };
};
