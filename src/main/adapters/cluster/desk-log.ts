import { portError } from "../../../core/port-problem.ts";
import type { Clock, DeskLog } from "../../../core/ports.ts";
import { dial, type RedisPlace } from "../redis/dial.ts";
import { redisProblem } from "../redis/redis-problem.ts";
import { createRedisSubscription } from "../redis/subscription.ts";
import { append, appendWord, keysOf } from "./append.ts";

/** The log of a desk: one Redis Stream, read as any stream is, and written by a script. */
export const createDeskLog = (options: {
  readonly desk: string;
  /** What this node is called. */
  readonly node: string;
  readonly place: RedisPlace;
  readonly keepHours: number;
  readonly clock: Pick<Clock, "elapsed">;
}): DeskLog => {
  const { desk, node, place, keepHours, clock } = options;
  const { log: name } = keysOf(desk);
  return {
    name,
    node,
    subscription: createRedisSubscription({ ...place, stream: name, marks: null }),
    write: async (signal) => {
      const { client, beside, attempted } = await dial(place, signal);
      const { redis } = await beside();
      client.redis.disconnect();
      const attempt = async (work: Promise<void>): Promise<void> => {
        try {
          await work;
        } catch (error) {
          throw portError("subscription", redisProblem(error, attempted), error);
        }
      };
      return {
        append: (sayings) => attempt(append(redis, sayings, { desk, keepHours, elapsed: clock.elapsed() })),
        tell: (telling) => attempt(appendWord(redis, telling, { desk, keepHours })),
        close: () => redis.disconnect(),
      };
    },
  };
};
