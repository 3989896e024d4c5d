import { describe, expect, it } from "vitest";
import type { Concerned, TodoItem } from "../../../shared/desk.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { entriesOf, rolesWanted } from "./todo.ts";

const at = instant("2027-05-08T13:00:00.000Z");
const anna: Concerned = { id: "fogis-1", name: "Anna Prov", role: "Huvuddomare", phone: null, email: null, told: null };
const nils: Concerned = { ...anna, id: "fogis-2", name: "Nils Prov" };
const head = (kind: string, matchId: string) => ({
  id: `${kind}/${matchId}`,
  since: at,
  urgency: "hours" as const,
  matchId,
  title: `Hemma ${matchId} – Borta`,
  kickoff: at,
  venue: null,
  upTo: 9,
});
const moved = (matchId: string, ...people: readonly Concerned[]) =>
  ({ kind: "moved", ...head("moved", matchId), people, changes: [] }) satisfies TodoItem;
const open = (matchId: string, ...places: readonly string[]) =>
  ({
    kind: "open-place",
    ...head("open-place", matchId),
    people: [],
    places: places.map((role) => ({ role, status: null })),
  }) satisfies TodoItem;
const clash = (matchId: string, person: Concerned) =>
  ({
    kind: "double-booked",
    ...head("double-booked", matchId),
    people: [person],
    otherMatchId: "x",
  }) satisfies TodoItem;

describe("entriesOf", () => {
  it("shows a match once, where its most pressing item stands", () => {
    const entries = entriesOf([moved("1", anna), open("2", "AD1"), open("1", "AD2")]);
    expect(entries.map((entry) => (entry.of === "match" ? entry.items.map(({ id }) => id) : entry.item.id))).toEqual([
      ["moved/1", "open-place/1"],
      ["open-place/2"],
    ]);
  });

  it("names each person once, with a tick where there is something to tell them", () => {
    const [entry] = entriesOf([clash("1", anna), moved("1", anna), clash("1", nils)]);
    expect(entry?.of === "match" && entry.people).toEqual([
      { person: anna, upTo: 9 },
      { person: nils, upTo: null },
    ]);
  });
});

describe("rolesWanted", () => {
  it("are the open ones and those of whoever withdrew", () => {
    const withdrawn = { ...moved("1", anna), kind: "withdrawn" } satisfies TodoItem;
    expect(rolesWanted([withdrawn, open("1", "AD1", "AD2"), moved("1", nils)])).toEqual(["Huvuddomare", "AD1", "AD2"]);
  });
});
