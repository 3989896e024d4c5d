import { z } from "zod";
import { dayMs } from "../../shared/duration.ts";
import type { Instant } from "../../shared/instant.ts";
import { isActive, type MatchView } from "../../shared/snapshot.ts";
import { dayAfter, stockholmInstant } from "../../shared/text/format.ts";

/** Days are those of Stockholm, as `2027-05-08`. */
export const daySchema = z.iso.date();

/** Which days are looked at. `day: null` is today's, so that what is remembered as this weekend is always this one. */
export const spanSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["day", "weekend", "week"]), day: daySchema.nullable() }).readonly(),
  /** Both of them too. */
  z.object({ kind: z.literal("dates"), from: daySchema, to: daySchema }).readonly(),
]);
export type Span = z.infer<typeof spanSchema>;

/** From a day up to but not including another. */
export type Range = { readonly from: string; readonly until: string };

const weekdayOf = (day: string): number => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;

/** Monday to Sunday, around a day. */
export const weekOf = (day: string): Range => {
  const from = dayAfter(day, -weekdayOf(day));
  return { from, until: dayAfter(from, 7) };
};

const daysBetween = ({ from, until }: Range): number => Math.round((Date.parse(until) - Date.parse(from)) / dayMs);

/** The week's number, as the calendars on Swedish walls have it: the first one is that of the first Thursday. */
export const weekNumber = (day: string): number => {
  const thursday = dayAfter(weekOf(day).from, 3);
  return 1 + Math.floor(daysBetween({ from: `${thursday.slice(0, 4)}-01-01`, until: thursday }) / 7);
};

export const rangeOf = (span: Span, today: string): Range => {
  if (span.kind === "dates") {
    const [from, to] = span.from <= span.to ? [span.from, span.to] : [span.to, span.from];
    return { from, until: dayAfter(to, 1) };
  }
  const day = span.day ?? today;
  const week = weekOf(day);
  switch (span.kind) {
    case "day":
      return { from: day, until: dayAfter(day, 1) };
    case "weekend":
      return { from: dayAfter(week.from, 5), until: week.until };
    case "week":
      return week;
  }
};

/** The same kind of days further on or back; once more at today's they follow the calendar again. */
export const stepped = (span: Span, by: 1 | -1, today: string): Span => {
  const { from, until } = rangeOf(span, today);
  if (span.kind === "dates") {
    const days = by * daysBetween({ from, until });
    return { kind: "dates", from: dayAfter(from, days), to: dayAfter(until, days - 1) };
  }
  const day = dayAfter(from, by * (span.kind === "day" ? 1 : 7));
  const atToday = rangeOf({ kind: span.kind, day: null }, today).from === day;
  return { kind: span.kind, day: atToday ? null : day };
};

/** Whether a match begins on these days; one whose kick-off is not set does on none. Instants compare as text. */
export const kicksOffIn = ({ from, until }: Range): ((match: { readonly kickoff: Instant | null }) => boolean) => {
  const start = stockholmInstant(from, "00:00");
  const end = stockholmInstant(until, "00:00");
  return ({ kickoff }) => kickoff !== null && kickoff >= start && kickoff < end;
};

export type MatchDay = { readonly day: string; readonly total: number; readonly matches: readonly MatchView[] };

/** Days of the index that has matches by day, with those that are to be cared for. */
export const daysOf = (byDay: ReadonlyMap<string, readonly MatchView[]>, { from, until }: Range): readonly MatchDay[] =>
  Array.from({ length: daysBetween({ from, until }) }, (_, index) => dayAfter(from, index)).flatMap((day) => {
    const matches = (byDay.get(day) ?? []).filter(isActive);
    return matches.length === 0 ? [] : [{ day, total: matches.length, matches }];
  });
