import { expect, onTestFinished, test } from "vitest";
import type { CalendarTarget, WantedEvent } from "../../src/core/calendar/port.ts";
import { aRecord, silentLog } from "../../src/core/calendar/testing/records.ts";
import type { DavOptions } from "../../src/main/adapters/caldav/connect.ts";
import { createCaldavTarget } from "../../src/main/adapters/caldav/target.ts";
import { newResource } from "../../src/main/adapters/calendar/ical/resource.ts";
import { eventName } from "../../src/main/adapters/calendar/identity.ts";
import { instantOf } from "../../src/shared/instant.ts";
import type { Reply, Seen } from "../fixtures/proxy.ts";
import { wantedOf } from "./engine.ts";
import { comingMatches } from "./matches.ts";
import {
  aloneWithRadicale,
  anEngine,
  expectRight,
  type Place,
  shareRadicale,
  strange,
  temporaryFolder,
} from "./setup.ts";

const aCalendar = shareRadicale();

const revision = { sequence: 0, at: instantOf(Date.now()) };

const someEvents = (count: number): readonly WantedEvent[] => wantedOf(comingMatches(count));
const oneEvent = (): WantedEvent => {
  const [event] = someEvents(1);
  if (event === undefined) throw new Error("there is one");
  return event;
};

const openTarget = (place: Place, options: Partial<DavOptions> = {}): CalendarTarget => {
  const { username, password } = place.radicale;
  const target = createCaldavTarget({ url: place.address, username, password, log: silentLog, ...options });
  onTestFinished(() => target.close());
  return target;
};

const later = (event: WantedEvent): WantedEvent => ({ ...event, summary: "Ny rubrik", hash: "new" });

const methods = ({ proxy }: Place): readonly string[] => proxy.seen.map(({ method }) => method);

const replacing = (pattern: RegExp, by: string) => (reply: Reply) => ({
  ...reply,
  body: (reply.body ?? "").replaceAll(pattern, by),
});

const withoutEtagHeader = (reply: Reply): Reply => {
  const { etag: _, ...headers } = reply.headers ?? {};
  return { ...reply, headers };
};

test("the calendar is found from the server's root, from the user's own address, and without its last slash", async () => {
  const place = await aloneWithRadicale();
  const { proxy, radicale, address } = place;
  const own = new URL(`${radicale.username}/`, proxy.url).href;
  await openTarget(place).insert(oneEvent(), revision);
  for (const url of [proxy.url, own, own.slice(0, -1), address, address.slice(0, -1)]) {
    const target = openTarget(place, { url });
    expect((await target.list(null)).items).toHaveLength(1);
    expect(target.label).toBe("Matcher & domare");
  }
});

test("the well-known address is asked where the root tells nothing", async () => {
  const place = await aloneWithRadicale();
  const { proxy, radicale } = place;
  proxy.decide(({ path }) => {
    if (path === "/.well-known/caldav") return { status: 301, headers: { location: `/${radicale.username}/` } };
    return path === "/" ? { status: 405 } : "pass";
  });
  expect(await openTarget(place, { url: proxy.url }).list(null)).toMatchObject({ kind: "full" });
});

test("of several calendars the one called Avspark is taken; otherwise a person must say which", async () => {
  const place = await aloneWithRadicale();
  const { proxy, radicale } = place;
  const list = () => openTarget(place, { url: proxy.url }).list(null);
  await radicale.makeCalendar("tasks", "Att göra", "VTODO");
  expect(await list()).toMatchObject({ kind: "full" });
  await radicale.makeCalendar("private", "Privat");
  await expect(list()).rejects.toMatchObject({
    problem: {
      kind: "configuration-invalid",
      message: expect.stringMatching(
        /has 2 calendars: put the address of one into CALDAV_URL, or call one Avspark\. .*Privat \(\/coordinator\/private\/\)/,
      ),
    },
  });
  const chosen = await radicale.makeCalendar("chosen", "avspark");
  const target = openTarget(place, { url: proxy.url });
  await target.insert(oneEvent(), revision);
  expect((await radicale.stored("chosen")).size).toBe(1);
  await radicale.send("DELETE", chosen);
});

test("a list of tasks is no calendar for matches, and a user without a calendar is told so", async () => {
  const place = await aloneWithRadicale();
  const { proxy, radicale, address } = place;
  const tasks = await radicale.makeCalendar("tasks", "Att göra", "VTODO");
  const url = new URL(new URL(tasks).pathname, proxy.url).href;
  await expect(openTarget(place, { url }).list(null)).rejects.toMatchObject({
    problem: { kind: "calendar-not-found", message: expect.stringMatching(/holds no events/) },
  });
  await radicale.send("DELETE", address);
  await expect(openTarget(place, { url: proxy.url }).list(null)).rejects.toMatchObject({
    problem: {
      kind: "calendar-not-found",
      message: expect.stringMatching(/has no calendar that this user may change/),
    },
  });
});

test("calendars that are said to be on a stranger's host are not gone to", async () => {
  const place = await aloneWithRadicale();
  place.proxy.change(replacing(/(<(?:\w+:)?calendar-home-set>\s*<(?:\w+:)?href>)[^<]*/g, "$1https://example.com/x/"));
  await expect(openTarget(place, { url: place.proxy.url }).list(null)).rejects.toMatchObject({
    problem: {
      kind: "calendar-bad-answer",
      message: "127.0.0.1 says that the calendars are at https://example.com: put that address into CALDAV_URL.",
    },
  });
});

test.for([
  ["tells no version of what it was given", ({ method }: Seen) => method === "PUT"],
  ["tells versions in lists alone", () => true],
] as const)("a server that %s: it is read again, and edits are still kept", async ([, affects]) => {
  const place = await aCalendar();
  const { proxy, files, put } = place;
  proxy.change((reply, request) => (affects(request) ? withoutEtagHeader(reply) : reply));
  const target = openTarget(place);
  const listing = await target.list(null);
  const event = oneEvent();
  const known = await target.insert(event, revision);
  expect(methods(place).slice(-2)).toEqual(["PUT", "GET"]);
  const [[name = "", text = ""] = []] = [...(await files())];
  await put(name, text.replace("END:VEVENT", "CATEGORIES:Viktigt\r\nEND:VEVENT"));
  const updated = await target.update(later(event), known, revision);
  expect((await files()).get(name)).toContain("CATEGORIES:Viktigt");
  expect((await files()).get(name)).toContain("SUMMARY:Ny rubrik");
  expect(updated).toMatchObject({ remoteId: name, hash: "new" });
  const { items: events } = await target.list(listing.token);
  expect(events).toMatchObject([{ remoteId: name, hash: "new", actual: "new" }]);
});

test("versions weakened by a proxy that compresses do not keep a change from being written", async () => {
  const place = await aCalendar();
  const weak = (etag: unknown) => (typeof etag === "string" ? { etag: `W/${etag}` } : {});
  place.proxy.change((reply) => ({ ...reply, headers: { ...reply.headers, ...weak(reply.headers?.etag) } }));
  const target = openTarget(place);
  const event = oneEvent();
  const known = await target.insert(event, revision);
  place.proxy.forget();
  await target.update(later(event), known, revision);
  // Refused, read again and found to be what it was: then it goes without the condition.
  expect(methods(place)).toEqual(["PUT", "GET", "PUT"]);
});

test("a server that cannot tell what has changed is asked for everything", async () => {
  const place = await aCalendar();
  const { proxy, spec, files, put } = place;
  proxy.change(replacing(/<(\w+:)?sync-collection\s*\/>/g, ""));
  await put("lunch.ics", strange);
  const { engine } = await anEngine(await temporaryFolder(), spec);
  const matches = comingMatches(10);
  engine.start(matches.map((match) => aRecord(match)));
  await engine.sync();
  // What was written is read once.
  await engine.sync();
  proxy.forget();
  await engine.sync();
  // Names and versions alone: nothing has changed.
  expect(methods(place)).toEqual(["PROPFIND"]);
  expectRight(await files(), matches);
});

test("a server that promises to tell what has changed and does not is asked for everything", async () => {
  const place = await aCalendar();
  await openTarget(place).insert(oneEvent(), revision);
  place.proxy.decide(({ body }) => (body.includes("sync-collection") ? { status: 501 } : "pass"));
  const { items: events, token } = await openTarget(place).list(null);
  expect(events).toHaveLength(1);
  expect(token).toBeNull();
});

test("a token that the server has forgotten leads to a full list", async () => {
  const place = await aCalendar();
  const target = openTarget(place);
  const { token } = await target.list(null);
  await target.insert(oneEvent(), revision);
  expect(await target.list(token)).toMatchObject({ kind: "delta", items: [{}] });
  expect(await target.list("http://radicale.org/ns/sync/0badcafe")).toMatchObject({ kind: "full", items: [{}] });
});

test("what has changed is read by name, a hundred at once", async () => {
  const place = await aCalendar();
  const events = someEvents(130);
  for (const [n, event] of events.entries()) {
    await place.put(`${eventName(event.id)}.ics`, newResource(event, { ...revision, sequence: n }));
  }
  place.proxy.forget();
  const target = openTarget(place);
  expect((await target.list(null)).items).toHaveLength(130);
  expect(place.proxy.seen.map(({ body }) => /sync-collection|calendar-multiget/.exec(body)?.[0])).toEqual([
    undefined,
    "sync-collection",
    "calendar-multiget",
    "calendar-multiget",
  ]);
});

test("a list that comes piece by piece is read to its end", async () => {
  const place = await aCalendar();
  const target = openTarget(place);
  const { token: beginning } = await target.list(null);
  const piece = (token: string, entries: string): Reply => ({
    status: 207,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">${entries}<D:sync-token>${token}</D:sync-token></D:multistatus>`,
  });
  const gone = (name: string) =>
    `<D:response><D:href>/x/${name}</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>`;
  const cut = "<D:response><D:href>/x/</D:href><D:status>HTTP/1.1 507 Insufficient Storage</D:status></D:response>";
  const known = await target.insert(oneEvent(), revision);
  place.proxy.forget();
  place.proxy.decide(({ body }) =>
    body.includes(">two<") ? piece("three", gone(known.remoteId)) : piece("two", gone("stranger.ics") + cut),
  );
  expect(await target.list(beginning)).toEqual({
    kind: "delta",
    items: [],
    removed: [known.remoteId],
    token: "three",
  });
  expect(place.proxy.seen).toHaveLength(2);
  place.proxy.decide(() => piece("same", cut));
  await expect(target.list("same")).rejects.toMatchObject({ problem: { kind: "calendar-bad-answer" } });
});

test("an event that somebody else has made by our name is left alone", async () => {
  const place = await aCalendar();
  const event = oneEvent();
  const target = openTarget(place);
  const { remoteId } = await target.insert(event, revision);
  await place.radicale.send("DELETE", new URL(remoteId, place.address).href);
  await place.put(remoteId, strange);
  const before = await place.files();
  await expect(target.insert(event, revision)).rejects.toMatchObject({ problem: { kind: "calendar-rejected" } });
  expect(await place.files()).toEqual(before);
});

test("what somebody changed is removed all the same, but not what stands in its place", async () => {
  const place = await aCalendar();
  const target = openTarget(place);
  const event = oneEvent();
  const known = await target.insert(event, revision);
  const [[name = "", text = ""] = []] = [...(await place.files())];
  await place.put(name, text.replace("END:VEVENT", "CATEGORIES:Viktigt\r\nEND:VEVENT"));
  await target.remove(known);
  expect((await place.files()).size).toBe(0);
  await place.put(name, strange);
  await target.remove(known);
  expect((await place.files()).size).toBe(1);
});
