/** In milliseconds. A day is that of the clock, not of the calendar, where some are shorter. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
