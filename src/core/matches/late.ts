import type { Difference } from "../../shared/change.ts";
import { dayMs } from "../../shared/duration.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";

const lateMs = 2 * dayMs;

/** Whether it moves a kick-off that is, or was to be, less than 48 h away. `at`: when we learnt it. */
export const isLate = (difference: Difference, at: Instant): boolean => {
  if (difference.field !== "kickoff") return false;
  const end = instantOf(Date.parse(at) + lateMs);
  return [difference.before, difference.after].some((kickoff) => kickoff !== null && kickoff > at && kickoff < end);
};
