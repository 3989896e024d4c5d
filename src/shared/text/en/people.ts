import { plural } from "../plural.ts";

const count = plural("en");

/** Those who referee. */
export const people = {
  count: (people: number) => count(people, { one: "# referee", other: "# referees" }),
  inWeek: (matches: number) => count(matches, { one: "# this week", other: "# this week" }),
  number: (number: string) => `Referee number ${number}`,
  search: "Find a referee: name, number, telephone …",
  empty: "No referees yet",
  emptyAbout: "They are shown as soon as matches with officials are known.",
  nobody: "Nobody is called that",
  nobodyAbout: "Try a shorter word, or part of a number.",
  noComing: "No coming matches",
  back: "All referees",
  copy: "Copy the coming matches",
  mail: "Mail the coming matches",
  name: "Name",
  numberShort: "Number",
  phone: "Telephone",
  email: "E-mail",
  role: "Role",
  next: "Next match",
  calendarFile: "Calendar file",
  weeks: { week: "Week", roles: "Roles", time: "Play", travel: "Travel" },
  after: (between: string) => `${between} after the match before`,
  told: (told: { readonly at: string; readonly by: string | null }) =>
    `Told ${told.at}${told.by === null ? "" : ` by ${told.by}`}`,
  changedSince: "changed since then",
  contact: "Contact",
  season: "All matches we know",
  thisWeek: "This week",
  later: "Later",
  played: "Played",
  none: "None",
  notFound: "Nobody by this name has a match here",
  notFoundAbout: "They may have given the match back, or it is no longer in the list.",
  subject: "Your coming matches",
};
