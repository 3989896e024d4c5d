import { z } from "zod";
import type { MatchStatus } from "../../../shared/match.ts";
import { dialect, wireDigits, wireFlag, wireList, wireNumber, wireText } from "./dialect.ts";
import { wallClockKickoff } from "./kickoff.ts";
import { firstTold, statusOfFlags, statusOfWord, tellText, toldPeople, toldPosition, toldText } from "./words.ts";

/**
 * The publisher's schema 2.0. Two generations of it are on the wire: a small one (`series`, `status` as a word, roles
 * "N/A") and a full one (`competition`, `match_number`, `venue.coordinates`, contacts, `status` as flags).
 */

const reachSchema = z
  .object({ mobile: wireDigits, phone: wireDigits, work_phone: wireDigits, email: wireText })
  .nullish();
const namedSchema = z.object({ name: wireText }).nullish();
const flagsSchema = z.object({
  suspended: wireFlag,
  cancelled: wireFlag,
  postponed: wireFlag,
  final_result: wireFlag,
});

const schema = z.object({
  match_number: wireDigits,
  teams: z.object({ home: namedSchema, away: namedSchema }).nullish(),
  date: wireText,
  time: wireText,
  venue: z
    .object({ name: wireText, coordinates: z.object({ latitude: wireNumber, longitude: wireNumber }).nullish() })
    .nullish(),
  competition: namedSchema,
  series: namedSchema,
  status: z.union([z.string(), flagsSchema]).nullish(),
  referees: wireList(z.object({ name: wireText, role: wireText, contact: reachSchema }).nullable()),
  team_contacts: wireList(z.object({ name: wireText, team_name: wireText, contact: reachSchema }).nullable()),
});

type Reach = z.infer<typeof reachSchema>;
const phoneOf = (reach: Reach): string | null => firstTold(reach?.mobile, reach?.phone, reach?.work_phone);

/** The publisher fills `suspended` from FOGIS's `installd` and `cancelled` from `avbruten`: not what the words say. */
const statusOf = (status: z.infer<typeof schema>["status"]): MatchStatus | null => {
  if (status === null || status === undefined) return null;
  if (typeof status === "string") return statusOfWord(status);
  const { suspended, cancelled, postponed, final_result } = status;
  return statusOfFlags({ cancelled: suspended, abandoned: cancelled, postponed, completed: final_result });
};

export const readEnhanced = dialect(schema, (match, told) => {
  tellText(told, "number", firstTold(match.match_number));
  tellText(told, "home", toldText(match.teams?.home?.name));
  tellText(told, "away", toldText(match.teams?.away?.name));
  tellText(told, "venue", toldText(match.venue?.name));
  tellText(told, "competition", firstTold(match.competition?.name, match.series?.name));
  const position = toldPosition(match.venue?.coordinates?.latitude, match.venue?.coordinates?.longitude);
  if (position !== null) told.position = position;
  const status = statusOf(match.status);
  if (status !== null) told.status = status;

  const officials = toldPeople(match.referees, ({ name: told, role, contact }) => {
    const name = toldText(told);
    if (name === null) return null;
    return { role: toldText(role), name, phone: phoneOf(contact), email: toldText(contact?.email) };
  });
  if (officials !== null) told.officials = officials;
  const contacts = toldPeople(match.team_contacts, ({ name: told, team_name, contact }) => {
    const name = toldText(told);
    if (name === null) return null;
    return { team: toldText(team_name), name, phone: phoneOf(contact), email: toldText(contact?.email) };
  });
  if (contacts !== null) told.contacts = contacts;

  return wallClockKickoff([{ key: "date", value: match.date }], [{ key: "time", value: match.time }]);
});
