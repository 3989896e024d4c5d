import { hourMs } from "../../shared/duration.ts";
import type { Instant } from "../../shared/instant.ts";
import { stockholmDay, stockholmTime } from "../../shared/text/format.ts";

/** Whether two instants look the same on Stockholm's clock: equal, or an hour apart in the hour that exists twice. */
export const sameWallClock = (one: Instant, other: Instant): boolean =>
  one === other ||
  (Math.abs(Date.parse(one) - Date.parse(other)) === hourMs &&
    stockholmDay(one) === stockholmDay(other) &&
    stockholmTime(one) === stockholmTime(other));
