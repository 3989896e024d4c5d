import type { Config } from "../../shared/config.ts";
import { type EventDetail, eventDetails } from "../../shared/event-details.ts";
import { usualMinutes } from "../../shared/playing-time.ts";
import { type Reminder, usualReminders } from "../../shared/reminders.ts";

/** What the settings say of every event. */
export type EventStyle = {
  readonly reminders: readonly Reminder[];
  /** What of how to reach each person stands in it. */
  readonly details: readonly EventDetail[];
  /** How long a match is taken to be of which nobody told that. */
  readonly untoldMinutes: number;
  /** How long before kick-off one is to be there; 0: nothing is said of it. */
  readonly gatheringMinutes: number;
};

/** As the predecessor had it. */
export const usualStyle: EventStyle = {
  reminders: usualReminders,
  details: eventDetails,
  untoldMinutes: usualMinutes,
  gatheringMinutes: 0,
};

export const styleOf = (config: Config): EventStyle => ({
  reminders: config.AVSPARK_REMINDERS,
  details: config.AVSPARK_EVENT_DETAILS,
  untoldMinutes: config.AVSPARK_EVENT_MINUTES,
  gatheringMinutes: config.AVSPARK_GATHERING_MINUTES,
});

/** What stands in the calendars that are followed by secret addresses: how to reach people only as far as it is wished. */
export const feedStyleOf = (config: Config): EventStyle => ({
  ...styleOf(config),
  details: config.AVSPARK_FEEDS_DETAILS,
});
