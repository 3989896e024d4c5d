import { hourMs, minuteMs } from "../../shared/duration.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { isActive, type MatchView } from "../../shared/snapshot.ts";
import { dayAfter, stockholmDay, stockholmInstant } from "../../shared/text/format.ts";
import { after } from "../indexes.ts";

/** A snooze that ends within a minute is none. */
const shortest = minuteMs;
const morning = "07:00";

/** The kick-off that comes next, of matches in the order of kick-off. */
export const nextKickoff = (matches: readonly MatchView[], now: number): Instant | null => {
  const soon = instantOf(now + shortest);
  return after(matches, soon).find((match) => match.status === "scheduled" && isActive(match))?.kickoff ?? null;
};

/** Until when an alert may be snoozed besides that. */
export const snoozeTimes = (now: number): { readonly hour: Instant; readonly tomorrow: Instant } => ({
  hour: instantOf(now + hourMs),
  tomorrow: stockholmInstant(dayAfter(stockholmDay(now), 1), morning),
});
