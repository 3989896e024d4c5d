import { z } from "zod";
import { portError, raiseFor } from "../../../core/port-problem.ts";
import type { AbortSignalLike, Turns } from "../../../core/ports.ts";
import type { Client } from "../redis/client.ts";
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

const never: AbortSignalLike = { aborted: false, addEventListener: () => undefined };

/** Turns as keys of the desk that run out by themselves, over one connection that is made anew when it fails. */
export const createTurns = (options: {
  readonly desk: string;
  readonly node: string;
  readonly place: RedisPlace;
}): Turns & { readonly close: () => void } => {
  const { desk, node, place } = options;
  const { turn: keyOf } = keysOf(desk);
  let connecting: Promise<Client> | null = null;
  let isClosed = false;

  const connect = async (): Promise<Client> => {
    const { client, beside } = await dial(place, never);
    const mine = await beside();
    client.redis.disconnect();
    mine.redis.once("close", () => {
      connecting = null;
    });
    return mine;
  };

  const run = async (script: string, name: string, ...args: readonly string[]): Promise<unknown> => {
    if (isClosed) return raise("redis-closed", "Avspark is ending.");
    connecting ??= connect().catch((error: unknown) => {
      connecting = null;
      throw error;
    });
    const { redis } = await connecting;
    try {
      return await redis.eval(script, 1, keyOf(name), node, ...args);
    } catch (error) {
      redis.disconnect();
      const attempted = { label: "the shared server", tls: false, signedIn: true, setting: place.setting };
      throw portError("subscription", redisProblem(error, attempted), error);
    }
  };

  return {
    take: async (name, ms) => {
      const holder = z.string().parse(await run(takeScript, name, String(ms)));
      return { holder, isOurs: holder === node };
    },
    leave: async (name) => {
      await run(leaveScript, name);
    },
    close: () => {
      isClosed = true;
      void connecting?.then(
        ({ redis }) => redis.disconnect(),
        () => undefined,
      );
    },
  };
};
