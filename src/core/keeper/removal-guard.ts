import type { SkipReason } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Standing } from "./plan.ts";

export type Removal = { readonly reason: SkipReason; readonly start: Instant | null };

const most = { removals: 10, share: 0.2 } as const;

/**
 * Whether so many removals at once look like a broken list rather than like football. A match that only lost its
 * kick-off is not called gone, so the share of the coming events does not hold it back; the number does. One match is
 * called off now and then, however few there are.
 */
export const isSuspicious = (options: {
  readonly removals: readonly Removal[];
  /** The items in the target that are yet to come. */
  readonly coming: number;
  readonly now: Instant;
}): boolean => {
  const { removals, coming, now } = options;
  const gone = removals.filter(({ reason, start }) => reason === "gone" && start !== null && start >= now).length;
  return removals.length > most.removals || gone > Math.max(1, coming * most.share);
};

/** The items that are yet to come: the measure of what "many" is. */
export const countComing = (known: Iterable<Standing>, now: Instant): number => {
  let coming = 0;
  for (const { start } of known) if (start !== null && start >= now) coming += 1;
  return coming;
};
