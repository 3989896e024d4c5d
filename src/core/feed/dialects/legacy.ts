import { z } from "zod";
import { dialect, wireList, wireText } from "./dialect.ts";
import { wallClockKickoff } from "./kickoff.ts";
import { tellText, toldPeople, toldText } from "./words.ts";

/** The publisher's schema 1.0: both teams in one text, officials by name alone. */
const schema = z.object({
  teams: wireText,
  date: wireText,
  time: wireText,
  venue: wireText,
  referees: wireList(wireText),
});

/** Club names hold hyphens of their own ("Vinberg-Falkenberg"), so only a hyphen between spaces parts two teams. */
const separators = [/\s+vs\.?\s+/i, /\s+[-–—]\s+/];

/** At the first separator: "A vs B vs C" is taken for A against "B vs C". null: the text does not name two teams. */
const splitTeams = (teams: string): { readonly home: string; readonly away: string } | null => {
  for (const separator of separators) {
    const found = separator.exec(teams);
    if (found !== null) {
      return { home: teams.slice(0, found.index), away: teams.slice(found.index + found[0].length) };
    }
  }
  return null;
};

export const readLegacy = dialect(schema, (match, told) => {
  // The blanks keep a side that is empty apart from the separator.
  const teams = match.teams == null ? null : splitTeams(` ${match.teams} `);
  tellText(told, "home", toldText(teams?.home));
  tellText(told, "away", toldText(teams?.away));
  tellText(told, "venue", toldText(match.venue));
  const officials = toldPeople(match.referees, (referee) => {
    const name = toldText(referee);
    return name === null ? null : { role: null, name, phone: null, email: null };
  });
  if (officials !== null) told.officials = officials;
  return wallClockKickoff([{ key: "date", value: match.date }], [{ key: "time", value: match.time }]);
});
