import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventDetail } from "../../shared/event-details.ts";
import { handIdOf, type Match } from "../../shared/match.ts";
import { instant } from "../../shared/testing/instant.ts";
import { anOfficial } from "../../shared/testing/people.ts";
import type { MatchRecord } from "../matches/record.ts";
import { desiredOf, wantedEvent } from "./event.ts";
import { type EventStyle, usualStyle } from "./style.ts";
import { digest } from "./testing/calendar-model.ts";
import { aMatch, aRecord } from "./testing/records.ts";

const styled = (style: Partial<EventStyle>, facts: Partial<Match> = {}) => {
  const wanted = wantedEvent(aMatch({ id: "6170049", ...facts }), { digest, style: { ...usualStyle, ...style } });
  if ("skip" in wanted) throw new Error("it has a kick-off");
  return wanted;
};

const eventOf = (facts: Partial<Match> = {}) => styled({}, facts);

test("an event tells everything a referee coordinator needs, two hours long", () => {
  expect(eventOf()).toMatchObject({
    summary: "IFK Göteborg – Falkenbergs FF",
    location: "Kamratgården 2 hybrid",
    start: "2027-05-06T15:00:00.000Z",
    end: "2027-05-06T17:00:00.000Z",
    cancelled: false,
    url: "https://www.svenskfotboll.se/matchfakta/6170049/",
    description: `Ligacupen Elit Västra
Matchnummer: 000402010

Huvuddomare: Prov Domare
Mobil: 0700000001
E-post: domare@example.com

Assisterande 1: Prov Assistent Ett

Kontakt IFK Göteborg: Prov Lagledare
Mobil: 0700000010

Matchsida: https://www.svenskfotboll.se/matchfakta/6170049/`,
  });
});

test("a match without a kick-off has no event", () => {
  expect(wantedEvent(aMatch({ id: "1", kickoff: null }), { digest })).toEqual({ skip: "no-kickoff" });
});

test.each([
  ["scheduled", ""],
  ["completed", ""],
  ["cancelled", "INSTÄLLD: "],
  ["postponed", "UPPSKJUTEN: "],
  ["abandoned", "AVBRUTEN: "],
] as const)("a match that is %s is marked %j in its summary", (status, mark) => {
  expect(eventOf({ status })).toMatchObject({
    summary: `${mark}IFK Göteborg – Falkenbergs FF`,
    cancelled: status === "cancelled",
  });
});

test.each([
  [{ home: "A", away: null }, "A – ?"],
  [{ home: null, away: "B" }, "? – B"],
  [{ home: null, away: " " }, "Match 000402010"],
  [{ home: null, away: null, number: null }, "Match 1"],
])("%j is called %j", (facts, title) => {
  expect(eventOf({ id: "1", ...facts }).summary).toBe(title);
});

test("a match that the football association knows nothing of has no page there", () => {
  const byHand = eventOf({ id: handIdOf("1") });
  expect(byHand).toMatchObject({ url: null });
  expect(byHand.description).not.toContain("http");
});

test("people are reminded two days ahead, or as it is set, and never of a match that is not played then", () => {
  expect(eventOf().reminders).toEqual([{ kind: "popup", minutes: 2880 }]);
  const wanted = (status: Match["status"]) => styled({ reminders: [{ kind: "email", minutes: 60 }] }, { status });
  expect(wanted("scheduled")).toMatchObject({ reminders: [{ kind: "email", minutes: 60 }] });
  for (const status of ["cancelled", "postponed", "abandoned"] as const) {
    expect(wanted(status)).toMatchObject({ reminders: [] });
  }
});

test("what of a person stands in events is as it is set", () => {
  const address = {
    careOf: "Prov",
    street: "Provgatan 1",
    postalCode: "411 01",
    city: "Göteborg",
    country: null,
  };
  const phones = { mobile: "0700000001", home: "031-00 00 01", work: "0700000001" };
  const person = anOfficial({ name: "Anna Prov", phone: phones.mobile, phones, email: "anna@example.com", address });
  const lines = (details?: readonly EventDetail[]) => {
    const { description } = styled(details === undefined ? {} : { details }, { officials: [person], contacts: [] });
    return description.split("\n\n")[1]?.split("\n").slice(1);
  };
  expect(lines()).toEqual([
    "Mobil: 0700000001",
    "Telefon: 031-00 00 01",
    "E-post: anna@example.com",
    "Adress: c/o Prov, Provgatan 1, 411 01 Göteborg",
  ]);
  expect(lines(["address", "phone"])).toEqual([
    "Adress: c/o Prov, Provgatan 1, 411 01 Göteborg",
    "Telefon: 031-00 00 01",
  ]);
  expect(lines([])).toEqual([]);
});

test.each([
  [{ halves: 2, halfMinutes: 45, pauseMinutes: 15 }, 105],
  [{ halves: 2, halfMinutes: 45, pauseMinutes: null }, 105],
  [{ halves: 3, halfMinutes: 20, pauseMinutes: 5 }, 70],
  [null, 90],
])("a match whose playing time is %j takes as long as that", (playingTime, minutes) => {
  const { start, end } = styled({ untoldMinutes: 90 }, { playingTime });
  expect(Date.parse(end) - Date.parse(start)).toBe(minutes * 60_000);
});

test("an event says when those who are in the match gather, where that is set and kick-off is known", () => {
  expect(styled({ gatheringMinutes: 45 }).description).toContain("Matchnummer: 000402010\nSamling: 16:15\n");
  // Over the night in which the clocks go forward.
  const spring = { kickoff: instant("2027-03-28T01:30:00.000Z") };
  expect(styled({ gatheringMinutes: 60 }, spring).description).toContain("Samling: 01:30\n");
  expect(styled({ gatheringMinutes: 0 }).description).not.toContain("Samling");
});

test("what a match asks for is what it asked for in 0.1, whatever is set", () => {
  const record = aRecord(aMatch({ id: "1" }));
  const [usual, none] = [
    desiredOf(record, { digest }),
    desiredOf(record, { digest, style: { reminders: [], details: [], untoldMinutes: 60, gatheringMinutes: 30 } }),
  ];
  if (usual.kind !== "item" || none.kind !== "item") throw new Error("it has a kick-off");
  const { id, summary, description, location, start, end, cancelled, url, position: p } = usual.item;
  const first = description.replaceAll("Mobil: ", "Telefon: ");
  const said = [id, summary, first, location, start, end, cancelled, url, p && [p.latitude, p.longitude]];
  expect(usual.ask).toBe(digest(JSON.stringify(said)));
  expect(none.ask).toBe(usual.ask);
  expect(none.item.hash).not.toBe(usual.item.hash);
});

describe("the content hash", () => {
  test("moves with every field we own, and with nothing else", () => {
    const before = eventOf().hash;
    const changes: readonly Partial<Match>[] = [
      { home: "Annat lag" },
      { kickoff: instant("2027-05-06T15:30:00.000Z") },
      { venue: null },
      { status: "cancelled" },
      { officials: [] },
      { contacts: [] },
      { competition: null },
      { number: "1" },
      { position: null },
    ];
    for (const change of changes) expect(eventOf(change).hash).not.toBe(before);
    expect(eventOf({ venue: " Kamratgården  2\nhybrid " }).hash).toBe(before);
    expect(eventOf({ position: { latitude: 57.6976170001, longitude: 12.0282879999 } }).hash).toBe(before);
  });

  test("is the same for the same match, whatever text is in it", () => {
    // Any code units, halves of surrogate pairs among them.
    const text = fc.option(fc.uint16Array({ maxLength: 20 }).map((units) => String.fromCharCode(...units)));
    fc.assert(
      fc.property(text, text, text, (home, venue, competition) => {
        const event = eventOf({ home, venue, competition });
        expect(event).toEqual(eventOf({ home, venue, competition }));
        for (const field of [event.summary, event.location ?? "", event.description]) {
          expect(field).toBe(field.trim());
          expect(field.replaceAll("\n", "")).not.toMatch(/[\p{Cs}\p{Cc}]/u);
        }
      }),
    );
  });
});

test("a match asks for nothing when it is gone or declined, or when nobody knows when it is played", () => {
  const at = instant("2027-05-01T00:00:00.000Z");
  const asks = (record: MatchRecord) => desiredOf(record, { digest });
  const match = aMatch({ id: "1" });
  expect(asks(aRecord(match, { goneAt: at }))).toMatchObject({ kind: "none", reason: "gone" });
  expect(asks(aRecord(match, { goneAt: at, goneBy: "person" }))).toMatchObject({ kind: "none", reason: "removed" });
  expect(asks(aRecord(match, { declinedAt: at }))).toMatchObject({ kind: "none", reason: "declined" });
  expect(asks(aRecord(match, { inDoubt: { since: at, reason: "many-missing" } }))).toEqual(asks(aRecord(match)));
  expect(asks(aRecord(match, { declinedAt: at }))).toMatchObject({ kind: "none", reason: "declined" });
  expect(asks(aRecord(aMatch({ id: "1", kickoff: null })))).toMatchObject({ kind: "none", reason: "no-kickoff" });
  expect(asks(aRecord(match, { inDoubt: { since: at, reason: "many-missing" } }))).toEqual(asks(aRecord(match)));
});
