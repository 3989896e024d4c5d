import { describe, expect, it } from "vitest";
import { anyPlace } from "../../../shared/calendar-feed.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { anOfficial } from "../../../shared/testing/people.ts";
import { match } from "../../samples.ts";
import {
  counterOf,
  type Filter,
  isFiltering,
  isNotInCalendar,
  lacksOfficial,
  matcher,
  noFilter,
  openRolesOf,
  refereesOf,
  sift,
} from "./filter.ts";
import { usualSort } from "./sort.ts";
import { type SavedViews, savedViewsSchema, viewShown, withoutView, withView } from "./views.ts";

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

const passes = (filter: Partial<Filter>, matches: readonly MatchView[] = [], unseen: readonly string[] = []) =>
  matcher({ ...noFilter, ...filter }, { matches, now, unseen: new Set(unseen), targets: ["ics"] });

const found = (filter: Partial<Filter>, matches: readonly MatchView[], unseen: readonly string[] = []) =>
  matches.filter(passes(filter, matches, unseen)).map(({ id }) => id);

describe("the filters of the table", () => {
  it("let everything through when none is set", () => {
    expect(isFiltering(noFilter)).toBe(false);
    expect(found({}, [view("1"), view("2", { kickoff: null })])).toEqual(["1", "2"]);
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

describe("the search", () => {
  const matches = [
    view("6186203", { home: "IFK Göteborg", away: "Falkenbergs FF", competition: "Ligacupen", number: "000402010" }),
    view("6186204", { home: "GAIS", venue: "Gamla Ullevi", officials: [official("Örjan Prov")] }),
  ];
  const sought = (typed: string, filter: Partial<Filter> = {}) => {
    const { rows, outside } = sift(matches, typed, passes(filter));
    return [rows.map(({ id }) => id), outside];
  };

  it("is for words in any order and case, in all a person calls a match by", () => {
    for (const typed of ["falkenberg GÖTEBORG", "ligacupen", "402010", "6186203", "goteborg", "Go\u0308teborg"])
      expect(sought(typed), typed).toEqual([["6186203"], 0]);
    for (const typed of ["ullevi", "örjan", "gais prov"]) expect(sought(typed), typed).toEqual([["6186204"], 0]);
    expect(sought("göteborg ullevi")).toEqual([[], 0]);
  });

  it("says how many it finds that the filters keep out, and nothing of it where nobody searches", () => {
    expect(sought("göteborg", { venue: "Gamla Ullevi" })).toEqual([[], 1]);
    expect(sought("prov", { venue: "Gamla Ullevi" })).toEqual([["6186204"], 1]);
    expect(sought(" ", { venue: "Gamla Ullevi" })).toEqual([["6186204"], 0]);
  });
});

describe("the filters for people, places and warnings", () => {
  const anna = anOfficial({ name: "Anna Prov", number: "17" });
  const matches = [
    view("annas", { officials: [anna], openPlaces: ["Assisterande 1"], warnings: [{ kind: "no-kickoff" }] }),
    view("another-annas", { officials: [anOfficial({ name: "Anna Prov", number: "18" })], venue: "Ullevi" }),
    view("nobodys", { officials: [], warnings: [{ kind: "no-referee" }] }),
    view("called-off", { status: "cancelled", openPlaces: ["Assisterande 2"] }),
  ];

  it("know people of one name apart", () => {
    const referees = refereesOf(matches);
    expect(referees.map(({ name }) => name)).toEqual(expect.arrayContaining(["Anna Prov (17)", "Anna Prov (18)"]));
    const referee = referees.find(({ name }) => name === "Anna Prov (17)") ?? null;
    expect(found({ referee }, matches)).toEqual(["annas"]);
  });

  it("know somebody who is known by a number in one match and by the name alone in another", () => {
    const told = [view("1", { officials: [anna] }), view("2", { officials: [anOfficial({ name: "anna prov" })] })];
    const [only, ...others] = refereesOf(told);
    expect(others).toEqual([]);
    expect(found({ referee: only ?? null }, told)).toEqual(["1", "2"]);
  });

  it("find open places by role, or whichever is open, of matches that are to be played", () => {
    expect(openRolesOf(matches)).toEqual(["Assisterande 1"]);
    expect(found({ openPlace: "Assisterande 1" }, matches)).toEqual(["annas"]);
    expect(found({ openPlace: "Assisterande 2" }, matches)).toEqual([]);
    expect(found({ openPlace: anyPlace }, matches)).toEqual(["annas", "nobodys"]);
  });

  it("find warnings and venues", () => {
    expect(found({ warning: "any" }, matches)).toEqual(["annas", "nobodys"]);
    expect(found({ warning: "no-referee" }, matches)).toEqual(["nobodys"]);
    expect(found({ venue: "Ullevi" }, matches)).toEqual(["another-annas"]);
  });
});

describe("saved views", () => {
  const open = { name: "Öppna", filter: { ...noFilter, openPlace: anyPlace }, sort: usualSort };
  const weekend = {
    name: "Helgen",
    filter: { ...noFilter, days: { kind: "weekend", day: null } },
    sort: { by: "venue", descending: true },
  } as const;
  const views: SavedViews = withView(withView([], open), weekend);

  it("stand by name, and survive being written down", () => {
    expect(views.map(({ name }) => name)).toEqual(["Helgen", "Öppna"]);
    expect(savedViewsSchema.parse(JSON.parse(JSON.stringify(views)))).toEqual(views);
  });

  it("take the place of one of the same name, and are taken away by it", () => {
    const again = withView(views, { ...weekend, name: " helgen " });
    expect(again.map(({ name }) => name)).toEqual(["helgen", "Öppna"]);
    expect(withoutView(again, "HELGEN")).toEqual([open]);
    expect(withView(views, { ...open, name: "  " })).toBe(views);
  });

  it("are known again by what they show", () => {
    expect(viewShown(views, weekend.filter, weekend.sort)?.name).toBe("Helgen");
    expect(viewShown(views, weekend.filter, usualSort)).toBeNull();
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

describe("a count that is kept up", () => {
  const lacking = (match: MatchView): boolean => lacksOfficial(match, now);
  const steps: readonly (readonly MatchView[])[] = [
    [view("1"), view("2", { officials: [] }), view("3")],
    [view("1"), view("2"), view("3", { officials: [] })],
    [view("1", { officials: [] }), view("2", { officials: [] }), view("3", { officials: [] }), view("4")],
    [view("4")],
    [],
    [view("1", { officials: [] })],
  ];

  it("is what counting all of them anew would be", () => {
    const count = counterOf(lacking);
    for (const matches of steps) expect(count(matches)).toBe(matches.filter(lacking).length);
  });

  it("asks about those alone that are others than before", () => {
    const asked: string[] = [];
    const count = counterOf((match) => {
      asked.push(match.id);
      return lacking(match);
    });
    const matches = ["1", "2", "3"].map((id) => view(id));
    count(matches);
    asked.length = 0;
    expect(count(matches.with(1, view("2", { officials: [] })))).toBe(1);
    expect(new Set(asked)).toEqual(new Set(["2"]));
  });
});
