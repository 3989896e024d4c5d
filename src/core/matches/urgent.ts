import type { Difference } from "../../shared/change.ts";
import { changeRule } from "../../shared/change-rules.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { urgentWithinMs } from "../../shared/urgent.ts";

/**
 * Whether a change is urgent by what it is and by how near the kick-off is, or was to be. `kickoff`: of the match as it is
 * now. `at`: when we learnt it.
 */
export const isUrgentChange = (difference: Difference, kickoff: Instant | null, at: Instant): boolean => {
  if (!changeRule(difference).urgent) return false;
  const end = instantOf(Date.parse(at) + urgentWithinMs);
  const kickoffs = difference.field === "kickoff" ? [difference.before, difference.after] : [kickoff];
  return kickoffs.some((moment) => moment !== null && moment > at && moment < end);
};

/** Whether it moves a kick-off that is near, or was. */
export const isLateMove = (difference: Difference, at: Instant): boolean =>
  difference.field === "kickoff" && isUrgentChange(difference, null, at);
