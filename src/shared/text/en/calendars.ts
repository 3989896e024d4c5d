import type { OtherTag } from "../../calendar.ts";
import { plural } from "../plural.ts";

const count = plural("en");

export const calendars = {
  counts: { there: "In place", waiting: "Waiting", failed: "Failed", differs: "Changed", skipped: "Left out" },
  countsAbout: {
    there: "Events that are in the calendar as they should be",
    waiting: "Events that are still to be written",
    failed: "Events that the calendar does not take",
    differs: "Events that somebody has changed in the calendar",
    skipped: "Matches without an event: no kick-off, too old, or no longer in the list",
  },
  lastWrite: "Last written",
  lastCheck: "Last read",
  subscribe: "Subscribe",
  reach: {
    here: "Only programs on this computer reach this address: not a phone, and not Google Calendar or Outlook on the web.",
    network:
      "Programs on your network reach this address. Google Calendar and Outlook on the web fetch from the internet, and do not.",
    secret: "Whoever has the address can read the calendar.",
  },
  working: (events: { readonly done: string; readonly of: string }) => `Writing ${events.done} of ${events.of}`,
  left: (duration: string) => `about ${duration} left`,
  nextTry: "Next attempt",
  first: {
    title: "Nothing has been written here yet",
    about: "Look at what the first sync would do. It begins when you say so.",
    begin: "Begin the first sync",
  },
  confirm: {
    title: (events: number) => count(events, { one: "# event would be removed", other: "# events would be removed" }),
    about: "Avspark asks first. If you do nothing, they stay.",
    done: "It goes ahead.",
  },
  held: {
    open: "See which",
    matches: (matches: number) => count(matches, { one: "# match", other: "# matches" }),
    contacts: (contacts: number) => count(contacts, { one: "# contact", other: "# contacts" }),
    title: ({ what, calendar }: { readonly what: string; readonly calendar: string }) =>
      `Remove ${what} from ${calendar}?`,
    share: ({ name, removals, of }: { readonly name: string; readonly removals: number; readonly of: number }) =>
      `${name}: ${removals} of ${of}`,
    days: "Days",
    competitions: "Competitions",
    undoable: "It can be undone afterwards, with Undo beside the calendar.",
    reading: "Looking which",
    nothing: "Nothing waits any more",
    nothingAbout: "The matches have changed meanwhile: no event would be removed now.",
    gone: (matches: { readonly now: string; readonly before: string }) =>
      `The list has ${matches.now} matches instead of ${matches.before}.`,
    whole: (names: string) => `Every match of ${names} is missing.`,
    more: (names: number) => count(names, { one: "# more", other: "# more" }),
    noKickoff: (matches: number) =>
      count(matches, { one: "# match has lost its kick-off.", other: "# matches have lost their kick-off." }),
    declined: (matches: number) => count(matches, { one: "# match was declined.", other: "# matches were declined." }),
    removed: (matches: number) =>
      count(matches, { one: "# match was removed by a person.", other: "# matches were removed by a person." }),
    unknown: (events: number) =>
      count(events, {
        one: "# event bears Avspark's mark and belongs to no match that is known.",
        other: "# events bear Avspark's mark and belong to no match that is known.",
      }),
    list: "What would be removed, in the order of kick-off",
    remove: ({ what, calendar }: { readonly what: string; readonly calendar: string }) =>
      `Remove ${what} from ${calendar}`,
    removing: (what: string) => `Being removed: ${what}.`,
    keep: (events: number) => count(events, { one: "Keep it", other: "Keep them" }),
    kept: (what: string) => `Staying: ${what}.`,
  },
  preview: {
    open: "Preview",
    look: "See what would happen",
    title: (calendar: string) => `What a sync would do: ${calendar}`,
    about: "Nothing is changed by looking.",
    reading: "Reading the calendar",
    list: "What would happen, in the order of kick-off",
    otherTag: ({ tag, events }: OtherTag) =>
      count(events, {
        one: `# event of a match stands here under another mark: ${tag}`,
        other: `# events of matches stand here under another mark: ${tag}`,
      }),
    otherTagAbout:
      "Give AVSPARK_SYNC_TAG that mark and they are taken over. As it is, each match would stand here twice.",
    nothing: "Nothing to do",
    nothingAbout: "The calendar is as it should be.",
    undone: (events: number) =>
      count(events, {
        one: "# was taken back and stays so until its match changes. A sync that you ask for does it again.",
        other: "# were taken back and stay so until their matches change. A sync that you ask for does it again.",
      }),
    kind: { insert: "New", update: "Changes", cancel: "Called off", remove: "Removed", leave: "Left alone" },
    count: {
      insert: (events: number) => count(events, { one: "# new", other: "# new" }),
      update: (events: number) => count(events, { one: "# changes", other: "# change" }),
      cancel: (events: number) =>
        count(events, { one: "# is marked as called off", other: "# are marked as called off" }),
      remove: (events: number) => count(events, { one: "# is removed", other: "# are removed" }),
    },
    rest: (events: { readonly unchanged: number; readonly skipped: number }) =>
      [
        ...(events.unchanged > 0
          ? [count(events.unchanged, { one: "# stays as it is", other: "# stay as they are" })]
          : []),
        ...(events.skipped > 0 ? [count(events.skipped, { one: "# left out", other: "# left out" })] : []),
      ].join(", "),
  },
  audit: {
    run: "Compare",
    same: "The calendar is as it should be.",
    drift: (events: number) =>
      count(events, { one: "# event is not as it should be", other: "# events are not as they should be" }),
    missing: (events: number) => count(events, { one: "# is missing", other: "# are missing" }),
    different: (events: number) =>
      count(events, { one: "# was changed by somebody", other: "# were changed by somebody" }),
    surplus: (events: number) => count(events, { one: "# should not be there", other: "# should not be there" }),
    about: "A repair writes over changes in the fields that Avspark keeps. Your own notes and reminders stay.",
    repair: "Repair",
    ask: (calendar: string) => `Write over what others have changed in ${calendar}?`,
    repaired: (events: number) => count(events, { one: "# event repaired.", other: "# events repaired." }),
  },
  undo: {
    open: "Undo",
    run: "Undo the last run",
    title: (calendar: string) => `Undo the last run: ${calendar}`,
    about:
      "What the last run wrote, changed or removed is put back as it was. Those matches are then left alone until they change, or until you sync.",
    done: (events: number) => count(events, { one: "# event put back.", other: "# events put back." }),
    notDone: ({ late, of }: { readonly late: number; readonly of: number }) =>
      count(late, {
        one: `# of ${of} events is still to be put back; it waits.`,
        other: `# of ${of} events are still to be put back; they wait.`,
      }),
  },
  setUp: {
    more: "More calendars",
    about: {
      ics: "A file that any calendar program can follow.",
      google: "Events in a calendar of your Google account, seen on every phone that has it.",
      caldav: "Events on a calendar server, such as Nextcloud, Fastmail or iCloud.",
    },
    moreAbout: "Beside the calendar file",
    run: "Set up",
    runFor: (calendar: string) => `Set up ${calendar}`,
    title: (calendar: string) => `Set up ${calendar}`,
    save: "Use this calendar",
  },
  noKeyring: "This machine has no keyring",
  noKeyringPassword: "The password lasts until Avspark quits, and is written nowhere.",
  google: {
    account: "Account",
    calendar: "Calendar",
    nobody: "Nobody is signed in",
    kept: { keyring: "Signed in, kept in the system's keyring", session: "Signed in until Avspark quits" },
    tokenFile: "Signed in by the token file",
    expires: (at: string, relative: string) => `ends ${at}, ${relative}`,
    expired: (at: string) => `ended ${at}`,
    expiresAbout:
      "Google ends sign-ins of projects in testing mode after seven days. Sign in again before that, and nothing waits.",
    signInAgain: "Sign in again",
    signInSession: "Sign in for this session",
    signOut: "Sign out",
    signOutTitle: "Sign out of Google",
    signOutAbout:
      "The sign-in is forgotten on this machine. Events that are in the calendar stay there; new ones wait until somebody signs in.",
    signedOut: "Signed out of Google.",
    openAgain: "Open the browser again",
    inBrowser: "Go on in the browser that has opened, then come back here.",
    noKeyringAbout: "A sign-in cannot be kept safely here. It lasts until Avspark quits, and is written nowhere.",
    noCalendar: "None chosen",
    choose: "Choose calendar",
    chooseAbout: "The matches go to the calendar you choose. A new one keeps them apart from everything else.",
    list: "Calendars that you may write to",
    primary: "Your own",
    none: "There is no calendar that you may write to. Make a new one below.",
    use: "Use this calendar",
    chosen: "The calendar is chosen.",
    make: {
      label: "Or a new calendar",
      suggestion: "Referee assignments",
      run: "Make it",
      done: (name: string) => `“${name}” is made.`,
    },
    clientAbout:
      "Avspark signs in through a Google Cloud project of your own association: an OAuth client of the type Desktop. Whoever runs it can give you these two.",
    clientField: {
      GOOGLE_OAUTH_CLIENT_ID: "Ends in apps.googleusercontent.com",
      GOOGLE_OAUTH_CLIENT_SECRET: "Belongs to the client id",
    },
  },
  manual: {
    title: "Matches by hand",
    elsewhere: "Whole lists of matches are put in by hand under",
    about: "Paste or drop JSON in any dialect",
    field: "Matches as JSON",
    placeholder: '{\n  "matches": [\n    { "matchid": 123456, "hemmalag": "…", "bortalag": "…" }\n  ]\n}',
    hint: "Paste a list, drop a file here, or choose one.",
    drop: "Drop the file",
    choose: "Choose a file",
    clear: "Clear",
    pasted: "Pasted text",
    notJson: "This is not JSON.",
    notJsonLine: (line: string) => `This is not JSON: line ${line}.`,
    noList: "There is no list of matches in it.",
    notText: "The file is not text in UTF-8 or UTF-16. Save it in one of them.",
    tooLarge: "The file is larger than 50 MB. Send it in smaller pieces.",
    runNone: "Sync",
    run: (matches: number) => count(matches, { one: "Sync # match", other: "Sync # matches" }),
    sending: (matches: number) => count(matches, { one: "Taking in # match", other: "Taking in # matches" }),
    none: "Nothing sent yet",
    noneAbout: "What becomes of each match in each calendar is shown here.",
    done: (matches: number) =>
      count(matches, { one: "# match is in the calendars", other: "# matches are in the calendars" }),
    results: "What became of each match",
    refused: "What was refused, and where",
    refusedTitle: (places: number) =>
      count(places, { one: "# match cannot be read", other: "# matches cannot be read" }),
    refusedAll: "No match was taken. Correct the places named below and send them again.",
    refusedSome: "The other matches were taken. Correct the places named below and send those matches again.",
    nth: (number: string) => `match ${number} in the list`,
  },
  outcome: {
    inserted: "New",
    updated: "Changed",
    cancelled: "Called off",
    removed: "Removed",
    unchanged: "As it was",
    skipped: "Left out",
    failed: "Failed",
    waiting: "Waiting",
  },
};
