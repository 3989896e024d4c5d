import type { Instant } from "../../../shared/instant.ts";
import { isTimeOfDay, readDate, readDotNetInstant, readTime, stockholmInstant } from "../../facts/time.ts";
import { said, toldText } from "./words.ts";

export type Kickoff =
  | { readonly kind: "not-told" }
  /** `at` is null when the kick-off was told to be unknown. */
  | { readonly kind: "told"; readonly at: Instant | null; readonly wallClock: boolean }
  | { readonly kind: "refused"; readonly key: string; readonly reason: string };

const notTold: Kickoff = { kind: "not-told" };
const unknownKickoff: Kickoff = { kind: "told", at: null, wallClock: false };

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

const saysNone = ({ value }: Keyed): boolean => said(value) === null;

/**
 * A date and a time of day in Stockholm. They belong together: one of them alone says nothing, unless the other is said
 * to be none: then the kick-off is not decided.
 */
export const wallClockKickoff = (dates: readonly Keyed[], times: readonly Keyed[]): Kickoff => {
  const date = firstKeyed(dates);
  const time = firstKeyed(times);
  const day = date === null ? null : readDate(date.text);
  if (date !== null && day?.ok === false) return { kind: "refused", key: date.key, reason: day.reason };
  const clock = time === null ? null : readTime(time.text);
  if (time !== null && clock?.ok === false) return { kind: "refused", key: time.key, reason: clock.reason };
  if (day?.ok && clock?.ok) return { kind: "told", at: stockholmInstant(day.value + clock.value), wallClock: true };
  const isNone = (date === null && dates.some(saysNone)) || (time === null && times.some(saysNone));
  return isNone ? unknownKickoff : notTold;
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
  if (text !== null && isTimeOfDay(text)) return wallClockKickoff(dates, [{ key: "tid", value: text }, ...times]);
  const moment = text === null ? null : readDotNetInstant(text);
  if (moment?.ok === false) return { kind: "refused", key: "tid", reason: moment.reason };
  if (moment != null && moment.at !== null) return { kind: "told", at: moment.at, wallClock: false };
  const beside = wallClockKickoff(dates, times);
  const isNone = moment !== null || saysNone({ key: "tid", value: tid });
  return beside.kind === "not-told" && isNone ? unknownKickoff : beside;
};
