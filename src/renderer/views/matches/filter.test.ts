import { describe, expect, it } from "vitest";
import type { MatchView } from "../../../shared/snapshot.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { anOfficial } from "../../../shared/testing/people.ts";
import { match } from "../../samples.ts";
import { type Filter, isFiltering, isNotInCalendar, lacksOfficial, matcher, noFilter } from "./filter.ts";

// Saturday 14:00 in Stockholm.
const now = instant("2027-05-08T12:00:00.000Z");
const official = (name: string, role: string | null = "Huvuddomare") => anOfficial({ role, name });

const view = (id: string, rest: Partial<MatchView> = {}): MatchView => ({
  ...match(id, "2027-05-08T13:00:00.000Z"),
  changedAt: instant("2027-04-20T12:00:00.000Z"),
  officials: [official("Anna Prov")],
  placements: { ics: { state: "there", at: now } },
  ...rest,
});

const found = (filter: Partial<Filter>, matches: readonly MatchView[], unseen: readonly string[] = []) =>
  matches
    .filter(matcher({ ...noFilter, ...filter }, { now, unseen: new Set(unseen), targets: ["ics"] }))
    .map(({ id }) => id);

describe("the filters of the table", () => {
  it("let everything through when none is set", () => {
    expect(isFiltering({ ...noFilter, search: " " })).toBe(false);
    expect(found({}, [view("1"), view("2", { kickoff: null })])).toEqual(["1", "2"]);
  });

  it("search for words in any order and case, in all a person calls a match by", () => {
    const matches = [
      view("6186203", { home: "IFK Göteborg", away: "Falkenbergs FF", competition: "Ligacupen", number: "000402010" }),
      view("6186204", { home: "GAIS", venue: "Gamla Ullevi", officials: [official("Örjan Prov")] }),
    ];
    for (const search of ["falkenberg GÖTEBORG", "ligacupen", "402010", "6186203", "goteborg", "Go\u0308teborg"])
      expect(found({ search }, matches), search).toEqual(["6186203"]);
    for (const search of ["ullevi", "örjan", "gais prov"])
      expect(found({ search }, matches), search).toEqual(["6186204"]);
    expect(found({ search: "göteborg ullevi" }, matches)).toEqual([]);
  });

  it("hold together: all that are set must pass", () => {
    const matches = [
      view("1", { competition: "Ettan", status: "cancelled" }),
      view("2", { competition: "Ettan" }),
      view("3", { status: "cancelled" }),
    ];
    expect(found({ competition: "Ettan" }, matches)).toEqual(["1", "2"]);
    expect(found({ competition: "Ettan", status: "cancelled" }, matches)).toEqual(["1"]);
  });

  it("tell a match that is no longer in the list from its status", () => {
    const matches = [view("1", { goneAt: now }), view("2")];
    expect(found({ status: "gone" }, matches)).toEqual(["1"]);
    expect(found({ status: "scheduled" }, matches)).toEqual(["2"]);
  });

  it("know days by Stockholm's clock", () => {
    const matches = [
      view("yesterday", { kickoff: instant("2027-05-07T21:59:00.000Z") }),
      view("just-after-midnight", { kickoff: instant("2027-05-07T22:00:00.000Z") }),
      view("last-of-week", { kickoff: instant("2027-05-14T21:59:00.000Z") }),
      view("after-week", { kickoff: instant("2027-05-14T22:00:00.000Z") }),
      view("unset", { kickoff: null }),
    ];
    expect(found({ days: "past" }, matches)).toEqual(["yesterday"]);
    expect(found({ days: "soon" }, matches)).toEqual(["just-after-midnight", "last-of-week"]);
    expect(found({ days: "coming" }, matches)).toEqual(["just-after-midnight", "last-of-week", "after-week", "unset"]);
    expect(found({ days: { kind: "day", day: null } }, matches)).toEqual(["just-after-midnight"]);
    expect(found({ days: { kind: "day", day: "2027-05-07" } }, matches)).toEqual(["yesterday"]);
  });

  it("know what changed lately, and what the person has not seen", () => {
    const matches = [
      view("now", { changedAt: instant("2027-05-08T11:30:00.000Z") }),
      view("today", { changedAt: instant("2027-05-07T13:00:00.000Z") }),
      view("this-week", { changedAt: instant("2027-05-02T12:00:00.000Z") }),
      view("long-ago"),
    ];
    expect(found({ changed: "hour" }, matches)).toEqual(["now"]);
    expect(found({ changed: "day" }, matches)).toEqual(["now", "today"]);
    expect(found({ changed: "week" }, matches)).toEqual(["now", "today", "this-week"]);
    expect(found({ changed: "unseen" }, matches, ["long-ago"])).toEqual(["long-ago"]);
  });
});

describe("a match without a referee", () => {
  it("asks for one as long as it is to be played", () => {
    const without = { officials: [official("Bo Prov", "Assisterande 1")] };
    expect(lacksOfficial(view("1", without), now)).toBe(true);
    expect(lacksOfficial(view("1", { ...without, kickoff: null }), now)).toBe(true);
    expect(lacksOfficial(view("1"), now)).toBe(false);
    expect(lacksOfficial(view("1", { ...without, kickoff: instant("2027-05-08T11:59:00.000Z") }), now)).toBe(false);
    expect(lacksOfficial(view("1", { ...without, status: "cancelled" }), now)).toBe(false);
    expect(lacksOfficial(view("1", { ...without, goneAt: now }), now)).toBe(false);
  });
});

describe("a match that is not in the calendar", () => {
  const problem = { kind: "calendar-server", message: "HTTP 500" } as const;

  it("is missing from some calendar in use", () => {
    const there = { state: "there", at: now } as const;
    expect(isNotInCalendar(view("1", { placements: {} }), ["ics"])).toBe(true);
    expect(isNotInCalendar(view("1", { placements: {} }), [])).toBe(false);
    expect(isNotInCalendar(view("1", { placements: { ics: there } }), ["ics", "google"])).toBe(true);
    expect(isNotInCalendar(view("1", { placements: { ics: there } }), ["ics"])).toBe(false);
  });

  it("waits, failed or was skipped; what is rightly left out does not count", () => {
    const placed = (ics: MatchView["placements"]["ics"]): boolean =>
      isNotInCalendar(view("1", ics === undefined ? {} : { placements: { ics } }), ["ics"]);
    expect(placed({ state: "waiting" })).toBe(true);
    expect(placed({ state: "failed", problem, at: now })).toBe(true);
    expect(placed({ state: "skipped", reason: "no-kickoff" })).toBe(true);
    expect(placed({ state: "skipped", reason: "too-old" })).toBe(false);
    expect(placed({ state: "differs", at: now })).toBe(false);
    expect(isNotInCalendar(view("1", { goneAt: now, placements: {} }), ["ics"])).toBe(false);
  });
});
