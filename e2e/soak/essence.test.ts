import { expect, test } from "vitest";
import { createTruth } from "../service/truth.ts";
import { eventsAgainstTruth, type FoundEvent, namesAgainstTruth } from "./essence.ts";

const truth = createTruth({ matches: 3, seed: 5 }).matches();
const right: readonly FoundEvent[] = truth.map((match) => ({
  matchId: match.id,
  summary: `${match.home} – ${match.away}`,
  start: match.kickoff ?? "",
  location: match.venue ?? "",
  description: match.officials.map(({ name, phone }) => `${name} ${phone}`).join("\n"),
}));
const [first, ...others] = right;
if (first === undefined) throw new Error("There are three.");

test("one right event for each match is the truth", () => {
  expect(eventsAgainstTruth(right, truth)).toEqual([]);
});

test.each<readonly [string, readonly FoundEvent[], RegExp]>([
  ["is missing", others, /no event/],
  ["is there twice", [...right, first], /1 events too many/],
  ["is of no match", [...right, { ...first, matchId: "nobody's" }], /an event of no match/],
  ["has another name", [{ ...first, summary: `INSTÄLLD: ${first.summary}` }, ...others], /summary/],
  ["begins at another time", [{ ...first, start: "2027-05-08T11:00:00.000Z" }, ...others], /start/],
  ["is elsewhere", [{ ...first, location: "Heden" }, ...others], /location/],
  ["does not say who comes", [{ ...first, description: "" }, ...others], /not who is Huvuddomare/],
])("an event that %s is found", (_what, events, said) => {
  expect(eventsAgainstTruth(events, truth)[0]).toMatch(said);
});

test("whoever is missing in an address book is found, and whoever should not be there", () => {
  const names = truth.flatMap(({ officials }) => officials.flatMap(({ name }) => name ?? []));
  expect(namesAgainstTruth(names, truth)).toEqual([]);
  const [one = ""] = names;
  expect(
    namesAgainstTruth(
      names.filter((name) => name !== one),
      truth,
    ),
  ).toEqual([`${one}: no contact`]);
  expect(namesAgainstTruth([...names, "Nils Ingen"], truth)).toEqual(["Nils Ingen: a contact of nobody"]);
});
