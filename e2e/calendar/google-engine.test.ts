import { describe, expect, test } from "vitest";
import { aRecord } from "../../src/core/calendar/testing/records.ts";
import { eventName } from "../../src/main/adapters/calendar/identity.ts";
import { instantOf } from "../../src/shared/instant.ts";
import { until } from "../fixtures/until.ts";
import type { PlannedFault } from "../stand-ins/google-calendar/faults.ts";
import { wantedOf } from "./engine.ts";
import { calendarId, googleFor } from "./google.ts";
import { comingMatches } from "./matches.ts";

type Google = Awaited<ReturnType<typeof googleFor>>["google"];

const matches = comingMatches(40);
const records = matches.map((match) => aRecord(match));
const wanted = wantedOf(matches);

/** One event for each match, as it should be, and nothing else. */
const expectRight = (google: Google): void => {
  const events = google.events(calendarId);
  expect(new Map(events.map((event) => [event.id, event.summary]))).toEqual(
    new Map(wanted.map(({ id: matchId, summary }) => [eventName(matchId), summary])),
  );
  expect(events).toHaveLength(wanted.length);
};

const faults: readonly (PlannedFault & { readonly what: string })[] = [
  { what: "403 rateLimitExceeded", kind: "refusal", name: "rateLimitExceeded", when: "before", times: 3 },
  { what: "403 userRateLimitExceeded", kind: "refusal", name: "userRateLimitExceeded", when: "before", times: 3 },
  { what: "429", kind: "refusal", name: "tooManyRequests", retryAfter: "1", when: "before", times: 3 },
  { what: "500", kind: "refusal", name: "backendError", when: "before", times: 8 },
  { what: "503 though it was done", kind: "refusal", name: "unavailable", when: "after", times: 8 },
  { what: "lost connections", kind: "drop", when: "before", times: 8 },
  { what: "lost answers", kind: "drop", when: "after", times: 8 },
  { what: "answers that never come", kind: "hang", when: "after", times: 4 },
  { what: "a proxy's HTML though it was done", kind: "html", status: 502, when: "after", times: 4 },
  { what: "answers that make no sense", kind: "nonsense", when: "after", times: 4 },
];

describe.each(faults)("a first sync that meets $what", (fault) => {
  test("ends with one event for each match", async () => {
    const { google, engine } = await googleFor();
    google.fail({ ...fault, method: "events.insert" });
    const running = await engine(records, { timeoutMs: 300 });
    await until(() => running.engine.status()[0]?.there === records.length, { withinMs: 30_000 });
    expectRight(google);
  });
});

test("Retry-After is honoured: nothing is called before its time", async () => {
  const { google, engine } = await googleFor();
  google.fail({ kind: "refusal", name: "tooManyRequests", retryAfter: "2", when: "before", method: "events.insert" });
  const begun = performance.now();
  const running = await engine(records.slice(0, 1));
  await until(() => running.engine.status()[0]?.state.name === "waiting");
  const calls = google.calls.length;
  expect(running.engine.status()).toMatchObject([{ state: { problem: { kind: "calendar-rate-limited" } } }]);
  // Even somebody who asks for it gets the problem at once, and Google its peace.
  expect(await running.engine.sync()).toMatchObject([
    { outcome: "waiting", problem: { kind: "calendar-rate-limited" } },
  ]);
  await until(() => google.calls.length > calls);
  expect(performance.now() - begun).toBeGreaterThanOrEqual(1990);
  await until(() => running.engine.status()[0]?.there === 1);
});

test("at most ten calls are under way, over ten connections that are kept", async () => {
  const { google, engine } = await googleFor({ latencyMs: 10 });
  const running = await engine(records);
  await running.engine.sync();
  expectRight(google);
  expect(google.connections()).toMatchObject({ most: 10, ever: 10 });
});

test("the predecessor's events are adopted, doubled ones included, and what a person added to them stays", async () => {
  const { google, engine } = await googleFor();
  wanted.forEach(({ id: matchId, summary, start, end }, n) => {
    const event = { matchId, summary, start: { dateTime: start }, end: { dateTime: end }, colorId: "7" };
    google.predecessor(calendarId, event);
    if (n % 4 === 0) google.predecessor(calendarId, event);
  });
  const running = await engine(records);
  const results = await running.engine.sync();
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["updated"]));
  const events = google.events(calendarId);
  expect(events).toHaveLength(records.length);
  for (const { hash, summary } of wanted) {
    expect(events).toContainEqual(
      expect.objectContaining({
        summary,
        colorId: "7",
        extendedProperties: { private: expect.objectContaining({ avsparkHash: hash }) },
      }),
    );
  }
  expect(google.calls.filter(({ method }) => method === "events.insert")).toEqual([]);
});

test("an event that the predecessor makes while we are at work is taken over, and ours goes where both were made", async () => {
  const { google, engine } = await googleFor();
  const running = await engine(records.slice(0, 2));
  await running.engine.sync();
  const theirs = wanted.slice(1, 3).map(({ id: matchId, summary, start, end }) => () => {
    const description = `${matchId}\n\nMatch Details: x\n\nTa med västar`;
    const event = { matchId, summary, description, start: { dateTime: start }, end: { dateTime: end } };
    return String(google.predecessor(calendarId, event).id);
  });
  const [beside, before] = theirs;
  if (beside === undefined || before === undefined) throw new Error("there are two");
  const third = before();
  google.forgetCalls();
  running.engine.changed(records.slice(2, 3));
  await until(() => running.engine.status()[0]?.there === 3);
  expect(google.calls.map(({ method }) => method)).toEqual(["events.list", "events.patch"]);
  const second = beside();
  await running.engine.sync();
  const ids = () => google.events(calendarId).map(({ id }) => id);
  expect(ids().toSorted()).toEqual([eventName(wanted[0]?.id ?? ""), second, third].toSorted());
  while (running.engine.status()[0]?.undoable === true) await running.engine.undo("google");
  expect(ids().toSorted()).toEqual([second, third].toSorted());
});

describe("an undo gives an event that the predecessor made back as it was before us", () => {
  const description = [
    ...["Ta med västar", "", "000402010", "Provcupen", "", "HD:", "Prov Domare", "Mobil: 0700000001", ""],
    ...["Match Details: https://www.svenskfotboll.se/matchfakta/1/", "", "Samling 17.30"],
  ].join("\n");
  const source = { title: "Den gamla", url: "https://example.com/1" };
  const properties = { calendarHash: "abc", extra: "theirs" };
  type Event = Readonly<Record<string, unknown>>;
  const cases: readonly (readonly [string, Event, Event])[] = [
    ["as it made it", { description }, {}],
    ["without a word in it", {}, {}],
    [
      "with the reminder that it puts there",
      { reminders: { useDefault: false, overrides: [{ method: "popup", minutes: 2880 }] } },
      {},
    ],
    [
      "with a person's reminder and a source",
      { reminders: { useDefault: false, overrides: [{ method: "email", minutes: 60 }] }, source },
      {},
    ],
    [
      "with what a person has put in since",
      { description },
      { colorId: "5", attendees: [{ email: "guest@example.com" }] },
    ],
  ];
  const withoutVersion = ({ etag: _, updated: __, sequence: ___, ...event }: Event): Event => event;

  test.each(cases)("%s", async (_, there, meanwhile) => {
    const { google, engine } = await googleFor();
    const [first] = wanted;
    if (first === undefined) throw new Error("there is one");
    const times = { start: { dateTime: first.end }, end: { dateTime: instantOf(Date.parse(first.end) + 60_000) } };
    const { id } = google.predecessor(calendarId, { matchId: first.id, summary: "A - B", ...times, ...there });
    google.person.edit(calendarId, String(id), { extendedProperties: { private: properties } });
    const before = google.event(calendarId, String(id));

    const running = await engine(records.slice(0, 1));
    await running.engine.sync();
    expect(google.event(calendarId, String(id))).toMatchObject({ summary: first.summary });
    google.person.edit(calendarId, String(id), meanwhile);
    await running.close();

    const next = await engine(records.slice(0, 1));
    await until(() => next.engine.status()[0]?.undoable === true);
    expect(await next.engine.undo("google")).toMatchObject([{ outcome: "updated" }]);
    const given = google.event(calendarId, String(id));
    expect(withoutVersion(given)).toEqual(withoutVersion({ ...before, ...meanwhile }));
    // Nor does it come to be ours again by itself.
    await next.close();
    const last = await engine(records.slice(0, 1));
    await until(() => last.engine.status()[0]?.lastCheckAt !== null && last.engine.status()[0]?.state.name === "idle");
    expect(google.event(calendarId, String(id))).toEqual(given);
    await last.engine.sync();
    expect(google.event(calendarId, String(id))).toMatchObject({ summary: first.summary });
  });

  test("with a note that a person has written in ours", async () => {
    const { google, engine } = await googleFor();
    const [first] = wanted;
    if (first === undefined) throw new Error("there is one");
    const times = { start: { dateTime: first.start }, end: { dateTime: first.end } };
    const id = String(
      google.predecessor(calendarId, { matchId: first.id, summary: "A - B", description, ...times }).id,
    );
    const running = await engine(records.slice(0, 1));
    await running.engine.sync();
    google.person.edit(calendarId, id, { description: `${google.event(calendarId, id).description}\nOch kaffe` });
    expect(await running.engine.undo("google")).toMatchObject([{ outcome: "updated" }]);
    const [theirs, notes] = [
      description.split("\n").slice(2, -2),
      ["Ta med västar", "", "", "Samling 17.30", "Och kaffe"],
    ];
    const lines = (text: unknown) =>
      String(text)
        .split("\n")
        .filter((line) => line !== "");
    expect(lines(google.event(calendarId, id).description)).toEqual(
      [...theirs, ...notes].filter((line) => line !== ""),
    );
  });
});

test("events under another tag are left alone, and ours are not put beside them before a person has seen it", async () => {
  const { google, engine } = await googleFor();
  const others = wanted.map(({ id: matchId, summary, start, end }) =>
    google.predecessor(calendarId, {
      ...{ matchId, syncTag: "THE_DISTRICT", summary },
      ...{ start: { dateTime: start }, end: { dateTime: end } },
    }),
  );
  const running = await engine(records);
  await until(() => running.engine.status()[0]?.state.name === "needs-preview");
  expect(await running.engine.preview("google")).toMatchObject([
    { otherTags: [{ tag: "THE_DISTRICT", events: wanted.length }] },
  ]);
  expect(google.events(calendarId)).toHaveLength(wanted.length);
  await running.engine.confirm("google");
  await until(() => running.engine.status()[0]?.there === records.length);
  expect(google.events(calendarId)).toHaveLength(2 * wanted.length);
  await running.close();

  // Under that tag it is another collection: theirs are taken over, and those under ours are what stands beside them.
  const settled = await engine(records, { tag: "THE_DISTRICT" });
  await until(() => settled.engine.status()[0]?.state.name === "needs-preview");
  expect(await settled.engine.preview("google")).toMatchObject([{ otherTags: [{ events: wanted.length }] }]);
  await settled.engine.confirm("google");
  await until(() => settled.engine.status()[0]?.there === records.length);
  expect(google.events(calendarId)).toHaveLength(2 * wanted.length);
  for (const { id } of others)
    expect(google.event(calendarId, String(id))).toMatchObject({
      extendedProperties: { private: { syncTag: "THE_DISTRICT", avsparkHash: expect.any(String) } },
    });
});

test("an empty list is not believed: what we know to be there is asked for by name, and nothing is doubled", async () => {
  const { google, engine } = await googleFor();
  const first = await engine(records);
  await first.engine.sync();
  await first.close();

  // The next life reads a calendar that seems to be empty.
  google.fail({ kind: "empty", when: "after", method: "events.list" });
  google.forgetCalls();
  const second = await engine(records);
  await second.engine.sync();
  expectRight(google);
  expect(google.calls.filter(({ method }) => method === "events.insert")).toEqual([]);
});

test("a failed list changes nothing", async () => {
  const { google, engine } = await googleFor();
  const first = await engine(records);
  await first.engine.sync();
  await first.close();

  google.fail({ kind: "refusal", name: "backendError", when: "before", method: "events.list" });
  google.forgetCalls();
  const second = await engine(records);
  await until(() => second.engine.status()[0]?.state.name === "idle" && google.calls.length > 1);
  expectRight(google);
  expect(google.calls.map(({ method }) => method)).toEqual(["events.list", "events.list"]);
});

test("somebody deletes an event: the next sync brings it back, and a stranger's event is never touched", async () => {
  const { google, engine } = await googleFor();
  const stranger = google.person.insert(calendarId, {
    summary: "Lunch",
    start: { dateTime: wanted[0]?.start },
    end: { dateTime: wanted[0]?.end },
  });
  const running = await engine(records);
  await running.engine.sync();
  google.person.remove(calendarId, eventName(wanted[3]?.id ?? ""));
  google.forgetCalls();
  const results = await running.engine.sync();
  expect(results.filter(({ outcome }) => outcome !== "unchanged")).toMatchObject([
    { matchId: wanted[3]?.id, outcome: "inserted" },
  ]);
  expect(google.event(calendarId, String(stranger.id))).toEqual(stranger);
  expect(google.events(calendarId)).toHaveLength(records.length + 1);
});
