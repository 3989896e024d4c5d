import type { Difference } from "../../shared/change.ts";
import { dayMs } from "../../shared/duration.ts";
import type { Instant } from "../../shared/instant.ts";

const lateMs = 2 * dayMs;

/** Whether it moves a kick-off that is, or was to be, less than 48 h away. `at`: when we learnt it. */
export const isLate = (difference: Difference, at: Instant): boolean =>
  difference.field === "kickoff" &&
  [difference.before, difference.after].some((kickoff) => {
    const ahead = kickoff === null ? Number.NaN : Date.parse(kickoff) - Date.parse(at);
    return ahead > 0 && ahead < lateMs;
  });
