import { plural } from "../plural.ts";

const count = plural("en");

const ofMany = (matches: number, competition: string | null): string =>
  `${count(matches, { one: "# match", other: "# matches" })}${competition === null ? "" : ` of ${competition}`}`;

export const overview = {
  tiles: {
    feed: "Feed",
    calendars: "Calendars",
    alerts: "Alerts",
    lastMessage: "Last message",
    lastWrite: "Last write",
    lastAlert: "Last alert",
    noMessage: "Nothing heard since the start",
    noWrite: "Nothing written yet",
    noAlert: "None on record",
    calendarsWell: (calendars: number) => count(calendars, { one: "Up to date", other: "All # up to date" }),
    calendarsOff: "No calendar is set up",
    waiting: (events: number) => count(events, { one: "# event waits", other: "# events wait" }),
    inCalendar: (events: number) => count(events, { one: "# event in place", other: "# events in place" }),
  },
  counters: {
    title: "Since the start",
    received: "Received",
    valid: "Valid",
    invalid: "Invalid",
    duplicates: "Duplicates",
    rejectedMatches: "Refused",
    changes: "Changes",
    calendarWrites: "Writes",
    calendarFailures: "Failed writes",
    reconnects: "Reconnected",
    cycle: "Last run",
  },
  changes: {
    title: "Since you last looked",
    unseen: (matches: number) => count(matches, { one: "# match has news", other: "# matches have news" }),
    added: (matches: number) => count(matches, { one: "# new match", other: "# new matches" }),
    contacts: (matches: number) =>
      count(matches, { one: "Other contact details in # match", other: "Other contact details in # matches" }),
    before: (matches: number) =>
      count(matches, {
        one: "# more match that changed before these",
        other: "# more matches that changed before these",
      }),
    gone: (matches: number, competition: string | null) => `No longer in the list: ${ofMany(matches, competition)}`,
    returned: (matches: number, competition: string | null) => `In the list again: ${ofMany(matches, competition)}`,
    noneUnseen: "Nothing new",
    earlier: "Seen before",
    empty: "No changes yet",
    emptyAbout: "When a match changes, the old and the new value are shown here.",
  },
  matches: {
    title: "Coming matches",
    empty: "No matches in the coming days",
    emptyAbout: "Matches appear as soon as FOGIS tells of them.",
  },
};
