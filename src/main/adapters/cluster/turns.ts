import type { Redis } from "ioredis";
import { z } from "zod";
import { portError, raiseFor } from "../../../core/port-problem.ts";
import type { AbortSignalLike, Turns } from "../../../core/ports.ts";
import { dial, type RedisPlace } from "../redis/dial.ts";
import { redisProblem } from "../redis/redis-problem.ts";
import { keysOf } from "./append.ts";

const raise = raiseFor("subscription");

/** KEYS: the turn. ARGV: who asks, for how many milliseconds. Answers who has it. */
const takeScript = `
local holder = redis.call("GET", KEYS[1])
if holder and holder ~= ARGV[1] then return holder end
redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
return ARGV[1]
`;

/** KEYS: the turn. ARGV: who leaves it. Another one's stays. */
const leaveScript = `
if redis.call("GET", KEYS[1]) == ARGV[1] then redis.call("DEL", KEYS[1]) end
return redis.status_reply("OK")
`;

/** A connection that is in use, or in the making. */
type Line = { readonly redis: Promise<Redis>; readonly abort: AbortController };

/** Turns as keys of the desk that run out by themselves, over one connection that is made anew when it fails. */
export const createTurns = (options: {
  readonly desk: string;
  readonly node: string;
  readonly place: RedisPlace;
}): Turns & { readonly close: () => void } => {
  const { desk, node, place } = options;
  const { turn: keyOf } = keysOf(desk);
  let line: Line | null = null;
  let isClosed = false;

  /** What it still has under way fails. */
  const drop = (mine: Line): void => {
    mine.abort.abort();
    if (line === mine) line = null;
  };

  const connect = (): Line => {
    const abort = new AbortController();
    const dialled = async (): Promise<Redis> => {
      const { client, beside } = await dial(place, abort.signal);
      const { redis } = await beside();
      client.redis.disconnect();
      redis.once("close", () => drop(mine));
      return redis;
    };
    const mine = { redis: dialled(), abort };
    return mine;
  };

  const run = async (
    script: string,
    key: string,
    args: readonly string[],
    signal?: AbortSignalLike,
  ): Promise<unknown> => {
    if (isClosed) return raise("redis-closed", "Avspark is ending.");
    line ??= connect();
    const mine = line;
    signal?.addEventListener("abort", () => drop(mine));
    try {
      const redis = await mine.redis;
      return await redis.eval(script, 1, key, node, ...args).catch((error: unknown) => {
        const attempted = { label: "the shared server", tls: false, signedIn: true, setting: place.setting };
        throw portError("subscription", redisProblem(error, attempted), error);
      });
    } catch (error) {
      drop(mine);
      throw error;
    }
  };

  return {
    take: async (name, ms, signal) => {
      const holder = z.string().parse(await run(takeScript, keyOf(name), [String(ms)], signal));
      return { holder, isOurs: holder === node };
    },
    leave: async (name) => {
      await run(leaveScript, keyOf(name), []);
    },
    close: () => {
      isClosed = true;
      if (line !== null) drop(line);
    },
  };
};
