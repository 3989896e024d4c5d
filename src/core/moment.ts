import type { Clock } from "./ports.ts";

/**
 * One moment on both clocks. `elapsed` says what came first and how long ago it was, within this run; `wall` is what people
 * read and what is stored. Two moments are never compared by `wall`: it may have been set between them.
 */
export type Moment = { readonly elapsed: number; readonly wall: number };

export const momentOf = (clock: Pick<Clock, "elapsed" | "now">): Moment => ({
  elapsed: clock.elapsed(),
  wall: clock.now(),
});

/** The later of two moments of this run. */
export const laterOf = (one: Moment, other: Moment | null): Moment =>
  other !== null && other.elapsed > one.elapsed ? other : one;

/**
 * When an earlier moment was, on the wall clock as it goes now: no later than it was read then, nor than its age allows. So
 * it lies in the past however the clock was set, and what a machine slept through is part of its age.
 */
export const wallOf = (moment: Moment, now: Moment): number =>
  Math.min(moment.wall, now.wall - (now.elapsed - moment.elapsed));
