import { describe, expect, it } from "vitest";
import type { Match } from "../../shared/match.ts";
import { instant } from "../../shared/testing/instant.ts";
import { differences } from "./diff.ts";

const match: Match = {
  id: "1",
  number: "000402010",
  competition: "Ettan Södra",
  home: "IFK Göteborg",
  away: "GAIS",
  kickoff: instant("2027-05-06T15:00:00.000Z"),
  venue: "Gamla Ullevi",
  position: { latitude: 57.7066, longitude: 11.9807 },
  officials: [
    { role: "Huvuddomare", name: "Ada Prov", phone: "0700000001", email: null },
    { role: "Assisterande 1", name: "Bo Prov", phone: null, email: null },
  ],
  contacts: [{ team: "GAIS", name: "Cyd Prov", phone: null, email: "cyd@example.com" }],
  status: "scheduled",
};

describe("what differs between two states of a match", () => {
  it("is nothing when only the order of people does", () => {
    expect(
      differences(match, {
        ...match,
        officials: match.officials.toReversed(),
        position: { ...(match.position ?? { latitude: 0, longitude: 0 }) },
      }),
    ).toEqual([]);
  });

  it("is every field that changed, the one people care for most first", () => {
    const after: Match = {
      id: "1",
      number: "1",
      competition: null,
      home: "BK Häcken",
      away: "Örgryte IS",
      kickoff: null,
      venue: "Nya Ullevi",
      position: null,
      officials: match.officials.slice(0, 1),
      contacts: match.contacts.map((contact) => ({ ...contact, phone: "0700000010" })),
      status: "cancelled",
    };
    const found = differences(match, after);
    expect(found.map(({ field }) => field)).toEqual([
      "kickoff",
      "status",
      "venue",
      "officials",
      "home",
      "away",
      "competition",
      "number",
      "position",
      "contacts",
    ]);
    for (const difference of found) {
      if (!("after" in difference)) throw new Error(`${difference.field} has no values`);
      expect([difference.before, difference.after]).toEqual([match[difference.field], after[difference.field]]);
    }
  });

  it.for([{ role: "Fjärdedomare" }, { name: "ada prov" }, { phone: null }, { email: "ada@example.com" }])(
    "is an official's %o",
    (change) => {
      const officials = match.officials.map((official, index) => (index === 0 ? { ...official, ...change } : official));
      expect(differences(match, { ...match, officials }).map(({ field }) => field)).toEqual(["officials"]);
    },
  );
});
