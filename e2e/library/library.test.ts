import { once } from "node:events";
import { createServer } from "node:http";
import { networkInterfaces } from "node:os";
import express from "express";
import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type AvsparkService, addAvspark, type CurrentMatch, createService, ProblemError } from "../../src/library.ts";
import { doorPaths } from "../../src/main/doors/http/paths.ts";
import type { GivenConfig } from "../../src/main/library/types.ts";
import { folder } from "../fixtures/folder.ts";
import { type RedisServer, startRedis } from "../fixtures/redis.ts";
import { until } from "../fixtures/until.ts";
import { ask } from "../http/ask.ts";
import { guideMatch, updateOf, updates } from "../http/wire.ts";

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.close());

const settings = async (more: GivenConfig = {}): Promise<GivenConfig> => ({
  REDIS_URL: redis.url,
  AVSPARK_DATA_DIR: await folder(),
  AVSPARK_HTTP_PORT: 0,
  AVSPARK_LOG_LEVEL: "error",
  ...more,
});

const live = (service: AvsparkService) =>
  until(async () => (await service.status()).status === "connected", { withinMs: 45_000 });

/** A function that takes matches, and what it has taken; it fails while `works` says so. */
const taker = () => {
  const taken: CurrentMatch[] = [];
  const program = {
    taken,
    works: true,
    onMatches: async (matches: readonly CurrentMatch[]) => {
      if (!program.works) throw new Error("not now");
      taken.push(...matches);
    },
  };
  return program;
};

describe("a service in a program", () => {
  it("gives what arrives, and again what was not taken", async () => {
    const program = taker();
    const service = createService({ onMatches: program.onMatches, config: await settings() });
    onTestFinished(service.stop);
    await service.start();
    await service.start();
    await live(service);
    program.works = false;
    await redis.publish(updates, updateOf([guideMatch(1)]));
    await until(async () =>
      (await service.status()).calendars.some(({ name, state }) => name === "program" && state.name === "waiting"),
    );
    expect((await service.status()).health).toMatchObject({ level: "warning", problem: { kind: "program-failed" } });
    await expect(service.sync([guideMatch(2)])).rejects.toMatchObject({ problem: { kind: "partly-failed" } });
    program.works = true;
    await until(() => program.taken.length >= 2);
    expect(program.taken.map(({ id }) => id).toSorted()).toEqual(["1", "2"]);
    expect(program.taken[0]).toMatchObject({ home: expect.any(String), kickoff: null, goneAt: null, officials: [] });
  });

  it("answers for itself", async () => {
    const service = createService({ onMatches: () => undefined, config: await settings() });
    onTestFinished(service.stop);
    expect(service.enabled).toBe(true);
    await expect(service.status()).rejects.toMatchObject({ problem: { kind: "service-stopped" } });
    await service.start();
    expect(service.address()).toBeNull();
    await live(service);
    expect(await service.restart()).toMatchObject({ state: "live" });
    expect(await service.test()).toMatchObject({ overall_success: true });
    expect(await service.stats()).toMatchObject({ enabled: true, subscription_active: true });
    expect(await service.configuration()).toMatchObject({
      valid: true,
      settings: expect.arrayContaining([expect.objectContaining({ name: "REDIS_URL", source: "settings" })]),
    });
    expect(await service.sync([guideMatch(3)])).toMatchObject({
      matches_processed: 1,
      results: expect.arrayContaining([expect.objectContaining({ target: "program", outcome: "updated" })]),
    });
    expect(await service.matches()).toMatchObject([{ id: "3", placements: { program: { state: "there" } } }]);
    expect(await service.call("gaps", {})).toHaveProperty("gaps");
    await expect(service.call("match", { id: "nobody" })).rejects.toBeInstanceOf(ProblemError);
    await service.stop();
    await expect(service.status()).rejects.toMatchObject({ problem: { kind: "service-stopped" } });
  });

  it("ends while it is being restarted, and leaves nothing behind that keeps the next from starting", async () => {
    const config = await settings();
    for (let round = 0; round < 5; round += 1) {
      const service = createService({ onMatches: () => undefined, config });
      await service.start();
      // At each stage of a restart: some are begun before the end, the last after it.
      const restarts = [service.restart(), service.restart()];
      if (round > 0) await until(async () => (await service.status()).status !== "connected" || round > 2);
      const ended = service.stop();
      restarts.push(service.restart());
      const said = await Promise.allSettled([...restarts, ended]);
      expect(said.at(-1)?.status).toBe("fulfilled");
      for (const one of said)
        if (one.status === "rejected") expect(one.reason).toMatchObject({ problem: { kind: "service-stopped" } });
      await expect(service.status()).rejects.toMatchObject({ problem: { kind: "service-stopped" } });
    }
    const next = createService({ onMatches: () => undefined, config });
    onTestFinished(next.stop);
    await next.start();
    await live(next);
  });

  it("remembers over its end what was given, and can change to another function", async () => {
    const config = await settings();
    const first = taker();
    const before = createService({ onMatches: first.onMatches, config });
    await before.start();
    await before.sync([guideMatch(4), guideMatch(5)]);
    await before.stop();
    const second = taker();
    const after = createService({ onMatches: second.onMatches, config });
    onTestFinished(after.stop);
    await after.start();
    await live(after);
    const third = taker();
    after.setOnMatches(third.onMatches);
    await redis.publish(updates, updateOf([guideMatch(5, { hemmalag: "Andra" })]));
    await until(() => third.taken.length > 0);
    expect(first.taken.map(({ id }) => id)).toEqual(["4", "5"]);
    expect(second.taken).toEqual([]);
    expect(third.taken).toMatchObject([{ id: "5", home: "Andra" }]);
  });

  it.each([
    ["a wrong value", { REDIS_MAX_RETRIES: -1 }, "REDIS_MAX_RETRIES"],
    ["no Redis at all", { REDIS_URL: null }, "REDIS_URL"],
    ["a name that is none", { REDIS_ULR: "redis://example.com" }, "REDIS_ULR"],
  ])("refuses %s at once", async (_what, wrong, at) => {
    const config = { ...(await settings()), ...wrong };
    expect(() => createService({ onMatches: () => undefined, config })).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ kind: "configuration-invalid", at }) }),
    );
  });

  it("starts without a Redis that answers, and only once on a data folder", async () => {
    const config = await settings({ REDIS_URL: "redis://127.0.0.1:1" });
    const service = createService({ onMatches: () => undefined, config });
    onTestFinished(service.stop);
    await service.start();
    expect((await service.status()).status).not.toBe("connected");
    const other = createService({ onMatches: () => undefined, config });
    await expect(other.start()).rejects.toMatchObject({ problem: { kind: "already-running" } });
    await service.stop();
    await other.start();
    await other.stop();
  });
});

describe("in a Fastify app", () => {
  it("leaves the app's own routes, bodies and errors alone", async () => {
    const config = await settings();
    const app = Fastify();
    onTestFinished(() => app.close());
    app.addContentTypeParser("text/plain", { parseAs: "string" }, (_request, body, done) => done(null, body));
    app.get("/health", async () => ({ mine: true }));
    const service = addAvspark(app, () => undefined, { config });
    app.post("/echo", async ({ body }) => ({ body }));
    app.get("/broken", async () => {
      throw new Error("mine");
    });
    const address = await app.listen({ host: "127.0.0.1", port: 0 });
    await live(service);
    const text = { method: "POST", body: "plain", headers: { "content-type": "text/plain" } };
    expect((await ask(`${address}/health`)).text).toBe('{"mine":true}');
    expect((await ask(`${address}/echo`, text)).text).toBe('{"body":"plain"}');
    expect((await ask(`${address}/broken`)).text).toContain('"message":"mine"');
    expect((await ask(`${address}/nothing`)).text).toContain("Route GET:/nothing not found");
    expect(await ask(`${address}/redis-status`)).toMatchObject({ status: 200 });
    expect(await ask(`${address}/docs`)).toMatchObject({ status: 200 });
    expect(await ask(`${address}/manual-sync`, { ...text, body: "{}" })).toMatchObject({ status: 415 });
    expect(await ask(`${address}/redis-status`, { method: "POST" })).toMatchObject({ status: 405 });
    const evil = { headers: { host: "evil.example.com" } };
    expect(await ask(`${address}/redis-status`, evil)).toMatchObject({ status: 421 });
    expect((await ask(`${address}/health`, evil)).text).toBe('{"mine":true}');
  });

  it("can stand aside under a prefix, and ends with the app, its streams too", async () => {
    const app = Fastify();
    const service = addAvspark(app, () => undefined, { config: await settings(), prefix: "/avspark" });
    const address = await app.listen({ host: "127.0.0.1", port: 0 });
    await live(service);
    expect(await ask(`${address}/redis-status`)).toMatchObject({ status: 404 });
    expect(await ask(`${address}/avspark/redis-status`)).toMatchObject({ status: 200 });
    const stream = await fetch(`${address}/avspark/events`);
    await app.close();
    // It ends rather than hangs.
    await stream.text();
    await expect(service.status()).rejects.toMatchObject({ problem: { kind: "service-stopped" } });
  });

  it("does not let the app start when the service cannot", async () => {
    const config = await settings();
    const first = createService({ onMatches: () => undefined, config });
    onTestFinished(first.stop);
    await first.start();
    const app = Fastify();
    onTestFinished(() => app.close());
    addAvspark(app, () => undefined, { config });
    await expect(app.listen({ host: "127.0.0.1", port: 0 })).rejects.toMatchObject({
      problem: { kind: "already-running" },
    });
  });
});

const listening = async (handler: Parameters<typeof createServer>[1], host = "127.0.0.1"): Promise<number> => {
  const server = createServer(handler).listen(0, host);
  onTestFinished(() => void server.close().closeAllConnections());
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

describe("in another server", () => {
  it("answers in Express beside the app's own routes", async () => {
    const service = createService({ onMatches: () => undefined, config: await settings() });
    onTestFinished(service.stop);
    const app = express();
    app.use("/under", service.middleware);
    app.use(service.middleware);
    app.use(express.json());
    app.post("/echo", (request, response) => void response.json({ body: request.body }));
    const port = await listening(app);
    const address = `http://127.0.0.1:${port}`;
    expect(await ask(`${address}/redis-status`)).toMatchObject({
      status: 503,
      text: expect.stringContaining("service-stopped"),
    });
    await service.start();
    await live(service);
    const json = { method: "POST", body: { matches: [guideMatch(6)] } };
    expect((await ask(`${address}/echo`, json)).text).toContain('"matchid":6');
    expect(await ask(`${address}/manual-sync`, json)).toMatchObject({ status: 200 });
    expect(await ask(`${address}/under/redis-status`)).toMatchObject({ status: 200 });
    expect(await ask(`${address}/matches/6`)).toMatchObject({ status: 200 });
    expect(await ask(`${address}/matches/6/more`)).toMatchObject({
      status: 404,
      text: expect.stringContaining("Cannot GET"),
    });
    const events = await fetch(`${address}/events`);
    const reader = events.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(new TextDecoder().decode(value)).toContain("retry:");
    await reader?.cancel();
  });

  it("answers in node:http on its own too", async () => {
    const service = createService({ onMatches: () => undefined, config: await settings() });
    onTestFinished(service.stop);
    await service.start();
    const port = await listening(service.middleware);
    expect(await ask(`http://127.0.0.1:${port}/redis-config`)).toMatchObject({ status: 200 });
    expect(await ask(`http://127.0.0.1:${port}/nothing`)).toMatchObject({ status: 404 });
    // What is handed on to it is everything that it tells of.
    const { paths } = JSON.parse((await ask(`http://127.0.0.1:${port}/openapi.json`)).text);
    const told = Object.keys(paths).map((path) => path.replace(/\{(\w+)\}/g, ":$1"));
    expect(doorPaths).toEqual(expect.arrayContaining(told));
  });

  const beyond = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === "IPv4" && !one.internal)?.address;

  it.runIf(beyond !== undefined)("answers nobody beyond this machine without a token", async () => {
    const token = "a-token-of-the-test-0123456789";
    const open = createService({ onMatches: () => undefined, config: await settings() });
    const guarded = createService({
      onMatches: () => undefined,
      config: await settings({ AVSPARK_HTTP_TOKEN: token }),
    });
    onTestFinished(open.stop);
    onTestFinished(guarded.stop);
    await open.start();
    await guarded.start();
    const openPort = await listening(open.middleware, "0.0.0.0");
    const guardedPort = await listening(guarded.middleware, "0.0.0.0");
    const pretending = { headers: { host: `localhost:${openPort}` } };
    expect(await ask(`http://${beyond}:${openPort}/redis-status`, pretending)).toMatchObject({ status: 401 });
    expect(await ask(`http://127.0.0.1:${openPort}/redis-status`)).toMatchObject({ status: 200 });
    const knowing = { headers: { authorization: `Bearer ${token}` } };
    expect(await ask(`http://${beyond}:${guardedPort}/redis-status`, knowing)).toMatchObject({ status: 200 });
    expect(await ask(`http://${beyond}:${guardedPort}/redis-status`)).toMatchObject({ status: 401 });
  });
});
