import type { Instant } from "../../../shared/instant.ts";
import { type PartReading, readDate, readTime, readWhen, stockholmInstant } from "../../facts/time.ts";
import { text, unread, type Wire } from "./wire.ts";

export type Kickoff = {
  /** null when it is said not to be decided, undefined when nothing is said of it. */
  readonly kickoff: Instant | null | undefined;
  /** It was given as Stockholm wall-clock time, so in the hour that exists twice it is a guess. */
  readonly wallClock: boolean;
};

export type KickoffKeys = {
  /** Where the whole of it may stand, in any form. */
  readonly whole: string | null;
  readonly dates: readonly string[];
  readonly times: readonly string[];
};

/**
 * A kick-off is an exact instant, beside which nothing else is read, or a date and a time of day on Stockholm's wall clock.
 * One of these two alone says nothing, unless the other is said to be none: then the kick-off is not decided. What cannot
 * be read is noted and says nothing either; what stands beside it is used.
 */
export const readKickoff = (wire: Wire, { whole: wholeKey, dates, times }: KickoffKeys): Kickoff => {
  const notedBefore = wire.noted.length;
  const whole = wholeKey === null ? nothing : readWhole(wire, wholeKey);
  if (whole.at !== undefined) return { kickoff: whole.at, wallClock: false };
  const day = whole.day === undefined ? firstPart(wire, dates, readDate) : { value: whole.day, saysNone: false };
  const clock = whole.clock === undefined ? firstPart(wire, times, readTime) : { value: whole.clock, saysNone: false };
  if (day.value !== undefined && clock.value !== undefined)
    return { kickoff: stockholmInstant(day.value + clock.value), wallClock: true };
  const isUnread = wire.noted.length > notedBefore;
  const saysNone = whole.saysNone || day.saysNone || clock.saysNone;
  return { kickoff: saysNone && !isUnread ? null : undefined, wallClock: false };
};

type Whole = {
  readonly at: Instant | undefined;
  readonly day: number | undefined;
  readonly clock: number | undefined;
  readonly saysNone: boolean;
};

const nothing: Whole = { at: undefined, day: undefined, clock: undefined, saysNone: false };

const readWhole = (wire: Wire, key: string): Whole => {
  const said = text(wire, key);
  if (said === undefined) return nothing;
  if (said === null) return { ...nothing, saysNone: true };
  const when = readWhen(said);
  switch (when.kind) {
    case "instant":
      return { ...nothing, at: when.at };
    case "wall":
      return { ...nothing, day: when.day, clock: when.clock };
    case "never":
      return { ...nothing, saysNone: true };
    case "unread":
      unread(wire, when.reason, key);
      return nothing;
  }
};

type Part = { readonly value: number | undefined; readonly saysNone: boolean };

/** The first of these keys under which a date, or a time of day, can be read. */
const firstPart = (wire: Wire, keys: readonly string[], read: (text: string) => PartReading): Part => {
  let saysNone = false;
  for (const key of keys) {
    const said = text(wire, key);
    if (said === null) saysNone = true;
    if (said === undefined || said === null) continue;
    const reading = read(said);
    if (reading.ok) return { value: reading.value, saysNone: false };
    unread(wire, reading.reason, key);
  }
  return { value: undefined, saysNone };
};
