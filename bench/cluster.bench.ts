import { performance } from "node:perf_hooks";
import { type RedisServer, startRedis } from "../e2e/fixtures/redis.ts";
import type { Saying } from "../src/core/ports.ts";
import { systemClock } from "../src/main/adapters/clock.ts";
import { createDeskLog } from "../src/main/adapters/cluster/desk-log.ts";
import { createLine } from "../src/main/adapters/cluster/line.ts";
import { createTurns } from "../src/main/adapters/cluster/turns.ts";
import type { Bench, Figure } from "./bench.ts";
import { perSecond } from "./bench.ts";

const hearers = 3;
const messages = 20_000;
const batch = 200;
/** As long as a match of FOGIS with its officials is. */
const payloadBytes = 2000;
const mostBytes = 2900;
const mostMicroseconds = 1000;
const never = { aborted: false, addEventListener: () => undefined };

const placeOf = ({ url }: RedisServer) => ({
  url,
  setting: "AVSPARK_CLUSTER_URL" as const,
  tls: { caFile: null, certFile: null, keyFile: null, servername: null },
  connectionTimeoutMs: 5000,
});

const numberIn = async (redis: RedisServer, section: string, pattern: RegExp): Promise<number> =>
  Number(pattern.exec(String(await redis.command("INFO", section)))?.[1]);
const usedBytes = (redis: RedisServer) => numberIn(redis, "memory", /used_memory:(\d+)/);
/** What the scripts have taken of the server's one thread, in all. */
const scriptMicroseconds = (redis: RedisServer) => numberIn(redis, "commandstats", /cmdstat_eval:calls=\d+,usec=(\d+)/);

/** Each hearer says all of it, as nodes do; each message is to stand there once. */
const hear = async (redis: RedisServer): Promise<void> => {
  const say = async (node: string): Promise<void> => {
    const log = createDeskLog({ desk: "bench", node, place: placeOf(redis), keepHours: 48, clock: systemClock });
    const writer = await log.write(never);
    for (let from = 0; from < messages; from += batch)
      await writer.append(Array.from({ length: batch }, (_, n) => sayingOf(from + n + 1)));
    writer.close();
  };
  await Promise.all(Array.from({ length: hearers }, (_, n) => say(`node-${n}`)));
};
const sayingOf = (nth: number): Saying => ({
  ...{ mark: "mark", channel: "updates", nth, heardAt: systemClock.elapsed(), isAgain: false },
  payload: Buffer.from(`{"match":${nth},"rest":"`.padEnd(payloadBytes - 2, "x").concat('"}')),
});

const askForTurns = async (redis: RedisServer, count: number): Promise<number> => {
  const line = createLine(placeOf(redis));
  const turns = createTurns({ desk: "bench", node: "one", line });
  await turns.take("caldav", 4000, never);
  const before = await scriptMicroseconds(redis);
  for (let n = 0; n < count; n += 1) await turns.take("caldav", 4000, never);
  line.close();
  return ((await scriptMicroseconds(redis)) - before) / count;
};

export const bench: Bench = {
  title: `The log of a desk: ${messages.toLocaleString("en")} messages of ${payloadBytes} bytes, heard by ${hearers} nodes`,
  run: async (): Promise<readonly Figure[]> => {
    const redis = await startRedis({ conf: ["appendonly yes", "stream-node-max-bytes 16384"] });
    try {
      const before = await usedBytes(redis);
      const begun = performance.now();
      await hear(redis);
      const seconds = (performance.now() - begun) / 1000;
      const length = Number(await redis.command("XLEN", "avspark:{bench}:log"));
      const bytes = ((await usedBytes(redis)) - before) / length;
      const saying = (await scriptMicroseconds(redis)) / (messages * hearers);
      const turn = await askForTurns(redis, 2000);
      return [
        {
          what: "entries in the log",
          value: length.toLocaleString("en"),
          limit: "each message once",
          held: length === messages,
        },
        { what: "said by each node", value: perSecond(messages / seconds) },
        {
          what: "Redis's time for a saying",
          value: `${saying.toFixed(0)} µs`,
          limit: "≤ 1,000 µs",
          held: saying <= mostMicroseconds,
        },
        {
          what: "Redis's time for a call for the turn",
          value: `${turn.toFixed(0)} µs`,
          limit: "≤ 1,000 µs",
          held: turn <= mostMicroseconds,
        },
        {
          what: "memory for an entry",
          value: `${Math.round(bytes)} bytes`,
          limit: "≤ 2,900 bytes",
          held: bytes <= mostBytes,
        },
      ];
    } finally {
      await redis.close();
    }
  },
};
