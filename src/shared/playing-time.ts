import { z } from "zod";

/** The halves of a match; the pause between them where it is told. */
export const playingTimeSchema = z
  .object({ halves: z.int(), halfMinutes: z.int(), pauseMinutes: z.int().nullable() })
  .readonly();
export type PlayingTime = z.infer<typeof playingTimeSchema>;

/** How long it takes from kick-off to the end, in minutes; null when nobody told. */
export const minutesOf = (time: PlayingTime | null, usualPause: number): number | null =>
  time === null ? null : time.halves * time.halfMinutes + (time.halves - 1) * (time.pauseMinutes ?? usualPause);

/** A match of which nobody told how long it is played, as the predecessor had it. */
export const usualMinutes = 120;
/** No match is played for longer than this. */
export const longestMinutes = 240;
const usualPauseMinutes = 15;

/**
 * From kick-off to the final whistle, in minutes, as far as one can know. `pause`: between halves, where none is told;
 * `untold`: where nothing is.
 */
export const playedMinutes = (
  time: PlayingTime | null,
  { pause = usualPauseMinutes, untold = usualMinutes } = {},
): number => Math.min(minutesOf(time, pause) ?? untold, longestMinutes);
