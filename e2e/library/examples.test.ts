import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { run, tool } from "../../scripts/lib/run.mjs";
import { type RedisServer, startRedis } from "../fixtures/redis.ts";
import { until } from "../fixtures/until.ts";
import { type Packed, packAndInstall } from "./packed.ts";

const examples = resolve(import.meta.dirname, "../../docs/examples");

let redis: RedisServer;
let packed: Packed;
beforeAll(async () => {
  redis = await startRedis();
  packed = await packAndInstall();
  await cp(examples, packed.folder, { recursive: true });
}, 300_000);
afterAll(async () => {
  await packed.remove();
  await redis.close();
});

/** The message of the integration guide, word for word. */
const guideMessage = JSON.stringify({
  message_id: "match-update-123",
  timestamp: "2025-09-22T10:30:00Z",
  source: "match-list-processor",
  version: "1.0",
  type: "match_updates",
  payload: {
    matches: [{ matchid: 123456, hemmalag: "Team A", bortalag: "Team B" }],
    metadata: { has_changes: true, change_summary: { new_matches: 1, updated_matches: 0 } },
  },
});

type Example = {
  readonly child: ChildProcessWithoutNullStreams;
  readonly said: () => string;
  readonly address: string;
};

/** An example as its README says, with data and a port of its own. */
const start = async (name: string): Promise<Example> => {
  const data = await mkdtemp(join(tmpdir(), "avspark-example-"));
  const child = spawn(process.execPath, [join(name, "index.mjs")], {
    cwd: packed.folder,
    env: { PATH: process.env.PATH, REDIS_URL: redis.url, AVSPARK_DATA_DIR: data, PORT: "0", AVSPARK_HTTP_PORT: "0" },
  });
  let said = "";
  for (const output of [child.stdout, child.stderr])
    output.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await rm(data, { recursive: true, force: true });
  });
  const address = await until(() => /listening on (http:\/\/\S+)/.exec(said)?.[1], {
    withinMs: 45_000,
    what: () => said,
  });
  return { child, said: () => said, address };
};

const get = async (url: string): Promise<unknown> => (await fetch(url)).json();

const live = (address: string) =>
  until(
    async () => {
      const status = await get(`${address}/redis-status`);
      return JSON.stringify(status).includes('"status":"connected"');
    },
    { withinMs: 45_000 },
  );

const end = async ({ child, said }: Example): Promise<void> => {
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  expect({ code, said: said() }).toMatchObject({ code: 0 });
};

describe("the package", () => {
  it("needs no Electron", () => {
    expect(existsSync(join(packed.folder, "node_modules", "avspark", "out", "types", "library.d.ts"))).toBe(true);
    expect(existsSync(join(packed.folder, "node_modules", "electron"))).toBe(false);
  });

  it("brings the command", async () => {
    const { code, output } = await run([join(packed.folder, "node_modules", ".bin", "avspark"), "--version"]);
    expect(code).toBe(0);
    expect(output).toMatch(/^\d+\.\d+\.\d+$/m);
  });

  it("has types that the examples fit, and a wrong use does not", async () => {
    const settings = {
      compilerOptions: {
        strict: true,
        noEmit: true,
        allowJs: true,
        checkJs: true,
        module: "nodenext",
        target: "es2023",
        types: ["node"],
        skipLibCheck: false,
      },
      include: ["*/index.mjs", "use.ts"],
    };
    await writeFile(join(packed.folder, "tsconfig.json"), JSON.stringify(settings));
    const use = [
      'import { addAvspark, createMatchHandler, createService, ProblemError, type OnMatches } from "avspark";',
      'import express from "express";',
      'import Fastify from "fastify";',
      "const onMatches: OnMatches = async (matches) => matches.every(({ officials }) => officials.length > 0);",
      'const service = createService({ onMatches, config: { REDIS_CONNECTION_TIMEOUT: 2, AVSPARK_CALENDARS: ["ics"] } });',
      "const connection: string = (await service.restart()).state;",
      "express().use(service.middleware);",
      "addAvspark(Fastify({ logger: true }), onMatches).setOnMatches(() => undefined);",
      'const { matches } = await service.call("matches", { status: "cancelled" });',
      "const { success, matchesProcessed, error } = await createMatchHandler(() => true).handle(new Uint8Array());",
      "export { connection, error, matches, matchesProcessed, ProblemError, success };",
      "// @ts-expect-error",
      'createService({ onMatches, config: { REDIS_CONNECTION_TIMEOUT: "2" } });',
      "// @ts-expect-error",
      'await service.call("weather", {});',
      "// @ts-expect-error",
      "createService({ onMatches: (matches) => matches[0].nickname });",
    ];
    await writeFile(join(packed.folder, "use.ts"), use.join("\n"));
    expect(await run(tool("typescript", ["--pretty", "false", "-p", packed.folder]))).toEqual({ code: 0, output: "" });
  });
});

describe("the examples", () => {
  it("fastify: adds subscription and endpoints to an app and leaves its routes alone", async () => {
    const example = await start("fastify");
    await live(example.address);
    await redis.publish("fogis:matches:updates", guideMessage);
    await until(() => example.said().includes("match 123456: Team A – Team B, no kick-off yet, scheduled"));
    expect(await get(`${example.address}/hello`)).toEqual({ hello: "from the app itself" });
    const response = await fetch(`${example.address}/manual-sync`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ matches: [{ matchid: 789012, hemmalag: "Team C", bortalag: "Team D" }] }),
    });
    expect(await response.json()).toMatchObject({
      success: true,
      matches_processed: 1,
      message: "Manual sync completed",
    });
    expect(example.said()).toContain("match 789012: Team C – Team D");
    await end(example);
  });

  it("service: a program of its own, with a port of its own", async () => {
    const example = await start("service");
    await live(example.address);
    await redis.publish("fogis:matches:updates", guideMessage);
    await until(() => example.said().includes("match 123456: Team A – Team B"));
    expect(await get(`${example.address}/redis-stats`)).toMatchObject({ success: true, statistics: { enabled: true } });
    expect(await get(`${example.address}/redis-config`)).toMatchObject({
      success: true,
      configuration: { valid: true },
    });
    await end(example);
  });

  it("handler: own configuration, channels, messages and routes", async () => {
    const example = await start("handler");
    expect(example.said()).toContain("handled 1\nprocessed 1");
    await live(example.address);
    await redis.publish("custom:matches", guideMessage);
    await until(() => example.said().includes("match 123456: Team A – Team B"));
    const status = await get(`${example.address}/custom-redis-status`);
    expect(status).toMatchObject({ status: "connected", subscription_status: { subscription_active: true } });
    expect(JSON.stringify(status)).toContain("custom:alerts");
    expect((await fetch(`${example.address}/nothing`)).status).toBe(404);
    await end(example);
  });
});
