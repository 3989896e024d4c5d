// Servers that can do less than the standards say, and strangers' events that are nobody's business.

import { expect, onTestFinished, test } from "vitest";
import type { WantedEvent } from "../../src/core/calendar/port.ts";
import { aRecord } from "../../src/core/calendar/testing/records.ts";
import { instant } from "../../src/shared/testing/instant.ts";
import { startProxy } from "../fixtures/proxy.ts";
import { until } from "../fixtures/until.ts";
import { type Abilities, startCaldavStandIn } from "../stand-ins/caldav/server.ts";
import { wantedOf } from "./engine.ts";
import { comingMatches } from "./matches.ts";
import { anEngine, expectRight, strange, temporaryFolder } from "./setup.ts";
import { createTarget } from "./targets.ts";

const revision = { sequence: 0, at: instant("2027-01-01T00:00:00.000Z") };
const later = (event: WantedEvent): WantedEvent => ({ ...event, hash: "new", summary: "Ny rubrik" });

const open = async (abilities: Partial<Abilities> = {}) => {
  const server = await startCaldavStandIn();
  onTestFinished(server.close);
  Object.assign(server.abilities, abilities);
  const proxy = await startProxy(new URL("/", server.url).href);
  onTestFinished(proxy.close);
  const { username, password } = server;
  const url = new URL(new URL(server.url).pathname, proxy.url).href;
  const spec = { kind: "caldav", url, username, password } as const;
  const connect = () => {
    const target = createTarget(spec);
    onTestFinished(target.close);
    return target;
  };
  return { server, proxy, spec, connect };
};

const poor: readonly (readonly [string, Partial<Abilities>])[] = [
  ["all that the standards say", {}],
  ["no changes since a token", { sync: false }],
  ["no queries", { query: false }],
  ["neither queries nor changes", { query: false, sync: false }],
  ["no search for a property", { propertyFilter: false }],
  ["no search for a property, though it answers one", { propertyFilter: "ignored" }],
  ["no reading of many at once", { multiget: false }],
  ["nothing but WebDAV", { sync: false, query: false, multiget: false }],
];

test.each(poor)("a server that can do %s: ours are found, and strangers' are never read", async (_, abilities) => {
  const { server, connect } = await open(abilities);
  for (let n = 0; n < 5; n += 1) server.put(`lunch-${n}.ics`, strange.replace("lunch@", `lunch-${n}@`));
  const events = wantedOf(comingMatches(3));
  const [first] = events;
  if (first === undefined) throw new Error("there are three");
  const target = connect();
  const made = await Promise.all(events.map((event) => target.insert(event, revision)));
  const { items, token } = await target.list(null);
  expect(new Set(items.map(({ id }) => id))).toEqual(new Set(events.map(({ id }) => id)));
  expect((await connect().list(null)).items).toHaveLength(3);

  server.put("lunch-9.ics", strange.replace("lunch@", "lunch-9@"));
  const known = made.find(({ id }) => id === first.id);
  if (known === undefined) throw new Error("it was made");
  await connect().update(later(first), known, revision);
  const since = await target.list(token);
  expect(since.items.filter(({ hash }) => hash === "new")).toMatchObject([{ id: first.id, actual: "new" }]);
  expect([...server.read].filter((name) => name.startsWith("lunch"))).toEqual([]);
});

test("an event of ours that has come to another name is found by its mark", async () => {
  const { server, connect } = await open();
  const [event] = wantedOf(comingMatches(1));
  if (event === undefined) throw new Error("there is one");
  const { remoteId } = await connect().insert(event, revision);
  const text = server.files.get(remoteId) ?? "";
  server.remove(remoteId);
  server.put("lunch.ics", strange);
  server.put("moved.ics", text);
  const target = connect();
  const { items, token } = await target.list(null);
  expect(items).toMatchObject([{ id: event.id, remoteId: "moved.ics", hash: event.hash, actual: event.hash }]);
  server.forget();
  // What was found so is known from then on, and so are the strangers.
  expect(await target.list(token)).toMatchObject({ kind: "delta", items: [], removed: [] });
  expect(server.calls).toEqual(["sync-collection"]);
});

test("a calendar in which nothing has changed is asked one question, whatever the server can do", async () => {
  for (const [, abilities] of poor) {
    const { server, connect } = await open(abilities);
    server.put("lunch.ics", strange);
    const target = connect();
    for (const event of wantedOf(comingMatches(3))) await target.insert(event, revision);
    const { token } = await target.list(null);
    server.forget();
    await target.list(token);
    expect(server.calls).toEqual([server.abilities.sync ? "sync-collection" : "PROPFIND"]);
  }
});

test.each([301, 302, 307, 308])("a PROPFIND that is sent on with %i is followed within the host", async (status) => {
  const { server, proxy, spec } = await open();
  const { pathname } = new URL(server.url);
  proxy.decide(({ path }) => (path === "/old/" ? { status, headers: { location: `..${pathname}` } } : "pass"));
  const target = createTarget({ ...spec, url: new URL("/old/", spec.url).href });
  onTestFinished(target.close);
  expect((await target.list(null)).items).toEqual([]);
  const [first, second] = proxy.seen;
  expect([first?.path, second?.path]).toEqual(["/old/", pathname]);
  expect(second).toMatchObject({ method: "PROPFIND", body: first?.body });
});

test("one that is to be asked again with GET (303) is not: nothing of a calendar is there", async () => {
  const { proxy, connect } = await open();
  proxy.decide(() => ({ status: 303, headers: { location: "/elsewhere/" } }));
  await expect(connect().list(null)).rejects.toMatchObject({ problem: { kind: "calendar-rejected" } });
  expect(proxy.seen).toHaveLength(1);
});

test("one resource that cannot be read stops nothing, and is written anew", async () => {
  const { server, proxy, spec, connect } = await open();
  const matches = comingMatches(6);
  for (const event of wantedOf(matches)) await connect().insert(event, revision);
  const [name = ""] = [...server.files.keys()];
  server.put(name, "BEGIN:NOTHING");
  server.abilities.multiget = false;
  proxy.decide(({ method, path }) => (method === "GET" && path.endsWith(name) ? { status: 500 } : "pass"));
  const { engine } = await anEngine(await temporaryFolder(), spec);
  engine.start(matches.map((match) => aRecord(match)));
  await until(() => engine.status()[0]?.there === 5, { what: () => JSON.stringify(engine.status()) });
  expect(["idle", "working"]).toContain(engine.status()[0]?.state.name);
  proxy.decide(() => "pass");
  server.remove(name);
  // A try that is under way may still have met what was there, and fail by itself.
  await until(
    async () => {
      engine.retry("caldav");
      await engine.sync();
      return server.files.size === matches.length;
    },
    { what: () => JSON.stringify(engine.status()) },
  );
  expectRight(server.files, matches);
});
