import { latencyBounds } from "../../../core/journal.ts";

/** Milliseconds below which `share` of a latency histogram lies, as if each bucket were filled evenly. */
export const percentile = (histogram: readonly number[], share: number): number | null => {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let left = share * total;
  for (const [index, count] of histogram.entries()) {
    const low = latencyBounds[index - 1] ?? 0;
    // The last bucket has no upper bound: all that is known of it is where it begins.
    const high = latencyBounds[index] ?? low;
    if (count > 0 && left <= count) return low + ((high - low) * left) / count;
    left -= count;
  }
  return latencyBounds[latencyBounds.length - 1] ?? null;
};
