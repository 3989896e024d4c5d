/**
 * How long to wait before the next attempt, in milliseconds: exponential with full jitter, so that many clients of a
 * server that comes back do not all arrive at once.
 */
export const backoff = (options: {
  readonly baseMs: number;
  readonly capMs: number;
  /** Failed attempts in a row, from 1. */
  readonly failures: number;
  /** Uniform in [0, 1). */
  readonly random: number;
}): number => {
  const { baseMs, capMs, failures, random } = options;
  return Math.round(random * Math.min(capMs, baseMs * 2 ** Math.max(0, failures - 1)));
};
