import { describe, expect, it } from "vitest";
import type { Change, Difference } from "../../shared/change.ts";
import { instant } from "../../shared/testing/instant.ts";
import { aContact, anOfficial } from "../../shared/testing/people.ts";
import type { MatchFacts, SaidFacts } from "../facts/facts.ts";
import { createComparison } from "./comparison.ts";

const at = instant("2027-05-06T10:00:00.000Z");
const changed = (matchId: string, difference: Difference): readonly Change[] => [
  {
    id: 1,
    matchId,
    title: "",
    at,
    difference,
    origin: { at, dialect: "fogis", channel: "c" },
    note: null,
    urgent: false,
  },
];
const told = (id: string, facts: SaidFacts): MatchFacts => ({
  id,
  dialect: "fogis",
  wallClock: false,
  told: facts,
  noted: [],
});
const venue = (after: string | null): Difference => ({ field: "venue", before: null, after });
const ada = anOfficial({ name: "Ada  Prov" });

describe("the comparison of Redis and the list", () => {
  it("counts who was first, and both when the other says the same", () => {
    const comparison = createComparison();
    comparison.changed("redis", changed("a", venue("Ängby IP")));
    comparison.changed("http", changed("b", { field: "added" }));
    comparison.told("redis", told("a", { venue: "Ängby IP" }));
    expect(comparison.counts()).toEqual({ redis: { first: 1, only: 1 }, http: { first: 1, only: 1 }, both: 0 });
    comparison.told("http", told("a", { venue: "Ängby IP" }));
    comparison.told("redis", told("b", {}));
    comparison.told("redis", told("b", {}));
    expect(comparison.counts()).toEqual({ redis: { first: 1, only: 0 }, http: { first: 1, only: 0 }, both: 2 });
  });

  it("does not take another value, or none, for the same", () => {
    const comparison = createComparison();
    comparison.changed("redis", changed("a", venue("Ängby IP")));
    comparison.told("http", told("a", { venue: "Gamla IP" }));
    comparison.told("http", told("a", { home: "Ängby IF" }));
    expect(comparison.counts().redis.only).toBe(1);
  });

  it("leaves to one way alone what was changed again before the other told it", () => {
    const comparison = createComparison();
    comparison.changed("redis", changed("a", venue("Ängby IP")));
    comparison.changed("redis", changed("a", venue("Östra IP")));
    comparison.told("http", told("a", { venue: "Östra IP" }));
    expect(comparison.counts()).toMatchObject({ redis: { first: 2, only: 1 }, both: 1 });
  });

  const same: readonly (readonly [string, Difference, SaidFacts, boolean])[] = [
    [
      "a kick-off on the same wall clock",
      { field: "kickoff", before: null, after: instant("2027-10-31T00:30:00.000Z") },
      { kickoff: instant("2027-10-31T01:30:00.000Z") },
      true,
    ],
    [
      "a kick-off an hour later",
      { field: "kickoff", before: null, after: at },
      { kickoff: instant("2027-05-06T11:00:00.000Z") },
      false,
    ],
    ["a kick-off that both call undecided", { field: "kickoff", before: at, after: null }, { kickoff: null }, true],
    [
      "officials by their names",
      { field: "officials", before: [], after: [anOfficial({ name: "Ada  Prov", phone: "0700000001" })] },
      { officials: [{ name: "ada prov" }] },
      true,
    ],
    ["other officials", { field: "officials", before: [], after: [ada] }, { officials: [] }, false],
    [
      "contacts",
      { field: "contacts", before: [], after: [aContact({ name: "Ada  Prov" })] },
      { contacts: [{ name: "Ada  Prov", team: "A" }] },
      true,
    ],
    [
      "a position",
      { field: "position", before: null, after: { latitude: 1, longitude: 2 } },
      { position: { latitude: 1, longitude: 2 } },
      true,
    ],
    ["a status", { field: "status", before: "scheduled", after: "cancelled" }, { status: "cancelled" }, true],
    ["a match that is gone", { field: "gone" }, { venue: "Ängby IP" }, false],
    ["a match that came back", { field: "returned" }, {}, true],
  ];
  for (const [name, difference, facts, isSame] of same) {
    it(`${isSame ? "recognises" : "tells apart"} ${name}`, () => {
      const comparison = createComparison();
      comparison.changed("http", changed("a", difference));
      comparison.told("redis", told("a", facts));
      expect(comparison.counts().both).toBe(isSame ? 1 : 0);
    });
  }

  it("forgets what has waited longest when too much waits, and goes on counting", () => {
    const comparison = createComparison(2);
    for (const id of ["a", "b", "c"]) comparison.changed("redis", changed(id, { field: "added" }));
    for (const id of ["a", "b", "c"]) comparison.told("http", told(id, {}));
    expect(comparison.counts()).toMatchObject({ redis: { first: 3, only: 1 }, both: 2 });
  });
});
