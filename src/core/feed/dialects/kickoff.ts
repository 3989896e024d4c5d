import type { Instant } from "../../../shared/instant.ts";
import { isTimeOfDay, readDate, readDotNetInstant, readTime, stockholmInstant } from "../../facts/time.ts";
import { toldText } from "./words.ts";

export type Kickoff =
  | { readonly kind: "not-told" }
  /** `at` is null when the kick-off was told to be unknown. */
  | { readonly kind: "told"; readonly at: Instant | null; readonly wallClock: boolean }
  | { readonly kind: "refused"; readonly key: string; readonly reason: string };

const notTold: Kickoff = { kind: "not-told" };
export const unknownKickoff: Kickoff = { kind: "told", at: null, wallClock: false };

/** A value with the key it stood under. */
type Keyed = { readonly key: string; readonly value: string | null | undefined };

/** The first of the keys whose value is told. */
const firstKeyed = (choices: readonly Keyed[]): { readonly key: string; readonly text: string } | null => {
  for (const { key, value } of choices) {
    const text = toldText(value);
    if (text !== null) return { key, text };
  }
  return null;
};

/** A date and a time of day in Stockholm. Only one of them: the kick-off is not decided. */
export const wallClockKickoff = (dates: readonly Keyed[], times: readonly Keyed[]): Kickoff => {
  const date = firstKeyed(dates);
  const time = firstKeyed(times);
  if (date === null && time === null) return notTold;
  const day = date === null ? null : readDate(date.text);
  if (date !== null && day?.ok === false) return { kind: "refused", key: date.key, reason: day.reason };
  const clock = time === null ? null : readTime(time.text);
  if (time !== null && clock?.ok === false) return { kind: "refused", key: time.key, reason: clock.reason };
  if (!day?.ok || !clock?.ok) return unknownKickoff;
  return { kind: "told", at: stockholmInstant(day.value + clock.value), wallClock: true };
};

/**
 * FOGIS tells the exact instant in `tid`; then the wall clock beside it is not read. In the guide's dialect `tid` may be
 * the time of day.
 */
export const fogisKickoff = (
  tid: string | null | undefined,
  dates: readonly Keyed[],
  times: readonly Keyed[],
): Kickoff => {
  const text = toldText(tid);
  if (text === null) return wallClockKickoff(dates, times);
  if (isTimeOfDay(text)) return wallClockKickoff(dates, [{ key: "tid", value: text }, ...times]);
  const moment = readDotNetInstant(text);
  if (!moment.ok) return { kind: "refused", key: "tid", reason: moment.reason };
  return moment.at === null ? wallClockKickoff(dates, times) : { kind: "told", at: moment.at, wallClock: false };
};
