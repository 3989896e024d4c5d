import { expect, test } from "vitest";
import { desiredOf } from "../../../core/calendar/event.ts";
import { aMatch, aRecord } from "../../../core/calendar/testing/records.ts";
import { sha256 } from "../calendar/seal.ts";
import { eventBody, type GoogleEvent, googleEventSchema, knownEvent, notesOf } from "./event.ts";

const desired = desiredOf(aRecord(aMatch({ id: "1" })), { digest: (text) => sha256(text).toString("hex") });
if (desired.kind !== "item") throw new Error("it has a kick-off");
const wanted = desired.item;

/** As Google gives it back: its own offset, no fractions of a second. */
const stored = (notes = ""): GoogleEvent => {
  const body = googleEventSchema.parse({
    ...eventBody(wanted, notes),
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
  expect(knownEvent(stored())).toEqual({
    id: "1",
    remoteId: "avspark1",
    etag: '"1"',
    hash: wanted.hash,
    actual: wanted.hash,
    start: wanted.start,
    cancelled: false,
  });
});

test("notes beneath the marker are a person's, and change nothing of ours", () => {
  const event = stored("Ta med västar\noch kaffe");
  expect(notesOf(event)).toBe("Ta med västar\noch kaffe");
  expect(knownEvent(event)?.actual).toBe(wanted.hash);
});

test("also after Google's editor has made HTML of the description", () => {
  const html = `${stored().description?.replaceAll("\n", "<br>").replaceAll(" ", "&nbsp;")}<br><b>Ta med västar</b>`;
  const event = { ...stored(), description: html };
  expect(notesOf(event)).toBe("<b>Ta med västar</b>");
  expect(knownEvent(event)?.actual).toBe(wanted.hash);
});

test.each<[string, Partial<GoogleEvent>]>([
  ["summary", { summary: "Något annat" }],
  ["place", { location: "Ruddalen" }],
  ["description", { description: "tom" }],
  ["start", { start: { dateTime: "2027-05-06T18:00:00+02:00" } }],
  ["end", { end: { dateTime: "2027-05-06T20:00:00+02:00" } }],
  ["day", { start: { date: "2027-05-06" }, end: { date: "2027-05-07" } }],
])("a changed %s is seen", (_, change) => {
  const known = knownEvent({ ...stored(), ...change });
  expect(known?.hash).toBe(wanted.hash);
  expect(known?.actual).not.toBe(wanted.hash);
});

test("the predecessor's event is ours to keep; its content is not ours", () => {
  const known = knownEvent({
    ...stored(),
    extendedProperties: privately({ matchId: "1", syncTag: "FOGIS_CALENDAR_SYNC" }),
  });
  expect(known).toMatchObject({ id: "1", hash: null });
});

test.each<[string, Partial<GoogleEvent>]>([
  ["without properties", { extendedProperties: null }],
  ["with another tag", { extendedProperties: privately({ matchId: "1", syncTag: "SOMEBODY_ELSE" }) }],
  ["without a match", { extendedProperties: privately({ matchId: "", syncTag: "FOGIS_CALENDAR_SYNC" }) }],
  ["that is an exception in a series a person made", { recurringEventId: "avspark1" }],
])("an event %s is a stranger's", (_, change) => {
  expect(knownEvent({ ...stored(), ...change })).toBeNull();
});
