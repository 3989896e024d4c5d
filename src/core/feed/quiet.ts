import { z } from "zod";

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
const patience = 10;
const leastMs = 15 * 60_000;

const paceSchema = z
  .object({
    lastAt: z.number(),
    /** Since when we hear this channel without a break. */
    hearingSince: z.number(),
    /** The newest intervals between occasions, oldest first. */
    intervals: z.array(z.number().nonnegative()).max(remembered).readonly(),
  })
  .readonly();
type Pace = z.infer<typeof paceSchema>;

export const pacesSchema = z.record(z.string(), paceSchema).readonly();
export type Paces = z.infer<typeof pacesSchema>;

export const heard = (paces: Paces, channel: string, at: number): Paces => ({
  ...paces,
  [channel]: heardOne(paces[channel], at),
});

const heardOne = (pace: Pace | undefined, at: number): Pace => {
  if (pace === undefined) return { lastAt: at, hearingSince: at, intervals: [] };
  const interval = at - pace.lastAt;
  if (interval < 0) return pace;
  // While we were deaf the channel may have spoken.
  const known = pace.lastAt >= pace.hearingSince;
  const intervals = known && interval >= occasionMs ? [...pace.intervals, interval].slice(-remembered) : pace.intervals;
  return { ...pace, lastAt: at, intervals };
};

/** Live again at `at`: silence before that was ours, not the channels'. */
export const hearingAgain = (paces: Paces, at: number): Paces =>
  Object.fromEntries(Object.entries(paces).map(([channel, pace]) => [channel, { ...pace, hearingSince: at }]));

export type QuietChannel = { readonly channel: string; readonly lastAt: number };

/** `after`: `auto` learns, a number is fixed seconds for every channel that has ever spoken. */
export const quiet = (paces: Paces, now: number, after: "auto" | "off" | number): readonly QuietChannel[] => {
  if (after === "off") return [];
  return Object.entries(paces).flatMap(([channel, pace]) => {
    const limit = after === "auto" ? learnedLimit(pace) : after * 1000;
    const silence = now - Math.max(pace.lastAt, pace.hearingSince);
    return limit !== null && silence > limit ? [{ channel, lastAt: pace.lastAt }] : [];
  });
};

/** Nine of ten intervals are shorter than the typical one, so that quiet nights among busy days are nothing unusual. */
const learnedLimit = ({ intervals }: Pace): number | null => {
  if (intervals.length < enough) return null;
  const typical = intervals.toSorted((a, b) => a - b)[Math.ceil(intervals.length * 0.9) - 1] ?? 0;
  return Math.max(patience * typical, leastMs);
};
