import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MatchView } from "../../../shared/snapshot.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { match } from "../../samples.ts";
import { columnNames } from "./columns.ts";
import { sortAfter, sortMatches, usualSort } from "./sort.ts";

const view = (id: string, rest: Partial<MatchView> = {}): MatchView => ({ ...match(id, null), ...rest });
const ids = (matches: readonly MatchView[]) => matches.map(({ id }) => id);

describe("sortMatches", () => {
  it("leaves the order of kick-off as it is, and turns it with those without one last all the same", () => {
    const matches = [
      view("1", { kickoff: instant("2027-05-08T12:00:00.000Z") }),
      view("2", { kickoff: instant("2027-05-09T12:00:00.000Z") }),
      view("3"),
    ];
    expect(sortMatches(matches, usualSort)).toBe(matches);
    expect(ids(sortMatches(matches, { by: "kickoff", descending: true }))).toEqual(["2", "1", "3"]);
  });

  it("puts names in Swedish order, and what has none last", () => {
    const matches = [
      view("Ö", { venue: "Örjans vall" }),
      view("none", { venue: null }),
      view("A", { venue: "Arena" }),
      view("Å", { venue: "Ågatan" }),
      view("Z", { venue: "zinken" }),
      view("Ä", { venue: "Ängby" }),
    ];
    expect(ids(sortMatches(matches, { by: "venue", descending: false }))).toEqual(["A", "Z", "Å", "Ä", "Ö", "none"]);
    expect(ids(sortMatches(matches, { by: "venue", descending: true }))).toEqual(["Ö", "Ä", "Å", "Z", "A", "none"]);
  });

  it("puts trouble first: what failed in a calendar, what is called off", () => {
    const at = instant("2027-05-08T12:00:00.000Z");
    const matches = [
      view("there", {
        placements: { ics: { state: "there", at }, google: { state: "there", at }, caldav: { state: "there", at } },
      }),
      view("waiting", { placements: { ics: { state: "waiting" } } }),
      view("failed", { placements: { google: { state: "failed", at, problem: { kind: "internal", message: "x" } } } }),
    ];
    expect(ids(sortMatches(matches, { by: "calendar", descending: false }))).toEqual(["failed", "waiting", "there"]);
    const statuses = [view("1"), view("2", { status: "cancelled" }), view("3", { warnings: [{ kind: "no-referee" }] })];
    expect(ids(sortMatches(statuses, { by: "status", descending: false }))).toEqual(["2", "3", "1"]);
  });

  it("keeps the order of kick-off among equals and loses none", () => {
    const some = fc.array(
      fc.record({
        venue: fc.constantFrom(null, "Heden", "Ullevi"),
        competition: fc.constantFrom(null, "Ettan", "Elit"),
        number: fc.constantFrom(null, "2", "10"),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(some, fc.constantFrom(...columnNames), fc.boolean(), (values, by, descending) => {
        const matches = values.map((value, index) => view(String(index).padStart(3, "0"), value));
        const sorted = sortMatches(matches, { by, descending });
        expect(new Set(sorted)).toEqual(new Set(matches));
        const heden = sorted.filter(
          ({ venue, competition, number }) => venue === "Heden" && competition === "Elit" && number === "2",
        );
        expect(ids(heden)).toEqual(ids(heden).toSorted());
      }),
    );
  });

  it("turns with a second press, and shows the newest change first", () => {
    expect(sortAfter(usualSort, "venue")).toEqual({ by: "venue", descending: false });
    expect(sortAfter({ by: "venue", descending: false }, "venue")).toEqual({ by: "venue", descending: true });
    expect(sortAfter(usualSort, "changed")).toEqual({ by: "changed", descending: true });
  });
});
