import { describe, expect, it } from "vitest";
import type { Person } from "../../shared/people.ts";
import { searchFor } from "../../shared/search.ts";
import { anOfficial } from "../../shared/testing/people.ts";
import { openState } from "../apply.ts";
import { match, snapshot } from "../samples.ts";
import { findNames, findPerson, personAt } from "./people.ts";

const person = (id: string, name: string, ...matchIds: readonly string[]): Person => ({
  ...anOfficial({ name }),
  id,
  contacts: {},
  matches: matchIds.map((matchId) => ({
    matchId,
    title: "Hemma – Borta",
    kickoff: null,
    venue: null,
    status: "scheduled",
    role: null,
    assignment: null,
    minutes: 105,
    from: null,
    told: null,
  })),
});

describe("findPerson", () => {
  const father = person("fogis-1", "Nils Prov", "10");
  const son = person("fogis-2", "Nils Prov", "20");
  const other = person("fogis-3", "Anna: Prov", "10");
  const people = [father, son, other];

  it("finds by id, and by a match with a name, namesakes elsewhere aside", () => {
    expect(findPerson(people, "fogis-2")).toBe(son);
    expect(findPerson(people, personAt("10", "Nils Prov"))).toBe(father);
    expect(findPerson(people, personAt("20", "Nils Prov"))).toBe(son);
    expect(findPerson(people, personAt("10", "Anna: Prov"))).toBe(other);
    expect(findPerson(people, personAt("30", "Nils Prov"))).toBeNull();
    expect(findPerson(people, "fogis-9")).toBeNull();
  });

  it("finds by the name alone where the match counts no more, if one has the name", () => {
    expect(findPerson(people, personAt("gone", "Anna: Prov"))).toBe(other);
    expect(findPerson(people, personAt("gone", "Nils Prov"))).toBeNull();
  });

  it("finds the only one of a match whose name is written another way there", () => {
    expect(findPerson(people, personAt("20", "NILS PROV"))).toBe(son);
    expect(findPerson(people, personAt("10", "NILS PROV"))).toBeNull();
  });
});

describe("findNames", () => {
  const official = (name: string, personId: string) => anOfficial({ name, personId });
  const matches = [
    { ...match("1", null), officials: [official("Anna Prov", "7"), official("Nils Prov", "8")] },
    { ...match("2", null), officials: [official("Anna Prov", "7"), official("Änna Annan", "9")] },
    { ...match("3", null), officials: [official("Bo Channas", "10")] },
    // Not every publisher tells the id.
    { ...match("4", null), officials: [anOfficial({ name: "Bo Channas" })] },
  ];
  const { byPerson } = openState(snapshot(1, { matches })).index;
  const find = (typed: string, atMost = 10) => findNames({ byPerson }, matches, searchFor(typed), atMost);

  it("names each once, whatever the marks, and nobody for nothing", () => {
    expect(find("anna").map(({ name, matchId }) => [name, matchId])).toEqual([
      ["Anna Prov", "1"],
      ["Änna Annan", "2"],
      ["Bo Channas", "3"],
    ]);
    expect(find("bo c").map(({ id }) => id)).toEqual(["fogis-10"]);
    expect(find("prov", 1)).toHaveLength(1);
    expect(find(" ")).toEqual([]);
  });
});
