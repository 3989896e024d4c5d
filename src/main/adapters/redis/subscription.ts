import type { Subscription } from "../../../core/ports.ts";
import type { Config } from "../../../shared/config.ts";
import { dial, type RedisPlace } from "./dial.ts";
import { createLink } from "./link.ts";

export type RedisSettings = RedisPlace & {
  /** null: none is read. */
  readonly stream: string | null;
  /** A channel that many listen to for marks among the messages; null: none are wanted. */
  readonly marks: string | null;
};

/** Redis at another address is spoken to in the same way. */
export const redisPlace = (config: Config, setting: RedisPlace["setting"]): RedisPlace => ({
  url: config[setting] ?? "",
  setting,
  tls: {
    caFile: config.REDIS_TLS_CA_FILE,
    certFile: config.REDIS_TLS_CERT_FILE,
    keyFile: config.REDIS_TLS_KEY_FILE,
    servername: config.REDIS_TLS_SERVERNAME,
  },
  connectionTimeoutMs: config.REDIS_CONNECTION_TIMEOUT * 1000,
});

export const redisSettings = (config: Config): RedisSettings => ({
  ...redisPlace(config, "REDIS_URL"),
  stream: config.REDIS_STREAM,
  marks: config.AVSPARK_DESK === null ? null : `avspark:marks:${config.AVSPARK_DESK}`,
});

/** Redis over ioredis. */
export const createRedisSubscription = ({ stream: name, marks, ...place }: RedisSettings): Subscription => ({
  open: async (events, signal) => {
    const { beside, ...dialled } = await dial(place, signal);
    const stream = name === null ? null : { name, client: await beside() };
    return createLink({ ...dialled, events, stream, marks });
  },
});
