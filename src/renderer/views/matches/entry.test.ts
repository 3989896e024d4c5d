import { describe, expect, it } from "vitest";
import { unknownOfficial } from "../../../shared/match.ts";
import { formatFor } from "../../../shared/text/format.ts";
import { textsFor } from "../../../shared/text/texts.ts";
import { match } from "../../samples.ts";
import { type Draft, draftOf, emptyDraft, readDraft, withLine } from "./entry.ts";

const inSwedish = textsFor("sv").match.role;
const inEnglish = textsFor("en").match.role;
const draft: Draft = { ...emptyDraft(inSwedish), home: "Hemma IF", away: "Borta BK" };
const faultsOf = (part: Partial<Draft>) => {
  const read = readDraft({ ...draft, ...part });
  return read.ok ? [] : [...read.faults];
};

describe("the form for a match by hand", () => {
  it("says what was entered, on Stockholm's clock, and of nothing that it is not known", () => {
    expect(readDraft({ ...draft, day: "2027-05-08", time: "15:00", venue: " Heden " })).toEqual({
      ok: true,
      match: {
        home: "Hemma IF",
        away: "Borta BK",
        kickoff: "2027-05-08T13:00:00.000Z",
        venue: "Heden",
        competition: null,
        status: "scheduled",
        officials: [],
      },
    });
  });

  it("names each field that is wrong by its place, empty lines of officials counted", () => {
    expect(faultsOf({ home: " ", away: "" })).toEqual(["home", "away"]);
    expect(faultsOf({ day: "2027-05-08" })).toEqual(["time"]);
    expect(faultsOf({ time: "15:00" })).toEqual(["day"]);
    for (const time of ["24:00", "15:60", "15", "soon"])
      expect(faultsOf({ day: "2027-05-08", time })).toEqual(["time"]);
    for (const time of ["15.00", "1500", "9:00"]) expect(faultsOf({ day: "2027-05-08", time })).toEqual([]);
    const officials = [...withLine([], inSwedish), { line: 7, role: "", name: "Anna Prov", phone: "1", email: "anna" }];
    expect(faultsOf({ officials })).toEqual(["officials.1.role", "officials.1.phone", "officials.1.email"]);
  });

  it("offers the next role that nobody has, on a line of its own", () => {
    const [first, ...rest] = withLine(withLine(withLine([], inSwedish), inSwedish), inSwedish);
    expect([first, ...rest].map((official) => official?.role)).toEqual([
      "Huvuddomare",
      "Assisterande 1",
      "Assisterande 2",
    ]);
    expect(withLine(rest, inSwedish).map(({ role, line }) => [role, line])).toEqual([
      ["Assisterande 1", 2],
      ["Assisterande 2", 3],
      ["Huvuddomare", 4],
    ]);
  });

  it("begins a change with what is known", () => {
    const known = {
      ...match("hand-1", "2027-05-08T13:00:00.000Z"),
      officials: [{ ...unknownOfficial, role: "Huvuddomare", name: "Anna Prov", email: "anna@example.com" }],
    };
    const read = readDraft(draftOf(known, formatFor("sv").time, inSwedish));
    expect(read).toMatchObject({
      ok: true,
      match: { kickoff: known.kickoff, venue: "Heden", officials: [{ name: "Anna Prov", email: "anna@example.com" }] },
    });
  });

  it("has roles in the words of who reads it, and FOGIS's in the match", () => {
    expect(withLine([], inEnglish).map(({ role }) => role)).toEqual(["Main referee"]);
    const known = {
      ...match("hand-1", null),
      officials: [{ ...unknownOfficial, role: "Assisterande 2", name: "Anna Prov" }],
    };
    const form = draftOf(known, formatFor("en").time, inEnglish);
    expect(form.officials).toMatchObject([{ role: "Assistant 2" }]);
    expect(readDraft(form)).toMatchObject({ match: { officials: [{ role: "Assisterande 2" }] } });
  });
});
