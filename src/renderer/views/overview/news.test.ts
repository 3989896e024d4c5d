import { describe, expect, it } from "vitest";
import type { Change, Difference } from "../../../shared/change.ts";
import { instant } from "../../../shared/testing/instant.ts";
import * as samples from "../../samples.ts";
import { newsLines, newsOf } from "./news.ts";

let id = 0;
const change = (matchId: string, difference: Difference, urgent = false): Change => {
  id += 1;
  return { ...samples.change(id), matchId, difference, urgent };
};
const kickoff = (before: string, after: string): Difference => ({
  field: "kickoff",
  before: instant(before),
  after: instant(after),
});
const venue = (before: string, after: string): Difference => ({ field: "venue", before, after });
const one = "2027-05-08T13:00:00.000Z";
const two = "2027-05-08T15:00:00.000Z";
const three = "2027-05-09T15:00:00.000Z";

/** As the window has them: the newest first. */
const news = (...changes: readonly Change[]) =>
  newsOf(changes.toReversed(), (matchId) => samples.match(matchId, matchId === "soon" ? one : three));

describe("newsOf", () => {
  it("says of each match once what its changes come to", () => {
    const { matches } = news(
      change("1", kickoff(one, two)),
      change("1", venue("Heden", "Valhalla")),
      change("1", kickoff(two, three)),
    );
    expect(matches.map(({ changes }) => changes.map(({ difference }) => difference))).toEqual([
      [kickoff(one, three), venue("Heden", "Valhalla")],
    ]);
  });

  it("says nothing of what went back to what it was, nor of a match that went and came back", () => {
    const { matches } = news(
      change("1", kickoff(one, two)),
      change("1", kickoff(two, one)),
      change("2", { field: "gone" }),
      change("2", { field: "returned" }),
    );
    expect(matches).toEqual([]);
  });

  it("counts new matches and other ways to reach people, and does not list them", () => {
    const told = news(
      change("1", { field: "added" }),
      change("1", venue("Heden", "Valhalla")),
      change("2", { field: "contacts", before: [], after: [] }),
      change("3", { field: "venueId", before: "1", after: "2" }),
    );
    expect(told).toEqual({ matches: [], added: ["1"], contacts: ["3"] });
  });

  it("puts the urgent first, then what weighs more, then what is played sooner", () => {
    const { matches } = news(
      change("later", venue("Heden", "Valhalla")),
      change("soon", venue("Heden", "Valhalla")),
      change("named", { field: "home", before: "A", after: "B" }),
      change("off", { field: "status", before: "scheduled", after: "cancelled" }),
      change("pressing", { field: "home", before: "A", after: "B" }, true),
    );
    expect(matches.map(({ matchId }) => matchId)).toEqual(["pressing", "off", "soon", "later", "named"]);
  });
});

describe("newsLines", () => {
  const inCompetition = (competition: string | null, ...changes: readonly Change[]) =>
    newsOf(changes, (matchId) => ({ ...samples.match(matchId, one), competition })).matches;
  const gone = (...ids: readonly string[]) => ids.map((matchId) => change(matchId, { field: "gone" }));

  it("puts a competition that is gone from the list in one line, where its first match stands", () => {
    const lost = inCompetition("Div 3", ...gone("1", "2", "3", "4"));
    const others = inCompetition("Div 4", ...gone("5", "6", "7"));
    const [moved] = inCompetition("Div 3", change("8", venue("Heden", "Valhalla")));
    const [first, ...rest] = lost;
    if (first === undefined || moved === undefined) throw new Error("There is no news.");
    expect(newsLines([first, moved, ...rest, ...others])).toEqual([
      { of: "many", field: "gone", competition: "Div 3", matches: lost },
      { of: "match", news: moved },
      ...others.map((news) => ({ of: "match", news })),
    ]);
  });

  it("leaves alone what has more to say than that, and does not mix what went with what came back", () => {
    const ids = ["1", "2", "3", "4"];
    const both = inCompetition(null, ...ids.flatMap((id) => [...gone(id), change(id, venue("Heden", "Valhalla"))]));
    expect(newsLines(both).map(({ of }) => of)).toEqual(["match", "match", "match", "match"]);
    const mixed = inCompetition(null, ...gone("1", "2"), ...["3", "4"].map((id) => change(id, { field: "returned" })));
    expect(newsLines(mixed)).toHaveLength(4);
  });
});
