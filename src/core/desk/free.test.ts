import { expect, it } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import type { Match, Official } from "../../shared/match.ts";
import { anOfficial } from "../../shared/testing/people.ts";
import { aMatch } from "../calendar/testing/records.ts";
import { isTimed } from "../matches/apart.ts";
import { createDirectory } from "../people/directory.ts";
import { freeFor } from "./free.ts";

const hour = 3_600_000;
/** A Thursday. */
const noon = Date.UTC(2027, 4, 6, 10);
const inHours = (hours: number) => instantOf(noon + hours * hour);

const heden = { venue: "Heden", position: { latitude: 57.702, longitude: 11.978 } };
const stockholm = { venue: "Stadion", position: { latitude: 59.33, longitude: 18.06 } };
const who = (name: string, role = "Assisterande 1"): Official => anOfficial({ name, role, personId: name });

const match = (id: string, hours: number, officials: readonly Official[], more: Partial<Match> = {}): Match =>
  aMatch({ id, kickoff: inHours(hours), officials, ...heden, ...more });

const free = (others: readonly Match[], role: string | null = "Assisterande 1") => {
  const asked = match("asked", 0, [who("Lena Prov", "Huvuddomare")]);
  if (!isTimed(asked)) throw new Error("The match has a kick-off.");
  const { people } = createDirectory([asked, ...others], (text) => text);
  return freeFor(asked, role, people().values());
};

it("whoever has the match already, or one that keeps them from it, is not free", () => {
  const names = free([
    match("same time", 0.5, [who("Anna Prov")]),
    match("too far", -4, [who("Bo Prov")], stockholm),
    match("in a row", 2, [who("Eva Prov")]),
    match("another day", 30, [who("Kim Prov")], stockholm),
    match("called off", 0, [who("Nils Prov")], { status: "cancelled" }),
  ]).map(({ name }) => name);
  expect(names.toSorted()).toEqual(["Eva Prov", "Kim Prov", "Nils Prov"]);
});

it("those who have had the role stand first, then those who have least that week", () => {
  const found = free([
    match("a", 30, [who("Anna Prov", "Fjärdedomare"), who("Bo Prov")]),
    match("b", 60, [who("Bo Prov"), who("Eva Prov")]),
    // The Monday after.
    match("c", 4 * 24, [who("Eva Prov"), who("Kim Prov")]),
  ]);
  expect(found.map(({ name, heldRole, thatWeek }) => [name, heldRole, thatWeek])).toEqual([
    ["Eva Prov", 2, 1],
    ["Bo Prov", 2, 2],
    ["Kim Prov", 1, 0],
    ["Anna Prov", 0, 1],
  ]);
});

it("says what they have before and after it: how far away, and how long between", () => {
  const [anna] = free([match("before", -5, [who("Anna Prov")]), match("after", 20, [who("Anna Prov")], stockholm)]);
  // A match of unknown length is taken to last two hours.
  expect(anna?.before).toMatchObject({ matchId: "before", km: 0, minutesBetween: 180 });
  expect(anna?.after?.matchId).toBe("after");
  expect(anna?.after?.km).toBeGreaterThan(390);
  expect(free([match("long ago", -30, [who("Bo Prov")])])[0]).toMatchObject({ before: null, after: null });
});
