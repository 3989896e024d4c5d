import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { desiredOf } from "../../../core/calendar/event.ts";
import { aMatch, aRecord } from "../../../core/calendar/testing/records.ts";
import { defaultTag } from "../../../shared/calendar.ts";
import { sha256 } from "../calendar/seal.ts";
import { plain, splitDescription } from "../calendar/text.ts";
import { eventBody, type GoogleEvent, googleEventSchema, knownEvent, personsPart } from "./event.ts";
import { partPredecessors } from "./predecessor.ts";

const desired = desiredOf(aRecord(aMatch({ id: "1" })), { digest: (text) => sha256(text).toString("hex") });
if (desired.kind !== "item") throw new Error("it has a kick-off");
const wanted = desired.item;

/** As Google gives it back: its own offset, no fractions of a second. */
const stored = (notes = ""): GoogleEvent => {
  const body = googleEventSchema.parse({
    ...eventBody(wanted, { notes, reminders: { placed: null, there: null } }, defaultTag),
    id: "avspark1",
    etag: '"1"',
    status: "confirmed",
  });
  return {
    ...body,
    start: { dateTime: "2027-05-06T17:00:00+02:00" },
    end: { dateTime: "2027-05-06T19:00:00+02:00" },
  };
};
const privately = (properties: Record<string, string>): GoogleEvent["extendedProperties"] => ({ private: properties });

test("what we wrote is known again, whatever offset Google gives it back in", () => {
  expect(knownEvent(stored(), defaultTag)).toEqual({
    id: "1",
    remoteId: "avspark1",
    etag: '"1"',
    hash: wanted.hash,
    actual: wanted.hash,
    start: wanted.start,
    cancelled: false,
    rev: Date.parse("2027-01-01T00:00:00.000Z"),
    content: { ...wanted, rev: undefined, position: null },
  });
});

test("notes beneath the marker are a person's, and change nothing of ours", () => {
  const event = stored("Ta med västar\noch kaffe");
  expect(personsPart(event).notes).toBe("Ta med västar\noch kaffe");
  expect(knownEvent(event, defaultTag)?.actual).toBe(wanted.hash);
});

test("also after Google's editor has made HTML of the description", () => {
  const html = `${stored().description?.replaceAll("\n", "<br>").replaceAll(" ", "&nbsp;")}<br><b>Ta med västar</b>`;
  const event = { ...stored(), description: html };
  expect(personsPart(event).notes).toBe("<b>Ta med västar</b>");
  expect(knownEvent(event, defaultTag)?.actual).toBe(wanted.hash);
});

test.each<[string, Partial<GoogleEvent>]>([
  ["summary", { summary: "Något annat" }],
  ["place", { location: "Ruddalen" }],
  ["description", { description: "tom" }],
  ["start", { start: { dateTime: "2027-05-06T18:00:00+02:00" } }],
  ["end", { end: { dateTime: "2027-05-06T20:00:00+02:00" } }],
  ["day", { start: { date: "2027-05-06" }, end: { date: "2027-05-07" } }],
])("a changed %s is seen", (_, change) => {
  const known = knownEvent({ ...stored(), ...change }, defaultTag);
  expect(known?.hash).toBe(wanted.hash);
  expect(known?.actual).not.toBe(wanted.hash);
});

test("the predecessor's event is ours to keep; its content is not ours", () => {
  const known = knownEvent(
    {
      ...stored(),
      extendedProperties: privately({ matchId: "1", syncTag: defaultTag }),
    },
    defaultTag,
  );
  expect(known).toMatchObject({ id: "1", hash: null });
});

test.each<[string, Partial<GoogleEvent>]>([
  ["without properties", { extendedProperties: null }],
  ["with another tag", { extendedProperties: privately({ matchId: "1", syncTag: "SOMEBODY_ELSE" }) }],
  ["without a match", { extendedProperties: privately({ matchId: "", syncTag: "FOGIS_CALENDAR_SYNC" }) }],
  ["that is an exception in a series a person made", { recurringEventId: "avspark1" }],
])("an event %s is a stranger's", (_, change) => {
  expect(knownEvent({ ...stored(), ...change }, defaultTag)).toBeNull();
});

describe("an event that the predecessor made", () => {
  const official = "HD:\nProv Domare\nMobil: 0700000001\nProvgatan 1, 411 01 Göteborg\n";
  const contact = "IFK Göteborg:\nName: Prov Lagledare\nTel: 031000000\nMobil: 0700000010\nEmail: lag@example.com\n";
  const theirs = `000402010\nLigacupen Elit Västra\n\n${official}\nAD1:\nProv Assistent\n\n\nTeam Contacts:\n${contact}\nMatch Details: https://www.svenskfotboll.se/matchfakta/1/\n`;
  const madeWith = (description: string): GoogleEvent => ({
    ...stored(),
    description,
    extendedProperties: privately({ matchId: "1", syncTag: "FOGIS_CALENDAR_SYNC", calendarHash: "abc" }),
  });

  test("holds no note of a person when it is as it was made", () => {
    expect(personsPart(madeWith(theirs)).notes).toBe("");
    expect(personsPart(madeWith("")).notes).toBe("");
  });

  test.each<[string, string, string]>([
    ["at its end", `${theirs}\nTa med västar`, "Ta med västar"],
    ["at its beginning", `Ta med västar!\n\n${theirs}`, "Ta med västar!"],
    ["in the middle", theirs.replace("AD1:", "Obs: byt plan med AD1\nAD1:"), "Obs: byt plan med AD1"],
    ["in Google's editor", `${theirs.replaceAll("\n", "<br>")}<p>Ta&nbsp;med <b>västar</b></p>`, "Ta\u00a0med västar"],
    ["in its place", "Samling 17.30\nTa med västar", "Samling 17.30\nTa med västar"],
  ])("keeps what a person wrote %s as their note", (_where, description, notes) => {
    expect(personsPart(madeWith(description)).notes.replaceAll("\u00a0", " ")).toBe(notes.replaceAll("\u00a0", " "));
    const body = eventBody(wanted, personsPart(madeWith(description)), defaultTag);
    expect(body.description).toContain(wanted.description);
    expect(splitDescription(body.description ?? "").notes.replaceAll("\u00a0", " ")).toBe(
      notes.replaceAll("\u00a0", " "),
    );
  });

  test("is listed with what stands there, so that it can be put back, without the person's words in it twice", () => {
    const { content } = knownEvent(madeWith(`${theirs}\nTa med västar`), defaultTag) ?? {};
    expect(content).toMatchObject({ id: "1", summary: wanted.summary, start: wanted.start, end: wanted.end });
    expect(content?.description).toContain("Mobil: 0700000001");
    expect(content?.description).not.toContain("västar");
  });

  test("may hold any words: each line is either the predecessor's or the person's", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 8 }), fc.nat({ max: 20 }), (lines, at) => {
        const all = theirs.split("\n");
        const text = [...all.slice(0, at), ...lines, ...all.slice(at)].join("\n");
        const { ours, notes } = partPredecessors(text);
        const bare = (one: string): readonly string[] =>
          plain(one)
            .split("\n")
            .map((line) => line.trim())
            .filter((line) => line !== "");
        expect([...bare(ours), ...bare(notes)].toSorted()).toEqual(bare(text).toSorted());
      }),
    );
  });
});

test("a match without a page of its own has no source, and loses the one that stood there", () => {
  const untouched = { notes: "", reminders: { placed: null, there: null } };
  expect(eventBody(wanted, untouched, defaultTag)).toMatchObject({ source: { url: wanted.url } });
  expect(eventBody({ ...wanted, url: null }, untouched, defaultTag)).toMatchObject({ source: null });
});
