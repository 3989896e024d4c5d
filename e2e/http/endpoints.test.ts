import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contract } from "../../src/shared/contract.ts";
import type { ProblemKind } from "../../src/shared/problem.ts";
import { ask, expectFailure, expectSuccess } from "./ask.ts";
import { startService, type TestService } from "./service.ts";
import { guideMatch, updateOf, updates } from "./wire.ts";

describe("the six endpoints of the guide", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  const get = (path: string) => ask(service.address + path);
  const post = (path: string, body?: unknown) => ask(service.address + path, { method: "POST", body });

  it("GET /redis-status tells of the subscription", async () => {
    const { redis_status } = expectSuccess(await get("/redis-status"), contract.redisStatus.output);
    expect(redis_status).toMatchObject({
      enabled: true,
      status: "connected",
      redis_url: service.redis.url,
      subscription_status: { subscription_active: true },
    });
    expect(redis_status.subscription_status.active_channels).toEqual(
      expect.arrayContaining(["fogis:matches:updates", "fogis:processor:status", "fogis:system:alerts"]),
    );
  });

  it("GET /redis-stats counts what came", async () => {
    const before = expectSuccess(await get("/redis-stats"), contract.redisStats.output);
    const { total_messages_received } = before.statistics.statistics.subscription_stats;
    await service.redis.publish(updates, updateOf([guideMatch(1)]));
    await service.redis.publish(updates, "not a message");
    await service.received(total_messages_received + 2);
    const { statistics } = expectSuccess(await get("/redis-stats"), contract.redisStats.output);
    expect(statistics).toMatchObject({ enabled: true, subscription_active: true });
    expect(statistics.statistics.subscription_stats).toMatchObject({
      total_messages_received: total_messages_received + 2,
      successful_messages: before.statistics.statistics.subscription_stats.successful_messages + 1,
      failed_messages: before.statistics.statistics.subscription_stats.failed_messages + 1,
      uptime_seconds: expect.any(Number),
    });
  });

  it("POST /redis-test tries it for real", async () => {
    const { test_results } = expectSuccess(await post("/redis-test"), contract.redisTest.output);
    expect(test_results).toEqual({
      ...{ enabled: true, connected: true, subscribed: true, redis_available: true },
      overall_success: true,
      connection_test: true,
      subscription_test: true,
      message_handling_test: true,
      errors: [],
    });
  });

  it("what the predecessor's last version answered under other names than its guide is there too", async () => {
    const { redis_status } = expectSuccess(await get("/redis-status"), contract.redisStatus.output);
    expect(redis_status).toMatchObject({ connected: true, subscribed: true, redis_available: true });
    const { stats } = expectSuccess(await get("/redis-stats"), contract.redisStats.output);
    expect(stats).toMatchObject({ subscription_active: true, channels: expect.arrayContaining([updates]) });
    const { config } = expectSuccess(await get("/redis-config"), contract.redisConfig.output);
    const { url } = service.redis;
    expect(config).toMatchObject({ url, enabled: true, timeout: 5, channels: { match_updates: updates } });
    expect(expectSuccess(await get("/health"), contract.health.output)).toMatchObject({
      ...{ healthy: expect.any(Boolean), environment: "production", auth_status: "not-required" },
      oauth_info: { status: "not-required" },
    });
  });

  it("POST /redis-restart makes a new subscription", async () => {
    const { message, connection } = expectSuccess(await post("/redis-restart"), contract.redisRestart.output);
    expect(message).toBe("Redis subscription restarted");
    expect(connection.state).toBe("live");
  });

  it("GET /redis-config tells the configuration", async () => {
    const { configuration } = expectSuccess(await get("/redis-config"), contract.redisConfig.output);
    expect(configuration).toMatchObject({
      enabled: true,
      url: service.redis.url,
      valid: true,
      channels: {
        match_updates: "fogis:matches:updates",
        processor_status: "fogis:processor:status",
        system_alerts: "fogis:system:alerts",
      },
    });
  });

  it("POST /manual-sync takes matches", async () => {
    const answer = expectSuccess(
      await post("/manual-sync", { matches: [guideMatch(123456), guideMatch(789012)] }),
      contract.manualSync.output,
    );
    expect(answer).toMatchObject({ matches_processed: 2, message: "Manual sync completed" });
    const { matches } = expectSuccess(await get("/matches"), contract.matches.output);
    expect(matches.map(({ id }) => id)).toEqual(expect.arrayContaining(["123456", "789012"]));
  });

  it("POST /manual-sync takes an empty list for what it is", async () => {
    const answer = expectSuccess(await post("/manual-sync", { matches: [] }), contract.manualSync.output);
    expect(answer.matches_processed).toBe(0);
  });

  it.each([
    { case: "no body", body: undefined, error: "The request has no body; send JSON." },
    { case: "an empty body", body: "", error: "The request has no body; send JSON." },
    { case: "no JSON", body: "{matches: []}", error: "The body is not JSON from character 2 on." },
    { case: "half of a JSON", body: '{"matches": [', error: "The body is not JSON from character 14 on." },
    { case: "null", body: "null", error: /must be a JSON object/ },
    { case: "text", body: '"matches"', error: /must be a JSON object/ },
    { case: "no matches", body: {}, error: "matches is missing.", at: "matches" },
    { case: "another word for matches", body: { games: [] }, error: "matches is missing.", at: "matches" },
    { case: "matches that are no list", body: { matches: {} }, error: "matches must be a list.", at: "matches" },
    { case: "a message without matches", body: { type: "match_updates" }, error: "matches is missing.", at: "matches" },
    {
      case: "JSON a thousand deep",
      body: "[".repeat(1000) + "]".repeat(1000),
      error: /expected an object/,
      at: "matches[0]",
    },
  ])("POST /manual-sync says what is wrong with $case", async ({ body, error, at }) => {
    const headers = { "content-type": "application/json" };
    const failure = expectFailure(
      await ask(`${service.address}/manual-sync`, { method: "POST", body, headers }),
      "input-invalid",
    );
    expect(failure.error).toMatch(error);
    expect(failure.at).toBe(at);
  });

  it.each([
    ["a bare list", [guideMatch(51)]],
    ["one match", guideMatch(51)],
    ["FOGIS's answer", { d: { matchlista: [guideMatch(51)] } }],
    ["a whole message", { type: "match_updates", payload: { matches: [guideMatch(51)] }, message_id: "m" }],
    ["a list with more beside it", { matches: [guideMatch(51)], total: 1 }],
  ])("POST /manual-sync takes %s", async (_, body) => {
    const answer = expectSuccess(await post("/manual-sync", body), contract.manualSync.output);
    expect(answer).toMatchObject({ matches_processed: 1, rejected: [] });
  });

  it("POST /manual-sync takes a packed body, and says why it takes another not", async () => {
    const send = (coding: string, body: Uint8Array) =>
      ask(`${service.address}/manual-sync`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", "content-encoding": coding },
      });
    const json = Buffer.from(JSON.stringify({ matches: [guideMatch(52)] }));
    const packed = { gzip: gzipSync(json), deflate: deflateSync(json), br: brotliCompressSync(json), identity: json };
    for (const [coding, body] of Object.entries(packed))
      expect(expectSuccess(await send(coding, body), contract.manualSync.output).matches_processed).toBe(1);
    const refusal = async (coding: string, body: Uint8Array, kind: ProblemKind): Promise<string> =>
      expectFailure(await send(coding, body), kind).error;
    expect(await refusal("zstd", json, "unsupported-media-type")).toBe("A packed body may come as gzip, deflate, br.");
    expect(await refusal("gzip", json, "input-invalid")).toMatch(/not packed as its Content-Encoding says/);
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));
    expect(await refusal("gzip", bomb, "too-large")).toBe("The body is larger than 32 MB (AVSPARK_MAX_MESSAGE_MB).");
  });

  it("POST /manual-sync takes UTF-8, and no other encoding", async () => {
    const send = (text: string, encoding: BufferEncoding) =>
      ask(`${service.address}/manual-sync`, {
        method: "POST",
        body: Buffer.from(text, encoding),
        headers: { "content-type": "application/json" },
      });
    const body = (id: number) => JSON.stringify({ matches: [{ ...guideMatch(id), hemmalag: "Malmö" }] });
    for (const [id, mark] of [
      [41, ""],
      [42, "\ufeff"],
    ] as const) {
      expectSuccess(await send(mark + body(id), "utf8"), contract.manualSync.output);
      const { match } = expectSuccess(await get(`/matches/${id}`), contract.match.output);
      expect(match.home).toBe("Malmö");
    }
    for (const encoding of ["latin1", "utf16le"] as const)
      expect(expectFailure(await send(`\ufeff${body(43)}`, encoding), "input-invalid").error).toBe(
        "The body is not UTF-8.",
      );
    expect(expectFailure(await send(body(43), "latin1"), "input-invalid").error).toBe("The body is not UTF-8.");
    expectFailure(await get("/matches/43"), "not-found");
  });

  it.each([
    { case: "no id", match: { hemmalag: "A" } },
    { case: "a null for an id", match: { matchid: null } },
    { case: "an object for an id", match: { matchid: {} } },
    { case: "nothing at all", match: null },
    { case: "a number", match: 7 },
  ])("POST /manual-sync names the match that has $case, and takes the others", async ({ match }) => {
    const answer = expectSuccess(
      await post("/manual-sync", { matches: [guideMatch(31), match, guideMatch(32)] }),
      contract.manualSync.output,
    );
    expect(answer).toMatchObject({
      matches_processed: 2,
      rejected: [{ index: 1, path: expect.stringMatching(/^matches\[1\]/), reason: expect.stringMatching(/./) }],
    });
    expectSuccess(await get("/matches/32"), contract.match.output);

    const alone = await post("/manual-sync", { matches: [match, match] });
    const { code } = JSON.parse(alone.text);
    const failure = expectFailure(alone, code);
    expect(alone.status).toBe(400);
    expect(["match-without-id", "input-invalid"]).toContain(failure.code);
    expect(failure.at).toMatch(/^matches\[0\]/);
    expect(failure.error).toContain("matches[0]");
    expect(failure).toMatchObject({ rejected: [{ index: 0 }, { index: 1 }] });
  });

  it("takes no input where there is none", async () => {
    expectSuccess(await post("/redis-test", {}), contract.redisTest.output);
    expect(expectFailure(await post("/redis-test", { now: true }), "input-invalid").error).toBe("This takes no input.");
    expect(expectFailure(await get("/redis-status?fresh=1"), "input-invalid").error).toBe("This takes no input.");
  });
});

describe("without Redis", () => {
  it("the endpoints say so", async () => {
    const service = await startService();
    try {
      await service.redis.stop();
      const { test_results } = expectSuccess(
        await ask(`${service.address}/redis-test`, { method: "POST" }),
        contract.redisTest.output,
      );
      expect(test_results).toMatchObject({
        overall_success: false,
        connection_test: false,
        message_handling_test: true,
      });
      expect(test_results.errors.length).toBeGreaterThan(0);
      const restarted = await ask(`${service.address}/redis-restart`, { method: "POST" });
      expectFailure(restarted, "redis-unreachable");
      const { redis_status } = expectSuccess(await ask(`${service.address}/redis-status`), contract.redisStatus.output);
      expect(redis_status.status).toBe("disconnected");
      expect(redis_status.subscription_status).toEqual({ subscription_active: false, active_channels: [] });
      const unready = expectFailure(await ask(`${service.address}/ready`), "redis-unreachable");
      expect(unready).toMatchObject({ ready: false, reasons: [{ kind: "redis-unreachable" }] });
      expectSuccess(await ask(`${service.address}/health`), contract.health.output);
    } finally {
      await service.close();
    }
  });
});
