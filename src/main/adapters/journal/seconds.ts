import { type Instant, instantOf } from "../../../shared/instant.ts";

/** In seconds. */
export const minute = 60;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Seconds since the epoch, as the stats tables count time. */
export const toSeconds = (instant: Instant): number => Math.floor(Date.parse(instant) / 1000);
export const toInstant = (seconds: number): Instant => instantOf(seconds * 1000);
