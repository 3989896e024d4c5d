import { assignmentIn, roleIn } from "../../fogis-words.ts";
import type { MatchField } from "../../match.ts";
import type { PlayingTime } from "../../playing-time.ts";
import { plural } from "../plural.ts";

const count = plural("en");

/** A match, what changes about it, and its place in the calendars. */
export const match = {
  noKickoff: "Kick-off not set",
  noVenue: "Venue not known",
  sameVenue: "same venue",
  km: (km: string) => `${km} km`,
  noReferee: "No main referee",
  /** What somebody is in a match, and how far an assignment has come, in FOGIS's words where we know no others. */
  role: (role: string) => roleIn("en", role),
  assignment: (status: string) => assignmentIn("en", status),
  status: {
    scheduled: "Scheduled",
    postponed: "Postponed",
    cancelled: "Called off",
    abandoned: "Abandoned",
    completed: "Completed",
  },
  field: {
    kickoff: "Kick-off",
    status: "Status",
    venue: "Venue",
    officials: "Officials",
    home: "Home team",
    away: "Away team",
    competition: "Competition",
    number: "Match number",
    position: "Position",
    contacts: "Contacts",
    openPlaces: "Open places",
    placeStatuses: "Status of open places",
    playingTime: "Playing time",
    venueId: "Venue id",
    homeId: "Home team id",
    awayId: "Away team id",
    competitionId: "Competition id",
  } satisfies Readonly<Record<MatchField, string>>,
  playingTime: ({ halves, halfMinutes, pauseMinutes }: PlayingTime) =>
    `${halves} × ${halfMinutes} min${pauseMinutes === null ? "" : `, ${pauseMinutes} min pause`}`,
  change: {
    added: "New match",
    gone: "No longer in the list",
    returned: "Back in the list",
    removed: "Removed by hand",
    kept: "Kept by hand",
    declined: "Declined",
    reclaimed: "Taken back",
    urgent: "Urgent",
    unseen: "New since you last looked",
    from: "before",
    to: "after",
    nobody: "nobody",
    officials: (officials: number) => count(officials, { one: "# official", other: "# officials" }),
    contacts: (contacts: number) => count(contacts, { one: "# contact", other: "# contacts" }),
    contactsChanged: "Contact data changed",
    assigned: (names: string) => `assigned: ${names}`,
    dropped: (names: string) => `removed: ${names}`,
    roles: (names: string) => `another role: ${names}`,
  },
  dialect: { fogis: "FOGIS", enhanced: "Enhanced (v2)", legacy: "Legacy (v1)", guide: "Guide" },
  way: { http: "the match list", manual: "a list by hand" },
  target: {
    ics: "Calendar file",
    google: "Google",
    caldav: "CalDAV",
    "google-contacts": "Google Contacts",
    carddav: "CardDAV",
    program: "Program",
  },
  placement: {
    waiting: "Waiting to be written",
    there: "In the calendar",
    failed: "Could not be written",
    differs: "Changed by somebody in the calendar",
    skipped: {
      "no-kickoff": "Not in the calendar: no kick-off",
      "too-old": "Not touched: too old",
      removed: "Not in the calendar: removed by hand",
      declined: "Not in the calendar: declined",
      gone: "Not in the calendar: no longer in the list",
      undone: "Taken back: left alone until the match changes",
      unknown: "Belongs to no match that is known",
    },
    none: "Not in this calendar",
  },
  targetState: {
    idle: "Up to date",
    working: "Writing",
    waiting: "Waiting",
    "needs-person": "Needs you",
    "needs-preview": "Look at the first sync before it is made",
    "needs-confirmation": (removals: number) =>
      count(removals, { one: "Asks before removing # event", other: "Asks before removing # events" }),
    off: { demo: "Off in the demo", unconfigured: "Not set up" },
  },
  warning: {
    "no-kickoff": "Kick-off not set",
    "no-referee": "No main referee, and less than 7 days to go",
    "late-change": "Kick-off changed less than 48 hours before",
    "double-booked": (clash: {
      readonly official: string;
      readonly match: string;
      /** null: none, or less. */
      readonly between: string | null;
    }) =>
      `${clash.official} also has ${clash.match}: ${clash.between === null ? "no time between them" : `only ${clash.between} between them`}`,
  },
  matches: (matches: number) => count(matches, { one: "# match", other: "# matches" }),
  changes: (changes: number) => count(changes, { one: "# change", other: "# changes" }),
};
