import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readRedisAddress } from "../../src/shared/address/redis.ts";
import { configFields } from "../../src/shared/config.ts";
import { startRedis } from "../fixtures/redis.ts";
import { startSentinel } from "../fixtures/sentinel.ts";

const deploy = resolve(import.meta.dirname, "../../deploy");
const linesOf = async (name: string): Promise<readonly string[]> =>
  (await readFile(join(deploy, "cluster", name), "utf8")).split("\n").filter((line) => /^[a-z]/.test(line));

const serviceSchema = z.looseObject({
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  hostname: z.string().optional(),
});
const composeSchema = z.looseObject({ services: z.record(z.string(), serviceSchema) });

test("the nodes of the compose file have settings that there are, one desk, and a name each that they keep", async () => {
  const text = await readFile(join(deploy, "compose.cluster.yaml"), "utf8");
  const { services } = composeSchema.parse(parse(text, { merge: true }));
  const nodes = Object.values(services).filter(({ environment }) => environment !== undefined);
  expect(nodes).toHaveLength(3);
  expect(new Set(nodes.map(({ hostname }) => hostname)).size).toBe(3);
  for (const { environment = {} } of nodes) {
    expect(Object.keys(environment).filter((name) => !(name in configFields))).toEqual([]);
    const address = readRedisAddress(environment.AVSPARK_CLUSTER_URL ?? "");
    if (!address.ok || address.value.at.kind !== "sentinel") throw new Error("It names no Sentinels.");
    expect(address.value.at.master).toBe("main");
    for (const { host } of address.value.at.sentinels) expect(Object.keys(services)).toContain(host);
  }
});

test("a server takes the lines that are there for it, and then keeps what it is told and evicts nothing", async () => {
  const redis = await startRedis({ conf: await linesOf("redis.conf") });
  onTestFinished(() => redis.close());
  for (const [name, value] of [
    ["appendonly", "yes"],
    ["maxmemory-policy", "noeviction"],
  ] as const)
    expect(await redis.command("CONFIG", "GET", name)).toEqual([name, value]);
});

test("a Sentinel takes the lines that are there for it", async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.close());
  const lines = (await linesOf("sentinel.conf")).map((line) =>
    line.replace("shared-1 6379 2", `localhost ${redis.port} 2`),
  );
  const sentinel = await startSentinel(redis.port, lines);
  onTestFinished(() => sentinel.close());
  expect(await sentinel.master()).toBe(redis.port);
});
