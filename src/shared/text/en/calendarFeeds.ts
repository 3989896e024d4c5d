import type { FeedSubject } from "../../calendar-feed.ts";
import { plural } from "../plural.ts";

const count = plural("en");

/** Calendars that programs follow by secret addresses. */
export const calendarFeeds = {
  /** What calendar programs call it. */
  calendarName: (kind: FeedSubject["kind"], name: string | null) => {
    const what = kind === "person" ? "Refereeing" : "Matches";
    return name === null ? what : `${what}: ${name}`;
  },
  title: "Calendars with secret addresses",
  own: "Own calendar",
  about:
    "A referee, or anybody who is given the address, follows their matches in the calendar on their phone. It holds only those matches, and of colleagues their names.",
  aboutOwn:
    "With an address of their own, they have their matches in the calendar on their phone, always as they are now. It holds only their matches, and of colleagues the names.",
  secret:
    "Whoever has the address can read the calendar. Give it to nobody else; with a new one the old answers nobody.",
  none: "None yet",
  noneAbout: "Make one for a referee, a team, a venue, a competition or one of your views of the matches.",
  make: "Make an address",
  makeFor: "New address",
  everybody: "One for every referee",
  everybodyAbout: (people: number) =>
    count(people, {
      one: "Makes an address for # referee. Whoever has one keeps it.",
      other: "Makes an address for each of # referees. Whoever has one keeps it.",
    }),
  kind: {
    person: "Referee",
    team: "Team",
    venue: "Venue",
    competition: "Competition",
    filter: "View",
  } satisfies Readonly<Record<FeedSubject["kind"], string>>,
  of: "For",
  choose: "Choose",
  nothingFound: "Nothing by that name",
  viewAbout: "Competition, venue, referee, open places and status count. Days do not: the calendar has them all.",
  viewNot: "Views by warnings, changes or calendars cannot be followed: they are of the moment.",
  matches: (matches: number) => count(matches, { one: "# match", other: "# matches" }),
  made: "Made",
  renewed: "New address",
  fetched: "Last fetched",
  never: "Never",
  nobody: "Somebody without matches at the moment",
  address: "Address",
  subscribe: "To subscribe",
  code: "Show as a code for the phone's camera",
  hideCode: "Hide the code",
  codeOf: "Code for the phone's camera: the address to subscribe",
  noDoor: "No address is open at the moment by which it could be fetched.",
  here: "Only programs on this computer reach this address. Set an address for calendars alone under Settings.",
  listenerClosed: "The address for calendars alone cannot be opened; it is tried again.",
  show: "Show",
  hide: "Hide",
  renew: "New address",
  renewAsk: "The address of today stops at once, wherever it was entered. Make a new one?",
  revoke: "Revoke",
  revokeAsk: "The calendar and its address go at once. Revoke it?",
  cancel: "Cancel",
  done: { made: "The address is made.", renewed: "It has a new address.", revoked: "The address is revoked." },
  search: "Find a calendar",
  more: (more: number) => count(more, { one: "# more; search for it.", other: "# more; search for them." }),
};
