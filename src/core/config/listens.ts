import type { Config } from "../../shared/config.ts";

/** Whether anything is to be heard from Redis: its channels, a stream, or both. */
export const listensToRedis = (config: Pick<Config, "REDIS_PUBSUB_ENABLED" | "REDIS_STREAM">): boolean =>
  config.REDIS_PUBSUB_ENABLED || config.REDIS_STREAM !== null;
