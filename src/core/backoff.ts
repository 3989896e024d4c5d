/**
 * How long to wait before the next attempt, in milliseconds: exponential, and in part by chance, so that many clients of
 * a server that comes back do not all arrive at once.
 */
export const backoff = (options: {
  readonly baseMs: number;
  readonly capMs: number;
  /** Failed attempts in a row, from 1. */
  readonly failures: number;
  /** Uniform in [0, 1). */
  readonly random: number;
  /** The share of the wait that is not left to chance. */
  readonly least?: number;
}): number => {
  const { baseMs, capMs, failures, random, least = 0 } = options;
  const longest = Math.min(capMs, baseMs * 2 ** Math.max(0, failures - 1));
  return Math.round(longest * (least + (1 - least) * random));
};
