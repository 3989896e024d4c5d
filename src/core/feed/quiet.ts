import { z } from "zod";
import type { Moment } from "../moment.ts";

/**
 * How often each channel usually speaks, and which ones have been quiet for much longer than that. Pure: what is learned
 * is a small value that the caller keeps.
 */

/** Messages this close together are one occasion: a publisher's cycle sends many at once. */
const occasionMs = 10_000;
/** So many intervals between occasions are remembered. */
const remembered = 50;
/** Fewer teach nothing. */
const enough = 10;
/** A channel is quiet after so many times its typical interval. */
const quietAfterIntervals = 10;
const leastMs = 15 * 60_000;

const paceSchema = z
  .object({
    /** By the wall clock, for people. */
    lastAt: z.number(),
    /** The newest intervals between occasions, oldest first. */
    intervals: z.array(z.number().nonnegative()).max(remembered).readonly(),
  })
  .readonly();
type Pace = z.infer<typeof paceSchema>;

/** What is worth keeping for the next run. */
export const pacesSchema = z.record(z.string(), paceSchema).readonly();

export type Paces = {
  readonly channels: z.infer<typeof pacesSchema>;
  /** When each was heard last in this run, by `elapsed`. */
  readonly heardAt: ReadonlyMap<string, number>;
  /** Since when we hear without a break, by `elapsed`; null: not yet in this run. */
  readonly hearingSince: number | null;
};

export const knownPaces = (channels: Paces["channels"]): Paces => ({
  channels,
  heardAt: new Map(),
  hearingSince: null,
});

export const heard = (paces: Paces, channel: string, at: Moment): Paces => {
  const before = paces.heardAt.get(channel);
  // While we were deaf the channel may have spoken.
  const isKnown = before !== undefined && paces.hearingSince !== null && before >= paces.hearingSince;
  const pace = spoken(paces.channels[channel], at.wall, isKnown ? at.elapsed - before : null);
  return {
    ...paces,
    channels: { ...paces.channels, [channel]: pace },
    heardAt: new Map(paces.heardAt).set(channel, at.elapsed),
  };
};

const spoken = (before: Pace | undefined, lastAt: number, interval: number | null): Pace => {
  const intervals = before?.intervals ?? [];
  const isOccasion = interval !== null && interval >= occasionMs;
  return { lastAt, intervals: isOccasion ? [...intervals, interval].slice(-remembered) : intervals };
};

/** Live again at `elapsed`: silence before that was ours, not the channels'. */
export const hearingAgain = (paces: Paces, elapsed: number): Paces => ({ ...paces, hearingSince: elapsed });

/** `lastAt` by the wall clock. */
type Quiet = { readonly channel: string; readonly lastAt: number };

/** `after`: `auto` learns, a number is fixed seconds for every channel that has ever spoken. */
export const quiet = (paces: Paces, now: Moment, after: "auto" | "off" | number): readonly Quiet[] => {
  const { hearingSince } = paces;
  if (after === "off" || hearingSince === null) return [];
  return Object.entries(paces.channels).flatMap(([channel, pace]) => {
    const limit = after === "auto" ? learnedLimit(pace) : after * 1000;
    const silence = now.elapsed - Math.max(paces.heardAt.get(channel) ?? hearingSince, hearingSince);
    return limit !== null && silence > limit ? [{ channel, lastAt: Math.min(pace.lastAt, now.wall) }] : [];
  });
};

/** Nine of ten intervals are shorter than the typical one, so that quiet nights among busy days are nothing unusual. */
const learnedLimit = ({ intervals }: Pace): number | null => {
  if (intervals.length < enough) return null;
  const typical = intervals.toSorted((a, b) => a - b)[Math.ceil(intervals.length * 0.9) - 1] ?? 0;
  return Math.max(quietAfterIntervals * typical, leastMs);
};
