import { expect, test } from "vitest";
import type { WantedEvent } from "../../src/core/calendar/port.ts";
import type { Found } from "../../src/core/keeper/item.ts";
import type { Revision } from "../../src/core/keeper/target.ts";
import { eventName } from "../../src/main/adapters/calendar/identity.ts";
import type { Match } from "../../src/shared/match.ts";
import { instant } from "../../src/shared/testing/instant.ts";
import { wantedOf } from "./engine.ts";
import { calendarId, googleFor } from "./google.ts";
import { comingMatches } from "./matches.ts";

const revision: Revision = { sequence: 0, at: instant("2027-01-01T00:00:00.000Z") };

const [match] = comingMatches(1);
const want = (facts: Partial<Match> = {}): WantedEvent => {
  if (match === undefined) throw new Error("there is a match");
  const [wanted] = wantedOf([{ ...match, ...facts }]);
  if (wanted === undefined) throw new Error("it has a kick-off");
  return wanted;
};
const id = eventName(want().id);
const isAsWanted = (known: Found, wanted: WantedEvent): void =>
  expect(known).toMatchObject({ hash: wanted.hash, actual: wanted.hash, start: wanted.start });

test("an insert brings its own id, so that the same once more finds the event instead of doubling it", async () => {
  const { google, target } = await googleFor();
  const first = await target().insert(want(), revision);
  const again = await target().insert(want(), revision);

  expect(first.remoteId).toBe(id);
  expect(again).toEqual(first);
  expect(google.events(calendarId)).toHaveLength(1);
  expect(google.calls.map(({ method, status }) => [method, status])).toEqual([
    ["events.insert", 200],
    ["events.insert", 409],
    ["events.get", 200],
  ]);
});

test("what a calendar shows: summary, place, time in Stockholm, the match's page, and what we know it by", async () => {
  const { google, target } = await googleFor();
  const wanted = want({ venue: "Hedens IP", status: "cancelled" });
  await target().insert(wanted, revision);
  expect(google.event(calendarId, id)).toMatchObject({
    summary: "INSTÄLLD: Lag 1 BK – Falkenbergs FF",
    location: "Hedens IP",
    status: "confirmed",
    start: { timeZone: "Europe/Stockholm" },
    source: { title: "Avspark", url: wanted.url },
    extendedProperties: {
      private: { matchId: wanted.id, syncTag: "FOGIS_CALENDAR_SYNC", avsparkHash: wanted.hash },
    },
  });
});

test("a deleted event's id is taken for ever: the event is brought back, with the colour it had", async () => {
  const { google, target } = await googleFor();
  await target().insert(want(), revision);
  google.person.edit(calendarId, id, { colorId: "11" });
  google.person.remove(calendarId, id);

  const changed = want({ venue: "Ruddalen" });
  isAsWanted(await target().insert(changed, revision), changed);
  expect(google.events(calendarId)).toMatchObject([{ id, colorId: "11", location: "Ruddalen" }]);
});

test("a deleted event that Google will not give back is followed by one with the match's next name", async () => {
  const { google, target } = await googleFor();
  const made = await target().insert(want(), revision);
  google.person.remove(calendarId, made.remoteId);
  google.bury(calendarId, made.remoteId);

  const calendar = target();
  isAsWanted(await calendar.insert(want(), revision), want());
  const [event, ...more] = google.events(calendarId);
  expect(more).toEqual([]);
  expect(event).toMatchObject({ id: eventName(want().id, { generation: 1 }), summary: want().summary });
  expect((await calendar.list(null)).items).toHaveLength(1);
});

test("an update keeps what a person has added: notes, colour, reminders and guests", async () => {
  const { google, target } = await googleFor();
  const calendar = target();
  const known = await calendar.insert(want(), revision);
  const event = google.event(calendarId, id);
  const theirs = {
    colorId: "5",
    reminders: { useDefault: false, overrides: [{ method: "popup", minutes: 90 }] },
    attendees: [{ email: "guest@example.com", responseStatus: "accepted" }],
  };
  google.person.edit(calendarId, id, { ...theirs, description: `${event.description}\nTa med västar\noch kaffe` });

  const changed = want({ venue: "Ruddalen" });
  isAsWanted(await calendar.update(changed, known, revision), changed);
  const after = google.event(calendarId, id);
  expect(after).toMatchObject({ ...theirs, location: "Ruddalen" });
  expect(String(after.description)).toMatch(/bevaras ---\nTa med västar\noch kaffe$/);
  // The version we built on was not the newest: refused, read, merged.
  expect(google.calls.map(({ method, status }) => [method, status])).toEqual([
    ["events.insert", 200],
    ["events.patch", 412],
    ["events.get", 200],
    ["events.patch", 200],
  ]);
  expect(google.calls[1]?.ifMatch).toBe(known.etag);
});

test("reminders are ours until a person touches them, and go when the match is called off", async () => {
  const { google, target } = await googleFor();
  const calendar = target();
  const remindersThere = () => google.event(calendarId, id).reminders;
  const usual = { useDefault: false, overrides: [{ method: "popup", minutes: 2880 }] };
  const first = await calendar.insert(want(), revision);
  expect(remindersThere()).toEqual(usual);
  const off = await calendar.update(want({ status: "cancelled" }), first, revision);
  expect(remindersThere()).toEqual({ useDefault: false });
  const on = await calendar.update(want(), off, revision);
  expect(remindersThere()).toEqual(usual);
  const bare = await calendar.update({ ...want(), hash: "as before", reminders: null }, on, revision);
  expect(remindersThere()).toEqual({ useDefault: true });
  await calendar.update(want(), bare, revision);
  expect(remindersThere()).toEqual(usual);
  expect(google.calls.every(({ status }) => status === 200)).toBe(true);

  const both = [...usual.overrides, { method: "email", minutes: 60 }];
  google.person.edit(calendarId, id, { reminders: { useDefault: false, overrides: both } });
  const [known] = (await calendar.list(null)).items;
  if (known === undefined) throw new Error("it is there");
  expect(known.actual).toBe(want().hash);
  const moved = await calendar.update(want({ venue: "Ruddalen" }), known, revision);
  expect(remindersThere()).toEqual({ useDefault: false, overrides: both });
  await calendar.update(want({ status: "cancelled" }), moved, revision);
  expect(remindersThere()).toEqual({ useDefault: false, overrides: [{ method: "email", minutes: 60 }] });
});

test("notes survive when the event was only listed, and one call is enough then", async () => {
  const { google, target } = await googleFor();
  await target().insert(want(), revision);
  google.person.edit(calendarId, id, { description: `${google.event(calendarId, id).description}\nTa med västar` });
  const calendar = target();
  const [known] = (await calendar.list(null)).items;
  if (known === undefined) throw new Error("it is there");
  google.forgetCalls();

  await calendar.update(want({ venue: "Ruddalen" }), known, revision);
  expect(google.event(calendarId, id).description).toMatch(/Ta med västar$/);
  expect(google.calls.map(({ method }) => method)).toEqual(["events.patch"]);
});

test("what a person changed in our fields is seen; what they added is not called a difference", async () => {
  const { google, target } = await googleFor();
  await target().insert(want(), revision);
  google.person.edit(calendarId, id, { colorId: "5" });
  const [added] = (await target().list(null)).items;
  expect(added).toMatchObject({ hash: want().hash, actual: want().hash });

  google.person.edit(calendarId, id, { summary: "Något annat" });
  const [changed] = (await target().list(null)).items;
  expect(changed?.hash).toBe(want().hash);
  expect(changed?.actual).not.toBe(want().hash);
});

test("an update of an event that is gone says so, and an insert brings it back", async () => {
  const { google, target } = await googleFor();
  const calendar = target();
  const known = await calendar.insert(want(), revision);
  google.person.remove(calendarId, id);
  await expect(calendar.update(want({ venue: "Ruddalen" }), known, revision)).rejects.toMatchObject({
    problem: { kind: "calendar-not-found" },
  });
  await calendar.insert(want({ venue: "Ruddalen" }), revision);
  expect(google.events(calendarId)).toMatchObject([{ id, location: "Ruddalen" }]);
});

test("a removal may be repeated", async () => {
  const { google, target } = await googleFor();
  const calendar = target();
  const known = await calendar.insert(want(), revision);
  await calendar.remove(known);
  await calendar.remove(known);
  expect(google.events(calendarId)).toEqual([]);
});

test("the first list reads every page; then one call brings what has changed and what is gone", async () => {
  const { google, target } = await googleFor();
  const matches = comingMatches(2600);
  for (const wanted of wantedOf(matches)) {
    google.predecessor(calendarId, {
      matchId: wanted.id,
      summary: wanted.summary,
      start: { dateTime: wanted.start },
      end: { dateTime: wanted.end },
    });
  }
  google.person.insert(calendarId, {
    summary: "Lunch",
    start: { dateTime: "2027-05-04T10:00:00Z" },
    end: { dateTime: "2027-05-04T11:00:00Z" },
  });
  const calendar = target();
  const listing = await calendar.list(null);
  expect(new Set(listing.items.map(({ id: matchId }) => matchId))).toEqual(new Set(matches.map((one) => one.id)));
  expect(google.calls.map(({ method }) => method)).toEqual(["events.list", "events.list"]);

  const [first, second] = listing.items;
  if (first === undefined || second === undefined) throw new Error("there are some");
  google.person.edit(calendarId, first.remoteId, { location: "Ruddalen" });
  google.person.remove(calendarId, second.remoteId);
  google.person.insert(calendarId, {
    summary: "Lunch igen",
    start: { dateTime: "2027-05-05T10:00:00Z" },
    end: { dateTime: "2027-05-05T11:00:00Z" },
  });
  google.forgetCalls();
  const delta = await calendar.list(listing.token);
  expect(delta).toMatchObject({ kind: "delta", items: [{ remoteId: first.remoteId }], removed: [second.remoteId] });
  expect(google.calls).toHaveLength(1);
});

test("a sync token that Google has forgotten leads to a full list", async () => {
  const { google, target } = await googleFor();
  const calendar = target();
  await calendar.insert(want(), revision);
  const { token } = await calendar.list(null);
  google.expireSyncTokens(calendarId);
  google.forgetCalls();
  const listing = await calendar.list(token);
  expect(listing).toMatchObject({ kind: "full", items: [{ remoteId: id }], removed: [] });
  expect(google.calls.map(({ status }) => status)).toEqual([410, 200]);
});
