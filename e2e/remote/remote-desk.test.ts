import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, expect, it, onTestFinished } from "vitest";
import type { ProblemKind } from "../../src/shared/problem.ts";
import { createAuthority } from "../fixtures/certificates.ts";
import { folder } from "../fixtures/folder.ts";
import { type RedisServer, startRedis } from "../fixtures/redis.ts";
import { type Relay, startRelay } from "../fixtures/relay.ts";
import { type ServiceUnderTest, startService } from "../fixtures/service.ts";
import { until } from "../fixtures/until.ts";
import { guideMatch, updateOf, updates } from "../http/wire.ts";
import { type Attached, attach } from "./attached.ts";

const token = "a-token-for-tests-1234";
let redis: RedisServer;
let service: ServiceUnderTest;
/** As in an office: others may come, and by names that the service does not know. */
const settings = (more: Readonly<Record<string, string>> = {}) => ({
  REDIS_URL: redis.url,
  REDIS_RETRY_DELAY: "0.05",
  AVSPARK_HTTP_HOST: "0.0.0.0",
  AVSPARK_HTTP_TOKEN: token,
  ...more,
});
const here = (): string => `http://127.0.0.1:${new URL(service.address()).port}`;
const desk = (address: string, more: Readonly<Record<string, string>> = {}, place?: string) =>
  attach(
    { AVSPARK_SERVICE_URL: address, AVSPARK_SERVICE_TOKEN: token, ...more },
    place === undefined ? {} : { folder: place },
  );

beforeEach(async () => {
  redis = await startRedis();
  service = await startService(settings());
});
afterEach(async () => {
  await service.close();
  await redis.close();
});

/** Something that answers everything in one way. */
const fake = async (answer: (response: ServerResponse) => void): Promise<string> => {
  const server = createServer((_, response) => answer(response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
};

const relay = async (behind = here()): Promise<Relay> => {
  const made = await startRelay(behind);
  onTestFinished(made.close);
  return made;
};
/** Heard by somebody: what is said while nobody listens is lost. */
const publish = (...ids: readonly number[]) =>
  until(
    async () => (await redis.publish(updates, updateOf(ids.map((id) => guideMatch(id, { rand: Math.random() }))))) > 0,
  );
const has = (desk: Attached, id: string) => () => desk.state()?.matches.some((match) => match.id === id) ?? false;

it("shows what the service has and what changes, and does what is asked, once for all desks", async () => {
  await publish(1);
  const desks = await Promise.all(["one", "other"].map(() => desk(here())));
  const [one, other] = desks;
  if (one === undefined || other === undefined) throw new Error("Two desks were opened.");
  await Promise.all(desks.map((desk) => desk.live()));
  await publish(2);
  for (const desk of desks) await until(has(desk, "2"));
  const answer = await one.call("note", { matchId: "2", text: "Rings back at six", by: "Anna" });
  expect(answer).toMatchObject({ ok: true, value: { note: { text: "Rings back at six", by: "Anna" } } });
  for (const desk of desks)
    await until(() => desk.shown().matches.find(({ id }) => id === "2")?.notes[0]?.text === "Rings back at six");
  expect(await other.call("match", { id: "2" })).toMatchObject({ ok: true, value: { match: { id: "2" } } });
  expect(await other.call("match", { id: "none" })).toMatchObject({ ok: false, problem: { kind: "not-found" } });
});

it("keeps a window's taste to itself", async () => {
  const place = await folder();
  const taste = { AVSPARK_THEME: "dark", AVSPARK_LANGUAGE: "sv" };
  const [one, other] = [await desk(here(), taste, place), await desk(here())];
  await Promise.all([one.live(), other.live()]);
  await one.call("markSeen", { changeId: 7 });
  await one.call("mute", { muted: true });
  await until(() => one.shown().seenChangeId === 7 && one.shown().notificationsMuted);
  const themeOf = (desk: Attached) => desk.shown().settings.find(({ name }) => name === "AVSPARK_THEME")?.value;
  expect([themeOf(one), themeOf(other)]).toEqual(["dark", "system"]);
  expect(one.shown().settings.find(({ name }) => name === "REDIS_URL")?.value).toBe(redis.url);
  expect([other.shown().seenChangeId, other.shown().notificationsMuted]).toEqual([0, false]);
  await one.stop();
  const again = await desk(here(), taste, place);
  await again.live();
  expect(again.shown().seenChangeId).toBe(7);
});

it("says when the service is gone, shows how things stood, and is right within 2 s of its return", async () => {
  await publish(1);
  const way = await relay();
  const window = await desk(way.address);
  await window.live();
  await until(has(window, "1"));
  const port = new URL(service.address()).port;
  await service.restart(settings({ AVSPARK_HTTP_PORT: port }));
  await publish(2);
  await until(has(window, "2"), { withinMs: 2000 });
  service.kill("SIGKILL");
  await window.lost();
  expect(has(window, "2")()).toBe(true);
  const { line } = window.shown().attachment ?? {};
  expect(line).toMatchObject({ state: "lost", problem: { kind: "service-unreachable" } });
});

it("notices a service that says nothing any more although its connection stands, and is right when it goes on", async () => {
  const window = await desk(here());
  await window.live();
  service.kill("SIGSTOP");
  await window.lost(10_000);
  service.kill("SIGCONT");
  await publish(3);
  await until(has(window, "3"), { withinMs: 2000 });
  await window.live();
});

it("finds its way back when the line was cut without a word", async () => {
  const way = await relay();
  const window = await desk(way.address);
  await window.live();
  way.cut();
  await window.lost(10_000);
  await publish(4);
  way.mend();
  await until(has(window, "4"), { withinMs: 2000 });
});

it("follows a service on a slow line", async () => {
  const way = await relay();
  way.slow(400);
  const window = await desk(way.address);
  await window.live();
  await publish(5);
  await until(has(window, "5"));
  expect(await window.call("note", { matchId: "5", text: "Slowly" })).toMatchObject({ ok: true });
});

it("takes the next address when one does not answer, and keeps to it", async () => {
  const [first, second] = [await relay(), await relay()];
  const window = await desk(`${first.address}, ${second.address}`);
  await window.live();
  expect(window.shown().attachment?.address).toBe(first.address);
  await first.close();
  await publish(6);
  await until(has(window, "6"), { withinMs: 2000 });
  await until(() => window.shown().attachment?.address === second.address);
});

it("keeps what did not arrive, sends it once more on demand, and the service takes it once", async () => {
  await publish(7);
  const way = await relay();
  const place = await folder();
  const window = await desk(way.address, {}, place);
  const eye = await desk(here());
  await eye.live();
  const notes = () =>
    eye
      .shown()
      .matches.find(({ id }) => id === "7")
      ?.notes.map(({ text }) => text) ?? [];
  await window.live();
  await until(has(window, "7"));
  // It arrives, and the answer is lost.
  way.slow(1500);
  const given = window.call("note", { matchId: "7", text: "Only once" });
  await until(() => notes().length === 1);
  way.cut();
  await window.lost(10_000);
  expect(await given).toMatchObject({ ok: false, problem: { kind: "service-unreachable" } });
  // This does not even set out.
  expect(await window.call("note", { matchId: "7", text: "Written meanwhile" })).toMatchObject({ ok: false });
  await until(() => window.unsent().length === 2);
  expect(window.unsent().map(({ command, matchId, text }) => `${command} ${matchId} ${text}`)).toEqual([
    "note 7 Only once",
    "note 7 Written meanwhile",
  ]);
  // Nor does it go with the window.
  await window.stop();
  way.mend();
  way.slow(0);
  const again = await desk(way.address, {}, place);
  await again.live();
  for (const { id } of again.unsent()) expect(await again.call("sendAgain", { id })).toMatchObject({ ok: true });
  await until(() => again.unsent().length === 0);
  await until(() => notes().length > 1);
  expect(notes().toSorted()).toEqual(["Only once", "Written meanwhile"]);
});

it("lets go of what did not arrive when a person says so", async () => {
  await publish(8);
  const window = await desk(here());
  await window.live();
  service.kill("SIGSTOP");
  await window.lost(10_000);
  await window.call("note", { matchId: "8", text: "Never mind" });
  const [first] = await until(() => window.unsent().length > 0 && window.unsent());
  expect(await window.call("forgetUnsent", { id: first?.id ?? "" })).toMatchObject({ ok: true });
  await until(() => window.unsent().length === 0);
  service.kill("SIGCONT");
});

it("says that the token is wrong, and comes in when it is right", async () => {
  const stranger = await desk(here(), { AVSPARK_SERVICE_TOKEN: `${token}-not` });
  await stranger.refused("service-sign-in");
  await (await desk(here())).live();
});

it("trusts the service's certificate by its own authority alone", async () => {
  const authority = await createAuthority();
  onTestFinished(authority.remove);
  const { cert, key } = await authority.issue("service", "IP:127.0.0.1");
  const port = new URL(service.address()).port;
  const tls = { AVSPARK_HTTP_TLS_CERT_FILE: cert, AVSPARK_HTTP_TLS_KEY_FILE: key, AVSPARK_HTTP_PORT: port };
  await service.restart(settings(tls));
  const secure = here().replace("http:", "https:");
  const window = await desk(secure, { AVSPARK_SERVICE_CA_FILE: authority.ca });
  await window.live();
  expect(await window.call("todo", {})).toMatchObject({ ok: true });
  await (await desk(secure)).refused("service-certificate");
  const another = await createAuthority();
  onTestFinished(another.remove);
  await (await desk(secure, { AVSPARK_SERVICE_CA_FILE: another.ca })).refused("service-certificate");
  await (await desk(secure, { AVSPARK_SERVICE_CA_FILE: "/nowhere/ca.pem" })).refused("configuration-invalid");
  await (await desk(here())).refused("service-unreachable");
});

it("says of what is no service, and of one that is too old or too new, which it is", async () => {
  const answer = (status: number, type: string, body: string) =>
    fake((response) => {
      response.writeHead(status, { "content-type": type }).end(body);
    });
  const hello = (number: number, oldest: number) =>
    fake((response) => {
      const said = { protocol: { number, oldest }, service: "s", version: "9.9.9", seq: 1, heartbeatMs: 1000 };
      response
        .writeHead(200, { "content-type": "text/event-stream" })
        .write(`event: hello\ndata: ${JSON.stringify(said)}\n\n`);
    });
  const refusals: readonly (readonly [Promise<string>, ProblemKind])[] = [
    [answer(200, "text/html", "<h1>It works!</h1>"), "service-strange"],
    [answer(404, "text/html", "Not found"), "service-strange"],
    // A proxy whose service is away.
    [answer(502, "text/html", "Bad gateway"), "service-unreachable"],
    [
      answer(404, "application/json", JSON.stringify({ success: false, error: "Nothing here.", code: "not-found" })),
      "service-too-old",
    ],
    [hello(0, 0), "service-too-old"],
    [hello(7, 6), "window-too-old"],
  ];
  for (const [address, kind] of refusals) await (await desk(await address)).refused(kind);
});

it("sends a token nowhere over plain HTTP but to this machine", async () => {
  let connections = 0;
  const listener = createServer().on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => listener.listen(0, "0.0.0.0", resolve));
  onTestFinished(() => void listener.close());
  const bound = listener.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  // The machine itself, by an address that is not loopback's.
  const window = await desk(`http://0.0.0.0:${port}`);
  await window.refused("service-insecure");
  expect(connections).toBe(0);
  await new Promise<void>((resolve) => connect(port, "127.0.0.1", resolve).unref());
  await until(() => connections === 1);
});

it("notifies of what the service tells by its own rules", async () => {
  const [loud, quiet] = await Promise.all(
    ["warning", "none"].map((AVSPARK_NOTIFY) => desk(here(), { AVSPARK_NOTIFY })),
  );
  if (loud === undefined || quiet === undefined) throw new Error("Two desks were opened.");
  await Promise.all([loud.live(), quiet.live()]);
  const alert = { alert_type: "error", severity: "high", message: "The list is stuck" };
  const message = { message_id: "n-1", timestamp: new Date().toISOString(), source: "system", version: "1.0" };
  await redis.publish("fogis:system:alerts", JSON.stringify({ ...message, type: "system_alert", payload: alert }));
  await until(() => loud.notices.some(({ kind }) => kind === "alert"));
  await until(() => quiet.shown().alerts.length > 0);
  expect(quiet.notices).toEqual([]);
});
