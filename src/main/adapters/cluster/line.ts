import type { Redis } from "ioredis";
import { portError, raiseFor } from "../../../core/port-problem.ts";
import type { AbortSignalLike } from "../../../core/ports.ts";
import { dial, type RedisPlace } from "../redis/dial.ts";
import { redisProblem } from "../redis/redis-problem.ts";

const raise = raiseFor("subscription");

/** A connection that is in use, or in the making. */
type Connected = { readonly redis: Promise<Redis>; readonly abort: AbortController };

/** A connection to the server that the nodes share, made when something is asked, and anew after it has failed. */
export type Line = {
  /** Rejects with ProblemError. `signal` gives up an answer that takes too long, and with it the connection. */
  readonly ask: <T>(question: (redis: Redis) => Promise<T>, signal?: AbortSignalLike) => Promise<T>;
  readonly close: () => void;
};

export const createLine = (place: RedisPlace): Line => {
  let connected: Connected | null = null;
  let isClosed = false;

  /** What it still has under way fails. */
  const drop = (mine: Connected): void => {
    mine.abort.abort();
    if (connected === mine) connected = null;
  };

  const connect = (): Connected => {
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

  return {
    ask: async (question, signal) => {
      if (isClosed) return raise("redis-closed", "Avspark is ending.");
      connected ??= connect();
      const mine = connected;
      signal?.addEventListener("abort", () => drop(mine));
      try {
        const redis = await mine.redis;
        return await question(redis).catch((error: unknown) => {
          const attempted = { label: "the shared server", tls: false, signedIn: true, setting: place.setting };
          throw portError("subscription", redisProblem(error, attempted), error);
        });
      } catch (error) {
        drop(mine);
        throw error;
      }
    },
    close: () => {
      isClosed = true;
      if (connected !== null) drop(connected);
    },
  };
};
