import { z } from "zod";
import { dialect, wireList, wireText } from "./dialect.ts";
import { wallClockKickoff } from "./kickoff.ts";
import { said, toldPeople, toldText } from "./words.ts";

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
  told.home = said(teams?.home);
  told.away = said(teams?.away);
  told.venue = said(match.venue);
  told.officials = toldPeople(match.referees, (referee) => {
    const name = toldText(referee);
    return name === null ? null : { name };
  });
  return wallClockKickoff([{ key: "date", value: match.date }], [{ key: "time", value: match.time }]);
});
