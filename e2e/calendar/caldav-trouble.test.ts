import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import type { CalendarTarget, WantedEvent } from "../../src/core/calendar/port.ts";
import { aRecord, silentLog } from "../../src/core/calendar/testing/records.ts";
import { TargetProblem } from "../../src/core/keeper/failure.ts";
import type { DavOptions } from "../../src/main/adapters/caldav/connect.ts";
import { createCaldavTarget } from "../../src/main/adapters/caldav/target.ts";
import { instantOf } from "../../src/shared/instant.ts";
import type { ProblemKind } from "../../src/shared/problem.ts";
import { type Certificate, createAuthority } from "../fixtures/certificates.ts";
import type { Decision, Seen } from "../fixtures/proxy.ts";
import { until } from "../fixtures/until.ts";
import { wantedOf } from "./engine.ts";
import { liveOnce } from "./killing.ts";
import { comingMatches } from "./matches.ts";
import {
  aloneWithRadicale,
  anEngine,
  expectRight,
  ownRadicale,
  type Place,
  shareRadicale,
  temporaryFolder,
} from "./setup.ts";

const aCalendar = shareRadicale();

const revision = { sequence: 0, at: instantOf(Date.now()) };

const oneEvent = (): WantedEvent => {
  const [event] = wantedOf(comingMatches(1));
  if (event === undefined) throw new Error("there is one");
  return event;
};

const openTarget = (place: Place, options: Partial<DavOptions> = {}): CalendarTarget => {
  const { username, password } = place.radicale;
  const target = createCaldavTarget({ url: place.address, username, password, log: silentLog, ...options });
  onTestFinished(() => target.close());
  return target;
};

const failureOf = async (call: Promise<unknown>): Promise<TargetProblem> => {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TargetProblem)) throw new Error(`expected a TargetProblem, not ${String(error)}`);
  expect(error.problem.message).toMatch(/^\S.*\.$/);
  return error;
};

const expectKind = async (call: Promise<unknown>, kind: ProblemKind, message?: RegExp): Promise<TargetProblem> => {
  const failure = await failureOf(call);
  expect(failure.problem).toMatchObject({ kind, ...(message ? { message: expect.stringMatching(message) } : {}) });
  return failure;
};

const html = (status: number): Decision => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!DOCTYPE html><html><body>Welcome to the hotel</body></html>",
});

const on =
  (method: string, decision: Decision) =>
  (request: Seen): Decision =>
    request.method === method ? decision : "pass";

test("a wrong password", async () => {
  const place = await aCalendar();
  const target = openTarget(place, { password: "wrong" });
  await expectKind(target.list(null), "calendar-sign-in", /does not accept the user name and the password\.$/);
  await expectKind(openTarget(place, { username: null, password: null }).list(null), "calendar-sign-in");
});

test("a server that wants another kind of sign-in", async () => {
  const place = await aCalendar();
  place.proxy.decide(() => ({ status: 401, headers: { "www-authenticate": "Negotiate" } }));
  await expectKind(openTarget(place).list(null), "calendar-sign-in", /another kind of sign-in .*\(Negotiate\)\.$/);
});

test("no calendar at the address", async () => {
  const place = await aCalendar();
  const url = new URL("../nothing/", place.address).href;
  await expectKind(openTarget(place, { url }).list(null), "calendar-not-found");
});

test("a calendar that goes away while it is kept: a person is needed, and when it is back all is written", async () => {
  const place = await aCalendar();
  const { radicale, name, address, spec, files } = place;
  const { engine } = await anEngine(await temporaryFolder(), spec);
  const matches = comingMatches(5);
  engine.start(matches.map((match) => aRecord(match)));
  await engine.sync();
  await radicale.send("DELETE", address);
  const later = matches.map((match) => ({ ...match, venue: "Ny plan" }));
  engine.changed(later.map((match) => aRecord(match)));
  await until(() => engine.status()[0]?.state.name === "needs-person");
  expect(engine.status()).toMatchObject([{ state: { problem: { kind: "calendar-not-found" } } }]);
  await radicale.makeCalendar(name);
  // Calls that were under way when it came back still fail, each for its event.
  await until(
    () => {
      engine.retry("caldav");
      const [status] = engine.status();
      return status?.state.name === "idle" && status.there === matches.length;
    },
    { everyMs: 200 },
  );
  expectRight(await files(), later);
});

test("a calendar that may only be read: said at once, and nothing is tried", async () => {
  const place = await aloneWithRadicale();
  await place.radicale.allow("reading");
  const target = openTarget(place);
  await expectKind(target.list(null), "calendar-forbidden", /read the calendar but not change it\.$/);
  expect(place.proxy.seen.map(({ method }) => method)).toEqual(["PROPFIND"]);
  await place.radicale.allow("everything");
  expect(await target.list(null)).toMatchObject({ kind: "full", items: [] });
  await place.radicale.allow("reading");
  await expectKind(target.insert(oneEvent(), revision), "calendar-forbidden");
});

test.for([
  ["a web page for everything", () => html(200)],
  ["a web page that says it is XML", () => ({ ...Object(html(207)), headers: { "content-type": "text/xml" } })],
  ["a web page for the list", on("REPORT", html(200))],
  ["a web page not found", () => html(405)],
  ["JSON", () => ({ status: 200, headers: { "content-type": "application/json" }, body: '{"events": []}' })],
  ["nothing at all", on("REPORT", { status: 207, headers: { "content-type": "text/xml" } })],
  ["other XML", on("REPORT", { status: 207, headers: { "content-type": "text/xml" }, body: "<a/>" })],
  [
    "a multistatus that names nothing new to know by",
    on("REPORT", {
      status: 207,
      headers: { "content-type": "text/xml" },
      body: '<multistatus xmlns="DAV:"/>',
    }),
  ],
] as const)("an answer that is none is never an empty calendar: %s", async ([, decide]) => {
  const place = await aCalendar();
  const target = openTarget(place);
  place.proxy.decide(decide);
  await expectKind(target.list(null), "calendar-bad-answer");
});

test("half an answer is none", async () => {
  const place = await aCalendar();
  const target = openTarget(place);
  await target.insert(oneEvent(), revision);
  place.proxy.decide(on("REPORT", "cut"));
  await expectKind(target.list(null), "calendar-unreachable");
  place.proxy.decide(() => "pass");
  place.proxy.change((reply, { method }) =>
    method === "REPORT" ? { ...reply, body: (reply.body ?? "").slice(0, -60) } : reply,
  );
  await expectKind(target.list(null), "calendar-bad-answer");
});

test("a web page instead of a calendar in the middle of the season: nothing is forgotten, nothing written twice", async () => {
  const place = await aCalendar();
  const { proxy, spec, files } = place;
  const { engine } = await anEngine(await temporaryFolder(), spec);
  const matches = comingMatches(12);
  engine.start(matches.map((match) => aRecord(match)));
  await engine.sync();
  const before = await files();
  proxy.decide(() => html(200));
  const results = await engine.sync();
  expect(results.every(({ outcome }) => outcome === "waiting")).toBe(true);
  expect(engine.status()).toMatchObject([{ state: { name: "waiting", problem: { kind: "calendar-bad-answer" } } }]);
  proxy.decide(() => "pass");
  engine.retry("caldav");
  await until(() => engine.status()[0]?.state.name === "idle");
  expect(await files()).toEqual(before);
});

test("a web page that says OK has written and removed nothing", async () => {
  const place = await aCalendar();
  const target = openTarget(place);
  await target.list(null);
  place.proxy.decide(on("PUT", html(200)));
  await expectKind(target.insert(oneEvent(), revision), "calendar-bad-answer");
  place.proxy.decide(() => "pass");
  const known = await target.insert(oneEvent(), revision);
  place.proxy.decide(on("DELETE", html(200)));
  await expectKind(target.remove(known), "calendar-bad-answer");
  place.proxy.decide(() => "pass");
  await target.remove(known);
  expect((await place.files()).size).toBe(0);
  await target.remove(known);
});

test.for([
  { status: 429, kind: "calendar-rate-limited", header: "120", waits: 120_000 },
  { status: 503, kind: "calendar-server", header: new Date(Date.now() + 100_000).toUTCString(), waits: 100_000 },
  { status: 500, kind: "calendar-server", header: undefined, waits: null },
  { status: 502, kind: "calendar-server", header: undefined, waits: null },
  { status: 504, kind: "calendar-timeout", header: undefined, waits: null },
  { status: 507, kind: "calendar-server", header: undefined, waits: null },
  { status: 423, kind: "calendar-conflict", header: undefined, waits: null },
  { status: 413, kind: "calendar-rejected", header: undefined, waits: null },
] as const)("$status is $kind", async ({ status, kind, header, waits }) => {
  const place = await aCalendar();
  const target = openTarget(place);
  await target.list(null);
  place.proxy.decide(on("PUT", { status, ...(header === undefined ? {} : { headers: { "retry-after": header } }) }));
  const { retryAfterMs } = await expectKind(target.insert(oneEvent(), revision), kind);
  if (waits === null) expect(retryAfterMs).toBeNull();
  else expect(Math.abs((retryAfterMs ?? 0) - waits)).toBeLessThan(60_000);
});

test.for(["no-uid-conflict", "valid-calendar-data", "max-resource-size"])(
  "an event that the server does not take (%s) holds back nothing else",
  async (condition) => {
    const place = await aCalendar();
    const target = openTarget(place);
    await target.list(null);
    const body = `<?xml version="1.0"?><D:error xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><C:${condition}/></D:error>`;
    place.proxy.decide(on("PUT", { status: 403, headers: { "content-type": "text/xml" }, body }));
    await expectKind(target.insert(oneEvent(), revision), "calendar-rejected", new RegExp(condition));
  },
);

test("a server that says nothing is given up after a while, and so is one that never comes to an end", async () => {
  const place = await aCalendar();
  place.proxy.decide(() => "silence");
  const timeouts = { idleMs: 100, timeoutMs: 60_000 };
  await expectKind(openTarget(place, { timeouts }).list(null), "calendar-timeout");

  const server = createServer((_, response) => {
    response.writeHead(207, { "content-type": "text/xml" });
    const timer = setInterval(() => response.write(" "), 10);
    response.once("close", () => clearInterval(timer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
  await expectKind(
    openTarget(place, { url, timeouts: { idleMs: 60_000, timeoutMs: 300 } }).list(null),
    "calendar-timeout",
  );
});

test("closing ends what is under way", async () => {
  const place = await aCalendar();
  place.proxy.decide(() => "silence");
  const target = openTarget(place);
  const failure = failureOf(target.list(null));
  await until(() => place.proxy.seen.length > 0);
  target.close();
  expect((await failure).problem.kind).toBe("calendar-unreachable");
});

test("nobody listens; and TLS where there is none", async () => {
  const place = await aCalendar();
  const https = place.address.replace("http:", "https:");
  await expectKind(openTarget(place, { url: https }).list(null), "calendar-bad-answer", /does not speak TLS/);
  await place.proxy.close().catch(() => undefined);
  await expectKind(openTarget(place).list(null), "calendar-unreachable", /cannot be reached \(ECONNREFUSED\)\.$/);
});

test("the password follows a redirect on its host, and goes to no other", async () => {
  const place = await aCalendar();
  const moved = await aCalendar();
  const to = new URL(place.address);
  const old = new URL("/old/", place.address);
  const follow = (location: string) => (request: Seen) =>
    request.path.startsWith("/old/") ? { status: 301, headers: { location } } : ("pass" as const);
  place.proxy.decide(follow(to.pathname));
  const target = openTarget(place, { url: old.href });
  await target.list(null);
  await target.insert(oneEvent(), revision);
  expect((await place.files()).size).toBe(1);

  // The same machine by another name is another host.
  place.proxy.decide(follow(moved.address.replace("127.0.0.1", "localhost")));
  await expectKind(openTarget(place, { url: old.href }).list(null), "calendar-bad-answer", /the password goes nowhere/);
  expect(moved.proxy.seen).toEqual([]);
});

test("a certificate that is not trusted, or made out for another name", async () => {
  const authority = await createAuthority();
  onTestFinished(authority.remove);
  const [right, wrong] = await Promise.all([
    authority.issue("right", "DNS:localhost"),
    authority.issue("wrong", "DNS:example.com"),
  ]);
  const live = async (tls: Certificate, env: Readonly<Record<string, string>>) => {
    const { url, username, password, makeCalendar } = await ownRadicale({ tls });
    await makeCalendar("matcher");
    const targets = [{ kind: "caldav", url, username, password }] as const;
    return liveOnce({ folder: await temporaryFolder(), targets, matches: comingMatches(3), env });
  };
  const trusting = { NODE_EXTRA_CA_CERTS: authority.ca };
  expect(await live(right, trusting)).toBe("settled");
  expect(await live(right, {})).toMatch(/calendar-certificate.*cannot be trusted \(UNABLE_TO_VERIFY/);
  expect(await live(wrong, trusting)).toMatch(/calendar-certificate.*ERR_TLS_CERT_ALTNAME_INVALID/);
});

test("no problem and no label tells the password", async () => {
  const place = await aCalendar();
  const logged: unknown[] = [];
  const note = (...words: readonly unknown[]): void => void logged.push(words);
  const log = { debug: note, info: note, warn: note, error: note, part: () => log };
  const { username, password } = place.radicale;
  const inside = new URL(place.address);
  inside.username = username;
  inside.password = password;
  const target = openTarget(place, { url: inside.href, username: null, password: null, log });
  expect(target.label).toBe(place.address);
  expect(await target.list(null)).toMatchObject({ items: [] });
  expect(target.label).toBe("Matcher & domare");
  const failures: TargetProblem[] = [];
  for (const decision of [
    html(200),
    { status: 403 },
    { status: 500 },
    { status: 302, headers: { location: "http://x/" } },
  ]) {
    place.proxy.decide(() => decision);
    failures.push(await failureOf(target.list(null)), await failureOf(target.insert(oneEvent(), revision)));
  }
  const said = JSON.stringify([
    logged,
    target.label,
    target.id,
    failures.map(({ problem, stack }) => [problem, stack]),
  ]);
  for (const secret of [password, encodeURIComponent(password), inside.password, "hemligt", "Basic "]) {
    expect(said).not.toContain(secret);
  }
});
