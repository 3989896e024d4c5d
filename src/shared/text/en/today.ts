import { plural } from "../plural.ts";

const count = plural("en");

/** The page that opens: what needs a person, and what is coming. */
export const today = {
  heard: "heard",
  todo: "To do",
  waiting: (items: number) => count(items, { one: "# waits for you", other: "# wait for you" }),
  nothingAbout: "Open places, changes that somebody has to hear of and calendars that need you are shown here.",
  well: (items: number) =>
    count(items, { one: "Everything works; # thing waits for you", other: "Everything works; # things wait for you" }),
  informed: "Told",
  informedOf: (name: string) => `${name} is told`,
  told: "Noted that they are told.",
  untold: "They are still to be told.",
  allInformed: "All are told",
  seen: "Seen",
  openPlaces: {
    "open-this-week": "Open places this week",
    "open-next-week": "Open places next week",
  },
  whoIsFree: "Who is free?",
  freeAbout: "Nobody here has a match in the way. Appointing is done in FOGIS.",
  role: "Role",
  nobodyFree: "Nobody we know of is free then",
  heldRole: (times: number) => count(times, { one: "has had the role # time", other: "has had the role # times" }),
  before: "Before:",
  after: "After:",
  notes: "Notes",
  noteAdd: "Write a note",
  noteSave: "Save the note",
  noteRemove: "Remove the note",
  noNotes: "Notes are seen by everybody who uses this Avspark.",
};
