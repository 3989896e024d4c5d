import { plural } from "../plural.ts";

const count = plural("en");

const factsAfter = (when: string): string => `{match}
${when}: {when}
Venue: {venue}
Competition: {competition}
Match number: {number}`;
const facts = factsAfter("Kick-off");
const factsOff = factsAfter("Was to be played");

export const drafts = {
  write: "Write",
  title: (matches: number) => count(matches, { one: "Write about the match", other: "Write about # matches" }),
  about: "Avspark sends nothing: the draft opens in your mail program, or is copied for a text message.",
  to: "To",
  nobody: "Nobody has a place in the match.",
  noEmail: (people: number) => count(people, { one: "# without e-mail", other: "# without e-mail" }),
  kind: "Template",
  byMatch: "By what has happened",
  language: "Language",
  subject: "Subject",
  text: "Text",
  open: "Open in the mail program",
  openPart: ({ part, of }: { readonly part: number; readonly of: number }) => `Open mail ${part} of ${of}`,
  cut: "The text is longer than a mail program takes in this way: its end is left out. Copy it and paste it.",
  copyText: "Copy for a text message",
  copyNumbers: "Copy telephone numbers",
  edit: "Change the templates",
  several: (matches: number) => count(matches, { one: "About # match", other: "About # matches" }),
  kinds: {
    moved: "Moved",
    "called-off": "Called off",
    postponed: "Postponed",
    "on-again": "On after all",
    "open-place": "Open place",
    match: "About the match",
  },
  fields: "Fields that stand for the match's facts",
  unknown: (fields: string) => `There is no field called ${fields}.`,
  ours: "Use our template",
  template: {
    moved: {
      subject: "Changed: {match}",
      text: `Hello,\n\nThe match has changed.\n{changes}\n\n${facts}\n\nPlease answer, so that I know you have seen it.\n\n{link}`,
    },
    "called-off": {
      subject: "Called off: {match}",
      text: `Hello,\n\nThe match is called off.\n\n${factsOff}\n\nPlease answer, so that I know you have seen it.\n\n{link}`,
    },
    postponed: {
      subject: "Postponed: {match}",
      text: `Hello,\n\nThe match is postponed. A new time will follow.\n\n${factsOff}\n\nPlease answer, so that I know you have seen it.\n\n{link}`,
    },
    "on-again": {
      subject: "On after all: {match}",
      text: `Hello,\n\nThe match is on after all.\n{changes}\n\n${facts}\n\nPlease answer, so that I know you have seen it.\n\n{link}`,
    },
    "open-place": {
      subject: "Can you referee? {match}",
      text: `Hello,\n\nWe lack somebody in this match. Can you?\nOpen place: {open}\n\n${facts}\n\n{officials}\n\n{link}`,
    },
    match: { subject: "{match}", text: `Hello,\n\n${facts}\n\n{officials}\n\n{link}` },
  },
};
