import { describe, expect, it } from "vitest";
import { type Facts, matchFields, unknownFacts } from "../../shared/match.ts";
import { instant } from "../../shared/testing/instant.ts";
import { aContact, anOfficial } from "../../shared/testing/people.ts";
import { differences, groups } from "./fields.ts";

const ada = anOfficial({ role: "Huvuddomare", name: "Ada Prov", phone: "0700000001" });
const match: Facts = {
  kickoff: instant("2027-05-06T15:00:00.000Z"),
  status: "scheduled",
  venue: "Gamla Ullevi",
  officials: [ada, anOfficial({ role: "Assisterande 1", name: "Bo Prov" })],
  openPlaces: ["Assisterande 2", "Fjärdedomare"],
  placeStatuses: [{ role: "Assisterande 2", status: "Ej tillsatt" }],
  home: "IFK Göteborg",
  away: "GAIS",
  competition: "Ettan Södra",
  number: "000402010",
  position: { latitude: 57.7066, longitude: 11.9807 },
  contacts: [aContact({ team: "GAIS", name: "Cyd Prov", email: "cyd@example.com" })],
  playingTime: { halves: 2, halfMinutes: 45, pauseMinutes: 15 },
  venueId: "1",
  homeId: "2",
  awayId: "3",
  competitionId: "4",
};

describe("what differs between two states of a match", () => {
  it("is nothing when only the order of lists does", () => {
    const again = {
      ...match,
      officials: match.officials.toReversed(),
      openPlaces: match.openPlaces.toReversed(),
      position: { longitude: 11.9807, latitude: 57.7066 },
      playingTime: { halves: 2, halfMinutes: 45, pauseMinutes: 15 },
    };
    expect(differences(match, again)).toEqual([]);
  });

  it("is every field that changed, the one people care for most first", () => {
    const after: Facts = { ...unknownFacts, status: "cancelled" };
    const found = differences(match, after);
    expect(found.map(({ field }) => field)).toEqual(matchFields);
    for (const difference of found)
      expect([difference.before, difference.after]).toEqual([match[difference.field], after[difference.field]]);
  });

  it.for([
    { role: "Fjärdedomare" },
    { name: "ada prov" },
    { phone: null },
    { email: "ada@example.com" },
    { personId: "1" },
    { status: "Återkallat" },
    { phones: { mobile: "0700000001", home: "0310000001", work: null } },
    { address: { careOf: null, street: "Provgatan 1", postalCode: null, city: null, country: null } },
  ])("is an official's %o", (change) => {
    const officials = match.officials.map((official) => (official === ada ? { ...official, ...change } : official));
    expect(differences(match, { ...match, officials }).map(({ field }) => field)).toEqual(["officials"]);
  });

  it("is a person who is there twice, or once less", () => {
    const twice = { ...match, officials: [ada, ada] };
    expect(differences(match, twice)).toHaveLength(1);
    expect(differences(twice, { ...match, officials: [ada] })).toHaveLength(1);
  });
});

it("every field belongs to one group", () => {
  const grouped = groups.flatMap(({ head, details }) => [head, ...details]);
  expect(grouped.toSorted()).toEqual([...matchFields].toSorted());
});
