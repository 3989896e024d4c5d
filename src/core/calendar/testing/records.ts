import { type Match, unknownFacts } from "../../../shared/match.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { aContact, anOfficial } from "../../../shared/testing/people.ts";
import { type MatchRecord, newRecord } from "../../matches/record.ts";
import type { Log } from "../../ports.ts";

export const aMatch = (facts: Partial<Match> & Pick<Match, "id">): Match => ({
  ...unknownFacts,
  number: "000402010",
  competition: "Ligacupen Elit Västra",
  home: "IFK Göteborg",
  away: "Falkenbergs FF",
  kickoff: instant("2027-05-06T15:00:00.000Z"),
  venue: "Kamratgården 2 hybrid",
  position: { latitude: 57.697617, longitude: 12.028288 },
  officials: [
    anOfficial({ role: "Huvuddomare", name: "Prov Domare", phone: "0700000001", email: "domare@example.com" }),
    anOfficial({ role: "Assisterande 1", name: "Prov Assistent Ett" }),
  ],
  contacts: [aContact({ team: "IFK Göteborg", name: "Prov Lagledare", phone: "0700000010" })],
  status: "scheduled",
  ...facts,
});

export const aRecord = (match: Match, facts: Partial<Omit<MatchRecord, "match">> = {}): MatchRecord => ({
  ...newRecord(match, instant("2027-01-01T00:00:00.000Z")),
  ...facts,
});

const nothing = (): void => undefined;
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, part: () => silentLog };
