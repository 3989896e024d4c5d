import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { resolveConfig } from "../../src/core/config/resolve.ts";
import type { Log } from "../../src/core/ports.ts";
import { systemClock } from "../../src/main/adapters/clock.ts";
import { noSignIns } from "../../src/main/adapters/google/sign-ins.ts";
import { compose, type Running } from "../../src/main/compose.ts";
import { type RedisServer, startRedis } from "../fixtures/redis.ts";
import { rememberingLog } from "../fixtures/remembering-log.ts";
import { until } from "../fixtures/until.ts";

export type TestService = {
  readonly address: string;
  readonly port: number;
  /** Its data. */
  readonly folder: string;
  readonly redis: RedisServer;
  readonly service: Running["service"];
  readonly log: Log;
  readonly logged: readonly string[];
  /** Waits until so many messages have been taken in. */
  readonly received: (messages: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The whole service on a Redis of its own, listening on a port of its own. */
export const startService = async (settings: Readonly<Record<string, string>> = {}): Promise<TestService> => {
  const redis = await startRedis();
  const folder = await mkdtemp(join(tmpdir(), "avspark-http-"));
  const logged: string[] = [];
  const log = rememberingLog(logged);
  const running = await compose({
    version: "1.2.3",
    resolved: resolveConfig({
      environment: { REDIS_URL: redis.url, AVSPARK_HTTP_PORT: "0", ...settings },
      dotenv: {},
      settings: {},
    }),
    folder,
    clock: systemClock,
    logging: { log, setLevel: () => undefined, close: async () => undefined },
    desktop: null,
    saveSettings: null,
    signIns: noSignIns,
    preferredLanguages: ["en"],
    onNotice: null,
    onNoticesOver: () => undefined,
  });
  const { service } = running;
  const door = running.door();
  if (!door.open) throw new Error(door.problem.message);
  const { address } = door;
  await until(() => service.readings().connection.state === "live", { what: () => "a live subscription" });
  return {
    address,
    port: Number(new URL(address).port),
    folder,
    redis,
    service,
    log,
    logged,
    received: async (messages) => {
      await until(() => service.readings().counters.received >= messages, {
        withinMs: 60_000,
        what: () => `${messages} messages; there are ${service.readings().counters.received}`,
      });
    },
    close: async () => {
      await running.stop();
      await redis.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** The same for one test: it ends with the test. */
export const serviceFor = async (settings?: Readonly<Record<string, string>>): Promise<TestService> => {
  const service = await startService(settings);
  onTestFinished(service.close);
  return service;
};
