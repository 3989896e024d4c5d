import { type KickoffKeys, readKickoff } from "./kickoff.ts";
import { enhancedContacts, enhancedOfficials } from "./people.ts";
import { positionAt } from "./position.ts";
import { enhancedStatus } from "./status.ts";
import { idOf, isFields, object, type Reading, type Said, text, unread, type Wire } from "./wire.ts";
import { saidText } from "./words.ts";

/**
 * The publisher's own words. Of its schema 2.0 two generations are on the wire: a small one (`series`, `status` as a word,
 * roles "N/A") and a full one (`competition`, `match_number`, `venue.coordinates`, contacts, `status` as flags). Its schema
 * 1.0, the legacy dialect, has both teams in one text, and names where 2.0 has objects.
 */
export const readEnhanced = (match: Wire): Reading => {
  const { kickoff, wallClock } = readKickoff(match, kickoffKeys);
  return {
    told: {
      kickoff,
      number: text(match, "match_number"),
      ...teamsOf(match),
      ...venueOf(match),
      ...competitionOf(match),
      status: enhancedStatus(match),
      ...enhancedOfficials(match),
      contacts: enhancedContacts(match),
      playingTime: undefined,
    },
    wallClock,
  };
};

const kickoffKeys: KickoffKeys = { whole: null, dates: ["date"], times: ["time"] };

type Told = Reading["told"];

/** Something with a name: the name alone, or an object that has it. */
type Named = { readonly name: Said<string>; readonly id: Said<string>; readonly inside: Wire | null };

const namedAt = (wire: Wire, key: string): Named => {
  const inside = isFields(wire.fields[key]) ? object(wire, key) : null;
  return inside
    ? { name: text(inside, "name"), id: idOf(inside, "id"), inside }
    : { name: text(wire, key), id: undefined, inside: null };
};

type Teams = Pick<Told, "home" | "homeId" | "away" | "awayId">;
const noTeams: Teams = { home: undefined, homeId: undefined, away: undefined, awayId: undefined };

const teamsOf = (match: Wire): Teams => {
  if (typeof match.fields.teams === "string") return teamsInText(match);
  const teams = object(match, "teams");
  if (teams === undefined || teams === null) return noTeams;
  const [home, away] = [namedAt(teams, "home"), namedAt(teams, "away")];
  return { home: home.name, homeId: home.id, away: away.name, awayId: away.id };
};

/** Club names hold hyphens of their own ("Vinberg-Falkenberg"), so only a hyphen that stands alone parts two teams. */
const separators: readonly ReadonlySet<string>[] = [new Set(["vs", "vs."]), new Set(["-", "–", "—"])];

/** At the first separator: "A vs B vs C" is taken for A against "B vs C". */
const teamsInText = (match: Wire): Teams => {
  const said = text(match, "teams");
  if (said === undefined || said === null) return noTeams;
  const words = said.split(/\s+/);
  for (const separator of separators) {
    const at = words.findIndex((word) => separator.has(word.toLowerCase()));
    if (at !== -1)
      return {
        ...noTeams,
        home: saidText(words.slice(0, at).join(" ")),
        away: saidText(words.slice(at + 1).join(" ")),
      };
  }
  unread(match, "expected two teams: A vs B", "teams");
  return noTeams;
};

const venueOf = (match: Wire): Pick<Told, "venue" | "venueId" | "position"> => {
  const { name, id, inside } = namedAt(match, "venue");
  const coordinates = inside && object(inside, "coordinates");
  return {
    venue: name,
    venueId: id,
    position: coordinates ? positionAt(coordinates, "latitude", "longitude") : undefined,
  };
};

const competitionOf = (match: Wire): Pick<Told, "competition" | "competitionId"> => {
  const { name, id } = namedAt(match, "competition");
  return { competition: name ?? namedAt(match, "series").name ?? name, competitionId: id };
};
