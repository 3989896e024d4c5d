import { z } from "zod";
import type { MatchStatus } from "../../../shared/match.ts";
import { dialect, wireDigits, wireFlag, wireList, wireNumber, wireText } from "./dialect.ts";
import { wallClockKickoff } from "./kickoff.ts";
import {
  firstSaid,
  said,
  saidAddress,
  saidId,
  statusOfFlags,
  statusOfWord,
  toldPeople,
  toldPosition,
  toldText,
} from "./words.ts";

/**
 * The publisher's schema 2.0. Two generations of it are on the wire: a small one (`series`, `status` as a word, roles
 * "N/A") and a full one (`competition`, `match_number`, `venue.coordinates`, contacts, `status` as flags).
 */

const reachSchema = z
  .object({
    mobile: wireDigits,
    phone: wireDigits,
    work_phone: wireDigits,
    email: wireText,
    address: z.object({ street: wireText, postal_code: wireDigits, city: wireText }).nullish(),
  })
  .nullish();
const namedSchema = z.object({ name: wireText, id: wireDigits }).nullish();
const flagsSchema = z.object({
  suspended: wireFlag,
  cancelled: wireFlag,
  postponed: wireFlag,
  final_result: wireFlag,
});

const refereeSchema = z.object({ name: wireText, role: wireText, role_short: wireText, contact: reachSchema });

const schema = z.object({
  match_number: wireDigits,
  teams: z.object({ home: namedSchema, away: namedSchema }).nullish(),
  date: wireText,
  time: wireText,
  venue: z
    .object({
      name: wireText,
      id: wireDigits,
      coordinates: z.object({ latitude: wireNumber, longitude: wireNumber }).nullish(),
    })
    .nullish(),
  competition: namedSchema,
  series: namedSchema,
  status: z.union([z.string(), flagsSchema]).nullish(),
  referees: wireList(refereeSchema.nullable()),
  team_contacts: wireList(z.object({ name: wireText, team_name: wireText, contact: reachSchema }).nullable()),
});

const reachOf = (reach: z.infer<typeof reachSchema>) => ({
  email: said(reach?.email),
  phones: { mobile: said(reach?.mobile), home: said(reach?.phone), work: said(reach?.work_phone) },
  address: saidAddress({
    careOf: undefined,
    street: reach?.address?.street,
    postalCode: reach?.address?.postal_code,
    city: reach?.address?.city,
    country: undefined,
  }),
});

/** The publisher fills `suspended` from FOGIS's `installd` and `cancelled` from `avbruten`: not what the words say. */
const statusOf = (status: z.infer<typeof schema>["status"]): MatchStatus | undefined => {
  if (status === null || status === undefined) return undefined;
  if (typeof status === "string") return statusOfWord(status);
  const { suspended, cancelled, postponed, final_result } = status;
  return statusOfFlags({ cancelled: suspended, abandoned: cancelled, postponed, completed: final_result });
};

export const readEnhanced = dialect(schema, (match, told) => {
  told.number = said(match.match_number);
  told.home = said(match.teams?.home?.name);
  told.homeId = saidId(match.teams?.home?.id);
  told.away = said(match.teams?.away?.name);
  told.awayId = saidId(match.teams?.away?.id);
  told.venue = said(match.venue?.name);
  told.venueId = saidId(match.venue?.id);
  told.position = toldPosition(match.venue?.coordinates?.latitude, match.venue?.coordinates?.longitude);
  told.competition = firstSaid(match.competition?.name, match.series?.name);
  told.competitionId = saidId(match.competition?.id);
  told.status = statusOf(match.status);
  told.officials = toldPeople(match.referees, ({ name: told, role, role_short, contact }) => {
    const name = toldText(told);
    return name === null ? null : { role: said(role), name, roleShort: said(role_short), ...reachOf(contact) };
  });
  told.openPlaces = toldPeople(match.referees, ({ name, role }) => (toldText(name) === null ? toldText(role) : null));
  told.contacts = toldPeople(match.team_contacts, ({ name: told, team_name, contact }) => {
    const name = toldText(told);
    return name === null ? null : { team: said(team_name), name, ...reachOf(contact) };
  });
  return wallClockKickoff([{ key: "date", value: match.date }], [{ key: "time", value: match.time }]);
});
