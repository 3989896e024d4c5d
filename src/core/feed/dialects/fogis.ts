import type { PlayingTime } from "../../../shared/playing-time.ts";
import { type KickoffKeys, readKickoff } from "./kickoff.ts";
import { fogisContacts, fogisOfficials } from "./people.ts";
import { positionAt } from "./position.ts";
import { fogisStatus } from "./status.ts";
import { firstText, idOf, number, type Reading, type Said, text, unread, type Wire } from "./wire.ts";

/**
 * FOGIS's own words: all there is to know. Whoever speaks the guide's dialect, of two teams and an id, borrows of these
 * words what he likes, and those who imitate FOGIS have some more.
 */
export const readFogis = (match: Wire): Reading => {
  const { kickoff, wallClock } = readKickoff(match, kickoffKeys);
  return {
    told: {
      kickoff,
      number: text(match, "matchnr"),
      home: firstText(match, "lag1namn", "hemmalag"),
      homeId: idOf(match, "lag1lagid"),
      away: firstText(match, "lag2namn", "bortalag"),
      awayId: idOf(match, "lag2lagid"),
      competition: firstText(match, "tavlingnamn", "serienamn"),
      competitionId: idOf(match, "tavlingid"),
      venue: firstText(match, "anlaggningnamn", "arena"),
      venueId: idOf(match, "anlaggningid"),
      position: positionAt(match, "anlaggningLatitud", "anlaggningLongitud"),
      status: fogisStatus(match),
      playingTime: playingTimeOf(match),
      ...fogisOfficials(match),
      contacts: fogisContacts(match),
    },
    wallClock,
  };
};

/** `tid` is the exact instant; where others write it, it may be the time of day. */
const kickoffKeys: KickoffKeys = { whole: "tid", dates: ["speldatum", "datum"], times: ["avsparkstid"] };

const mostHalves = 10;
const mostMinutes = 120;

/** FOGIS tells no pause. It writes 0 for a length that nobody has decided. */
const playingTimeOf = (match: Wire): PlayingTime | undefined => {
  const halves = countAt(match, "antalhalvlekar", mostHalves);
  const halfMinutes = countAt(match, "tidperhalvlek", mostMinutes);
  return halves && halfMinutes ? { halves, halfMinutes, pauseMinutes: null } : undefined;
};

const countAt = (match: Wire, key: string, most: number): Said<number> => {
  const said = number(match, key);
  if (said === undefined || said === null) return said;
  return Number.isInteger(said) && said >= 0 && said <= most
    ? said
    : unread(match, `expected a whole number up to ${most}`, key);
};
