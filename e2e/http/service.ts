import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { resolveConfig } from "../../src/core/config/resolve.ts";
import type { Log } from "../../src/core/ports.ts";
import type { Calendars } from "../../src/core/service/context.ts";
import { createService, type Service } from "../../src/core/service/service.ts";
import { systemClock } from "../../src/main/adapters/clock.ts";
import { type OpenJournal, openJournal } from "../../src/main/adapters/journal/open.ts";
import { createRedisSubscription, redisSettings } from "../../src/main/adapters/redis/subscription.ts";
import { createTextDecoding, readableText } from "../../src/main/adapters/text.ts";
import { openHttp } from "../../src/main/doors/http/open.ts";
import type { HttpParts } from "../../src/main/doors/http/parts.ts";
import { type RedisServer, startRedis } from "../fixtures/redis.ts";
import { until } from "../fixtures/until.ts";

export type TestService = {
  readonly address: string;
  readonly port: number;
  readonly redis: RedisServer;
  readonly service: Service;
  readonly parts: HttpParts;
  readonly logged: readonly string[];
  /** Waits until all that was published has been taken in. */
  readonly received: (messages: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

type Options = {
  readonly host?: string;
  readonly socket?: string;
  readonly token?: string;
};

/** The whole service on a Redis of its own, listening on a port of its own. */
export const startService = async ({ host = "127.0.0.1", socket, token }: Options = {}): Promise<TestService> => {
  const redis = await startRedis();
  const folder = await mkdtemp(join(tmpdir(), "avspark-http-"));
  const logged: string[] = [];
  const log = rememberingLog(logged);
  const opened = openJournal({ file: join(folder, "journal.db"), log });
  const service = serviceOn(redis.url, opened, log);
  service.start();
  const parts: HttpParts = {
    service,
    clock: systemClock,
    log,
    version: "1.2.3",
    journal: opened.journal,
    calendarText: () => ({
      text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
      etag: "one",
      modified: "2027-01-01T00:00:00.500Z",
    }),
  };
  const door = await openHttp({ place: { host, port: 0, socket: socket ?? null }, token: token ?? null, parts });
  await until(() => service.readings().connection.state === "live", { what: () => "a live subscription" });
  return {
    address: door.address,
    port: Number(new URL(door.address).port),
    redis,
    service,
    parts,
    logged,
    received: async (messages) => {
      await until(() => service.readings().counters.received >= messages, {
        withinMs: 60_000,
        what: () => `${messages} messages; there are ${service.readings().counters.received}`,
      });
    },
    close: async () => {
      await door.close();
      await service.stop();
      opened.close();
      await redis.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** The same for one test: it ends with the test. */
export const serviceFor = async (options?: Options): Promise<TestService> => {
  const service = await startService(options);
  onTestFinished(service.close);
  return service;
};

const serviceOn = (redisUrl: string, { journal, problem }: OpenJournal, log: Log): Service => {
  const resolved = resolveConfig({ environment: { REDIS_URL: redisUrl }, dotenv: {}, settings: {} });
  return createService({
    version: "1.2.3",
    mode: "live",
    resolved,
    shownRedisUrl: redisUrl,
    clock: systemClock,
    log,
    codec: { text: createTextDecoding(), encode: (text) => Buffer.from(text), readable: readableText },
    journal,
    subscription: createRedisSubscription(redisSettings(resolved.config)),
    source: null,
    calendars: () => noCalendars,
    desktop: null,
    trySetting: async () => "",
    setLogLevel: () => undefined,
    remedyFor: () => "",
    onNews: () => undefined,
    onAlertsOver: () => undefined,
    startProblem: problem,
  });
};

const noCalendars: Calendars = {
  start: () => undefined,
  stop: async () => undefined,
  changed: () => undefined,
  status: () => [],
  placements: () => ({}),
  sync: async () => [],
  preview: async () => [],
  confirm: async () => undefined,
  undo: async () => 0,
  audit: async () => ({ missing: 0, different: 0, surplus: 0, repaired: 0 }),
  retry: () => undefined,
};

const rememberingLog = (lines: string[]): Log => {
  const write =
    (level: string) =>
    (message: string, fields?: object): void => {
      lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
    };
  const log: Log = {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    part: () => log,
  };
  return log;
};
