import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, type TestContext, test } from "vitest";
import { ms, report } from "../feed/listener.ts";
import { inDays, publishHeard, update } from "../fixtures/desk.ts";
import { silence } from "../fixtures/match-server.ts";
import { freePort, startRedis } from "../fixtures/redis.ts";
import { spawnServe } from "../fixtures/serve.ts";
import { type ServiceUnderTest, startService } from "../fixtures/service.ts";
import { becomes, eventually, hearsAgain, settle, slackMs, worldFor } from "./world.ts";

type Context = Pick<TestContext, "onTestFinished">;

const demoFor = async (
  { onTestFinished }: Context,
  settings: Readonly<Record<string, string>> = {},
): Promise<ServiceUnderTest> => {
  const service = await startService(settings);
  onTestFinished(async () => void (await service.close()));
  return service;
};

const childrenOf = async (pid: number): Promise<readonly string[]> => {
  const { stdout } = await promisify(execFile)("ps", ["-eo", "ppid=,comm="]);
  return stdout.split("\n").filter((line) => Number.parseInt(line, 10) === pid);
};

/** A run that is to fail: its exit code and what it said on stderr, line by line. */
const failing = async ({ onTestFinished }: Context, settings: Readonly<Record<string, string>>, given?: string) => {
  const folder = given ?? (await mkdtemp(join(tmpdir(), "avspark-serve-")));
  if (given === undefined) onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { child, ended, complaints } = spawnServe(settings, folder);
  onTestFinished(() => void child.kill("SIGKILL"));
  const code = await ended;
  return { code, lines: complaints().trim().split("\n") };
};

test.concurrent("with nothing configured the demo runs: messages, matches, a calendar, and nothing to worry about", async (context) => {
  const service = await demoFor(context);
  const { redis_status: status } = await service.call("redisStatus");
  expect(status.mode).toBe("demo");
  await eventually(async () => (await service.stats()).total_messages_received > 10, { what: () => "messages" });
  expect((await service.matches()).length).toBeGreaterThan(40);
  const calendar = async () => (await fetch(`${service.address()}/calendar.ics`)).text();
  await eventually(async () => (await calendar()).includes("BEGIN:VEVENT"), { what: () => "events in the calendar" });
  await eventually(async () => (await service.health()).level === "ok", { what: () => "health" });
  expect(await service.gaps()).toEqual([]);
  // Its data lies apart from real matches.
  expect(await readdir(service.folder)).toEqual(["demo", "logs"]);
});

test.concurrent("beside a Google or CalDAV calendar no demo runs: nothing that was made up is written there", async (context) => {
  const written: string[] = [];
  const server = createServer((request, response) => {
    const reads = ["GET", "PROPFIND", "REPORT", "OPTIONS"].includes(request.method ?? "") || request.url === "/token";
    if (!reads) written.push(`${request.method} ${request.url}`);
    response.writeHead(500).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  context.onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`;
  const folder = await mkdtemp(join(tmpdir(), "avspark-token-"));
  context.onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const tokenFile = join(folder, "token.json");
  const token = { token: "t", refresh_token: "r", client_id: "c", client_secret: "s", token_uri: `${url}token` };
  await writeFile(tokenFile, JSON.stringify(token));
  const service = await demoFor(context, {
    AVSPARK_CALENDARS: "ics,google,caldav",
    GOOGLE_CALENDAR_ID: "primary",
    GOOGLE_CALENDAR_TOKEN_FILE: tokenFile,
    GOOGLE_API_ROOT: url,
    CALDAV_URL: `${url}calendars/`,
    CALDAV_USERNAME: "coordinator",
    CALDAV_PASSWORD: "hunter2-hunter2",
  });
  const { redis_status: status } = await service.call("redisStatus");
  expect(status.mode).toBe("live");
  const calls = [
    service.call("syncNow"),
    ...(["google", "caldav"] as const).flatMap((target) => [
      service.call("syncNow", { target }),
      service.call("confirm", { target }),
      service.call("audit", { target, repair: true }),
    ]),
  ];
  await Promise.allSettled(calls);
  expect(await service.matches()).toEqual([]);
  expect(written).toEqual([]);
  expect((await service.health()).level).toBe("critical");
});

test.concurrent("an error that nobody caught is told without its words, and the service lives on", async (context) => {
  const thrower = `data:text/javascript,${encodeURIComponent(
    'import { isMainThread } from "node:worker_threads"; if (isMainThread) process.on("SIGUSR2", () => { const secret = "hunter" + 2; Promise.reject(new Error(secret)); throw new Error(secret); });',
  )}`;
  const service = await demoFor(context, { NODE_OPTIONS: `--import=${thrower}` });
  await eventually(async () => (await service.health()).level === "ok", { what: () => "health" });
  service.kill("SIGUSR2");
  await eventually(async () => (await service.health()).level === "critical", { what: () => "what happened is told" });
  const { alerts } = await service.call("alerts");
  expect(alerts).toMatchObject([{ cause: { kind: "incident", problem: { kind: "internal" } }, count: 2 }]);
  const { total_messages_received: before } = await service.stats();
  await eventually(async () => (await service.stats()).total_messages_received > before, { what: () => "messages" });
  const log = await readFile(join(service.folder, "logs", "avspark.log"), "utf8");
  expect(log).toContain("nobody had thought of");
  expect(log).not.toContain("hunter2");
});

test.concurrent("the demo is one process; SIGTERM ends it within 2 s, exit code 0", async (context) => {
  const service = await demoFor(context);
  await eventually(async () => (await service.stats()).total_messages_received > 0);
  expect(await childrenOf(service.pid())).toEqual([]);
  const told = performance.now();
  service.kill("SIGTERM");
  expect(await service.ended()).toBe(0);
  const took = performance.now() - told;
  report(`SIGTERM: the demo ended after ${ms(took)}`);
  expect(took).toBeLessThan(2000 + slackMs);
});

test.concurrent("SIGTERM in the middle of everything ends within 2 s, exit code 0; nothing is lost by it", async (context) => {
  const world = await worldFor(context);
  const { service, source, truth, redis } = world;
  await settle(world);
  source.answerWith(silence);
  const stream = await fetch(`${service.address()}/events`);
  const asked = [service.call("fetchMatches"), service.call("syncNow"), service.call("redisTest")].map((call) =>
    call.catch(() => undefined),
  );
  await eventually(async () => (await service.source()).state === "fetching");
  for (let change = 0; change < 100; change += 1) await truth.tell(redis);
  const told = performance.now();
  service.kill("SIGTERM");
  expect(await service.ended()).toBe(0);
  const took = performance.now() - told;
  report(`SIGTERM in the middle of everything: ended after ${ms(took)}`);
  expect(took).toBeLessThan(2000 + slackMs);
  await Promise.all([...asked, stream.text().catch(() => undefined)]);
  source.answerWith(truth.answer);
  await service.restart();
  await settle(world);
});

test.concurrent("a port that is taken does not stop the feed, and is taken as soon as it is free", async (context) => {
  const port = await freePort();
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  context.onTestFinished(() => void other.close());
  const redis = await startRedis();
  context.onTestFinished(redis.close);
  const folder = await mkdtemp(join(tmpdir(), "avspark-serve-"));
  context.onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { child, ended, complaints } = spawnServe({ REDIS_URL: redis.url, AVSPARK_HTTP_PORT: String(port) }, folder);
  context.onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });

  await publishHeard(redis, "updates", update({ id: 81, home: "Alfa", away: "Beta", kickoff: inDays(3) }));
  const calendar = (): Promise<string> => readFile(join(folder, "calendar.ics"), "utf8").catch(() => "");
  await eventually(async () => (await calendar()).includes("Alfa – Beta"), { what: () => "the match in the calendar" });
  expect(complaints()).toContain(
    `Port ${port} on 127.0.0.1 is taken by another program; end that one, or choose another port with AVSPARK_HTTP_PORT (0 takes any free one). Until then Avspark runs without HTTP`,
  );
  expect(said).toBe("");

  other.close();
  await eventually(async () => said !== "", { what: () => "the ready line" });
  expect(said).toBe(`avspark listening on http://127.0.0.1:${port}\n`);
  const address = `http://127.0.0.1:${port}`;
  await eventually(async () => (await (await fetch(`${address}/health`)).text()).includes('"level":"ok"'), {
    what: () => "health",
  });
  const { alerts } = await (await fetch(`${address}/alerts?all=true`)).json();
  expect(alerts).toMatchObject([
    { cause: { kind: "door", problem: { kind: "port-taken" } }, state: { name: "resolved" } },
  ]);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

test.concurrent("a service that waits for its port ends when it is told to", async (context) => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  context.onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === "object" ? address?.port : 0;
  const folder = await mkdtemp(join(tmpdir(), "avspark-serve-"));
  context.onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { child, ended, complaints } = spawnServe({ AVSPARK_HTTP_PORT: String(port) }, folder);
  context.onTestFinished(() => void child.kill("SIGKILL"));
  await eventually(async () => complaints().includes("runs without HTTP"), { what: () => "the complaint" });
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

test.concurrent("a configuration with faults: every one by name, with its value and what would be right; exit code 2", async (context) => {
  const { code, lines } = await failing(context, {
    REDIS_URL: "http://someone:hunter2@redis.example.com",
    REDIS_CONNECTION_TIMEOUT: "soon",
    REDIS_AUTO_RECONNECT: "perhaps",
    AVSPARK_HTTP_TOKEN: "hunter2",
    AVSPARK_CALENDARS: "ics,google,outlook",
    CALDAV_PASSWORD: "hunter2",
    AVSPARK_POLL_INTERVALL: "5",
    AVSPARK_HTTP_HOST: "0.0.0.0",
  });
  expect(code).toBe(2);
  expect(lines.join("\n")).not.toContain("hunter2");
  const named = [
    "REDIS_URL",
    "REDIS_CONNECTION_TIMEOUT",
    "REDIS_AUTO_RECONNECT",
    "AVSPARK_HTTP_TOKEN",
    "AVSPARK_CALENDARS",
  ];
  for (const name of named) {
    const about = lines.filter((line) => line.startsWith(`${name} is `));
    expect(about, name).toHaveLength(1);
    expect(about[0]).toMatch(/^\w+ is ".+" \(environment\); it should be .+\.$/);
  }
  expect(lines).toContain("AVSPARK_POLL_INTERVALL is no setting of Avspark and does nothing.");
  expect(lines).toHaveLength(named.length + 1);
});

test.concurrent("a second service on the same folder is refused, and the first goes on", async (context) => {
  const world = await worldFor(context);
  await settle(world);
  const { service, redis } = world;
  const { code, lines } = await failing(context, { REDIS_URL: redis.url }, service.folder);
  expect(code).toBe(1);
  expect(lines.at(-1)).toBe("Avspark is already running on this data folder.");
  await hearsAgain(world);
  await service.restart();
  await becomes(service, "live");
});
