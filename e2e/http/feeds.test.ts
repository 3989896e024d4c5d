import { createServer } from "node:http";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { calendarFeedSchema } from "../../src/shared/calendar-feed.ts";
import { contract } from "../../src/shared/contract.ts";
import { folder as temporaryFolder } from "../fixtures/folder.ts";
import { serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { type Answer, ask, expectFailure, expectSuccess, sendBytes } from "./ask.ts";
import { serviceFor } from "./service.ts";

const day = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);

/** As FOGIS words them: who referees is told with ids. */
const matches = (count: number): readonly object[] =>
  Array.from({ length: count }, (_, n) => ({
    matchid: 7_000_000 + n,
    lag1namn: `Provby IF ${n}`,
    lag2namn: "Åsa BK",
    speldatum: day(n + 2),
    avsparkstid: "18:00",
    anlaggningnamn: "Provvallen",
    tavlingnamn: "Div 4 Prov",
    domaruppdraglista: [
      { personid: 7, personnamn: "Anna Prov", domarrollnamn: "Huvuddomare", mobiltelefon: "0700000007" },
      { personid: 8 + n, personnamn: `Bo Prov ${n}`, domarrollnamn: "AD1", mobiltelefon: `07000001${n}0` },
    ],
  }));

const tell = (address: string, list: readonly object[]): Promise<Answer> =>
  ask(`${address}/manual-sync`, { method: "POST", body: { matches: list } });

const madeSchema = z.object({ feeds: z.array(calendarFeedSchema) });
const make = async (address: string, subject: object) => {
  const answer = await ask(`${address}/make-feed`, { method: "POST", body: { for: subject } });
  const [feed] = expectSuccess(answer, madeSchema).feeds;
  if (feed?.address == null) throw new Error(answer.text);
  return { ...feed, path: new URL(feed.address).pathname };
};

const anna = { kind: "person", id: "fogis-7" };

test("a referee's calendar has their matches alone, and costs nothing while they stay as they are", async () => {
  const { address } = await serviceFor();
  await tell(address, matches(3));
  const bo = await make(address, { kind: "person", id: "fogis-9" });
  expect(bo).toMatchObject({ label: "Bo Prov 1", matches: 1, lastFetchedAt: null });
  expect(bo.webcal).toBe(bo.address?.replace("http:", "webcal:"));
  const { path } = await make(address, anna);

  const whole = await ask(`${address}${path}`, { headers: { "accept-encoding": "gzip;q=0" } });
  expect(whole).toMatchObject({
    status: 200,
    headers: { "content-type": "text/calendar; charset=utf-8", "cache-control": "private, no-cache" },
  });
  expect(whole.headers["content-encoding"]).toBeUndefined();
  expect(whole.text.match(/^BEGIN:VEVENT/gm)).toHaveLength(3);
  expect(whole.text).toMatch(/^X-WR-CALNAME:Domaruppdrag: Anna Prov\r$/m);
  expect(whole.text).toMatch(/^REFRESH-INTERVAL;VALUE=DURATION:PT15M\r$/m);
  expect(whole.text).toMatch(/^X-PUBLISHED-TTL:PT15M\r$/m);
  expect(whole.text).toContain("Bo Prov 1");
  expect(whole.text).not.toMatch(/07000/);

  // The same event everywhere, so that nobody who follows both has it twice under two names.
  const all = await ask(`${address}/calendar.ics`);
  const uids = (text: string): readonly string[] => [...text.matchAll(/^UID:(.*)\r$/gm)].map(([, uid = ""]) => uid);
  expect(uids(whole.text)).toEqual(uids(all.text));

  const packed = await fetch(`${address}${path}`, { headers: { "accept-encoding": "gzip" } });
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  expect(packed.headers.get("vary")).toMatch(/accept-encoding/i);
  expect(await packed.text()).toBe(whole.text);

  const { etag = "" } = whole.headers;
  expect(packed.headers.get("etag")).toBe(etag);
  const head = await ask(`${address}${path}`, { method: "HEAD" });
  expect(head).toMatchObject({ status: 200, text: "", headers: { etag } });
  expect(await ask(`${address}${path}`, { headers: { "if-none-match": etag } })).toMatchObject({
    status: 304,
    text: "",
  });

  const [first = {}, ...rest] = matches(3);
  await tell(address, [{ ...first, installd: true }, ...rest]);
  const changed = await until(async () => {
    const answer = await ask(`${address}${path}`, { headers: { "if-none-match": etag } });
    return answer.status === 200 ? answer : null;
  });
  expect(changed.text.match(/^STATUS:CANCELLED/gm)).toHaveLength(1);
  expect(changed.text.match(/^BEGIN:VEVENT/gm)).toHaveLength(3);
  const listed = expectSuccess(await ask(`${address}/feeds?person=fogis-7`), contract.feeds.output);
  expect(listed.feeds).toMatchObject([{ label: "Anna Prov", lastFetchedAt: expect.any(String) }]);
});

test("an address that was renewed or revoked is like one that never was, and the next run knows no more of it", async () => {
  const folder = await temporaryFolder();
  const settings = { REDIS_PUBSUB_ENABLED: "false", AVSPARK_LOG_LEVEL: "debug" };
  const first = await serve(settings, { folder });
  onTestFinished(async () => void (await first.stop()));
  await tell(first.address, matches(2));
  const feed = await make(first.address, anna);
  const other = await make(first.address, { kind: "venue", name: "Provvallen" });
  const get = (path: string) => ask(`${first.address}${path}`);
  const { etag = "" } = (await get(feed.path)).headers;
  const renewed = expectSuccess(
    await ask(`${first.address}/renew-feed`, { method: "POST", body: { id: feed.id } }),
    contract.renewFeed.output,
  );
  const path = new URL(renewed.feed.address ?? "").pathname;
  await ask(`${first.address}/revoke-feed`, { method: "POST", body: { id: other.id } });
  const shape = ({ status, headers, text }: Answer) => ({
    status,
    headers: Object.keys(headers).sort(),
    text: text.replace(/"timestamp":"[^"]+"/, ""),
  });
  const never = await get("/calendar/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.ics");
  expectFailure(never, "not-found");
  for (const gone of [feed.path, other.path]) expect(shape(await get(gone))).toEqual(shape(never));

  first.kill("SIGKILL");
  await first.ended;
  const second = await serve(settings, { folder });
  onTestFinished(async () => void (await second.stop()));
  const later = (at: string) => ask(`${second.address}${at}`, { headers: { "if-none-match": etag } });
  expect((await later(path)).status).toBe(304);
  for (const gone of [feed.path, other.path]) expect((await later(gone)).status).toBe(404);
  // Secrets stand in no log.
  const secrets = [feed.path, other.path, path].map((one) => one.slice("/calendar/".length, -".ics".length));
  for (const said of [first.complaints(), second.complaints()])
    for (const secret of secrets) expect(said).not.toContain(secret);
});

test("who guesses is soon told to wait, and whoever has an address is answered all the same", async () => {
  const { address } = await serviceFor();
  await tell(address, matches(1));
  const { path } = await make(address, anna);
  const statuses = new Set<number>();
  for (let n = 0; n < 40; n += 1)
    statuses.add((await ask(`${address}/calendar/${String(n).padStart(32, "a")}.ics`)).status);
  expect([...statuses]).toEqual([404, 429]);
  expect((await ask(`${address}${path}`)).status).toBe(200);
});

const withListener = async (settings: Readonly<Record<string, string>> = {}) => {
  const running = await serviceFor({ AVSPARK_FEEDS_HOST: "127.0.0.1", AVSPARK_FEEDS_PORT: "0", ...settings });
  await tell(running.address, matches(2));
  return { ...running, feed: await make(running.address, anna) };
};

test("the listener for the outside has the calendars and nothing else", async () => {
  const { address, feed } = await withListener();
  const { origin } = new URL(feed.address ?? "");
  expect(origin).not.toBe(address);
  const nothing = await ask(`${origin}/calendar/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.ics`);
  expect(nothing).toMatchObject({ status: 404, text: "There is nothing at this address.\n" });
  const paths = [
    "/",
    "/calendar.ics",
    "/calendar/",
    feed.path.replace(".ics", ""),
    `${feed.path}/x`,
    `/x${feed.path}`,
    `/${feed.path}`,
    feed.path.toUpperCase(),
    ...Object.values(contract).flatMap(({ http }) => (http === null ? [] : [http.path])),
    ...["/metrics", "/events", "/docs", "/openapi.json", "/health"],
  ];
  for (const path of paths) {
    const answer = await ask(`${origin}${path}`);
    // Nor does it say which of these it might have been; so many in a row are guesses.
    expect([404, 429], path).toContain(answer.status);
    if (answer.status === 404)
      expect({ ...answer, headers: { ...answer.headers, date: "" } }).toEqual({
        ...nothing,
        headers: { ...nothing.headers, date: "" },
      });
  }
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
    expect(await ask(`${origin}${feed.path}`, { method })).toMatchObject({
      status: 405,
      headers: { allow: "GET, HEAD" },
    });
  expect((await ask(`${origin}${feed.path}`, { headers: { "content-length": "3" }, body: "abc" })).status).toBe(400);
  expect((await ask(`${origin}${feed.path}`, { headers: { "x-long": "x".repeat(9000) } })).status).toBe(431);
  expect(await sendBytes(origin, "nonsense\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);

  // By whatever name a proxy goes, and from whatever page.
  const foreign = { host: "calendar.example.com", origin: "https://evil.example.com", "accept-encoding": "gzip" };
  const answer = await ask(`${origin}${feed.path}?x=1`, { headers: foreign });
  expect(answer).toMatchObject({ status: 200, headers: { "content-encoding": "gzip", "x-robots-tag": "noindex" } });
  expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  const raw = Buffer.from(await (await fetch(`${origin}${feed.path}`)).arrayBuffer());
  const head = await ask(`${origin}${feed.path}`, { method: "HEAD" });
  expect(head).toMatchObject({ status: 200, text: "", headers: { "content-length": String(raw.length) } });
  const etag = answer.headers.etag ?? "";
  expect((await ask(`${origin}${feed.path}`, { headers: { "if-none-match": etag } })).status).toBe(304);
});

test("a client that sends its head slowly is cut off", { timeout: 20_000 }, async () => {
  const { feed } = await withListener();
  const { hostname, port } = new URL(feed.address ?? "");
  const socket = connect(Number(port), hostname, () => socket.write(`GET ${feed.path} HTTP/1.1\r\nHost: x\r\n`));
  socket.on("error", () => undefined);
  socket.resume();
  await new Promise<void>((resolve) => socket.once("close", () => resolve()));
});

test("what stands in the calendars of how to reach people, and their public address, are settings", async () => {
  const { address, feed } = await withListener({
    AVSPARK_FEEDS_DETAILS: "mobile",
    AVSPARK_FEEDS_URL: "https://calendar.example.com/avspark/",
    AVSPARK_LANGUAGE: "en",
  });
  expect(feed.address).toMatch(/^https:\/\/calendar\.example\.com\/avspark\/calendar\/[\w-]{32}\.ics$/);
  const { text } = await ask(`${address}${feed.path.replace("/avspark", "")}`);
  expect(text).toContain("0700000100");
  expect(text).toMatch(/^X-WR-CALNAME:Refereeing: Anna Prov\r$/m);
});

test("while its port is another program's, all else goes on; it says so, and opens when the port is free", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const at = other.address();
  if (at === null || typeof at === "string") throw new Error("The server listens nowhere.");
  const { address, feed } = await withListener({ AVSPARK_FEEDS_PORT: String(at.port) });
  expect(new URL(feed.address ?? "").origin).toBe(address);
  const listener = async () => expectSuccess(await ask(`${address}/feeds`), contract.feeds.output).listener;
  expect(await listener()).toMatchObject({ open: false, problem: { kind: "port-taken" } });
  const alerts = async () =>
    expectSuccess(await ask(`${address}/alerts`), contract.alerts.output).alerts.map(({ cause }) => cause.kind);
  expect(await alerts()).toContain("feeds-door");
  const health = expectSuccess(await ask(`${address}/health`), contract.health.output);
  expect(health.health.level).toBe("warning");
  expect((await ask(`${address}${feed.path}`)).status).toBe(200);

  await new Promise((resolve) => other.close(resolve));
  const open = await until(async () => {
    const state = await listener();
    return state?.open === true ? state : null;
  });
  expect((await ask(`${open.address}${feed.path}`)).status).toBe(200);
  expect(await alerts()).not.toContain("feeds-door");
});

test("everybody gets one at once, whoever has one keeps it, and a token is asked for like anywhere", async () => {
  const { address } = await serviceFor({ AVSPARK_HTTP_TOKEN: "a-token-of-twenty-signs" });
  const headers = { authorization: "Bearer a-token-of-twenty-signs" };
  await ask(`${address}/manual-sync`, { method: "POST", headers, body: { matches: matches(3) } });
  const post = (body: object) => ask(`${address}/make-feed`, { method: "POST", headers, body });
  const [one] = expectSuccess(await post({ for: anna }), madeSchema).feeds;
  const all = expectSuccess(await post({ for: { kind: "everybody" } }), madeSchema).feeds;
  expect(all).toHaveLength(4);
  expect(all.find(({ id }) => id === one?.id)?.address).toBe(one?.address);
  expectFailure(await ask(`${address}/feeds`), "unauthorized");
  expectFailure(await ask(`${address}/make-feed`, { method: "POST", body: { for: anna } }), "unauthorized");
  expectFailure(await post({ for: { kind: "person", id: "fogis-99" } }), "not-found");
  expectFailure(await post({ for: { kind: "person", id: "" } }), "input-invalid");
  const { pathname } = new URL(one?.address ?? "");
  expect((await ask(`${address}${pathname}`)).status).toBe(200);
  // The wrong one is refused like everything else here.
  expectFailure(await ask(`${address}/calendar/${"a".repeat(32)}.ics`), "unauthorized");
});
