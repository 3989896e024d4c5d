import type { ConnectionOptions } from "node:tls";
import { Redis, type RedisOptions } from "ioredis";
import type { HostPort, RedisAddress } from "../../../shared/address/redis.ts";
import type { RedisSetting } from "./redis-problem.ts";

export type Credentials = { readonly username: string | null; readonly password: string | null };

export type Access = {
  readonly tls: ConnectionOptions | null;
  readonly credentials: Credentials;
  readonly timeoutMs: number;
  readonly setting: RedisSetting;
} & Pick<RedisAddress, "protocol" | "family">;

export type Client = {
  readonly redis: Redis;
  /** Why it failed. ioredis tells that apart from the fact; the first error is the cause of the others. */
  readonly cause: () => unknown;
  /** Connects and signs in; rejects with the cause. */
  readonly connect: () => Promise<void>;
};

/** Without the one option whose type does not fit its own constructor under exactOptionalPropertyTypes. */
type Options = Omit<RedisOptions, "replyMapping">;

/** Retrying, queueing and resubscribing are the state machine's: ioredis does none of it. */
const bare: Options = {
  lazyConnect: true,
  retryStrategy: null,
  enableOfflineQueue: false,
  enableReadyCheck: false,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  disconnectTimeout: 0,
  // HELLO alone: what else is sent at once makes ioredis lose the reason when Redis refuses and closes.
  disableClientInfo: true,
};

export const createClient = (at: HostPort, { tls, credentials, timeoutMs, protocol, family }: Access): Client => {
  const { username, password } = credentials;
  const redis = new Redis({
    ...bare,
    host: at.host,
    port: at.port,
    family,
    connectTimeout: timeoutMs,
    ...(protocol === null ? {} : { protocol }),
    ...(tls === null ? {} : { tls }),
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
  });
  let cause: unknown = null;
  redis.on("error", (error: unknown) => {
    cause ??= error;
  });
  return {
    redis,
    cause: () => cause,
    connect: async () => {
      try {
        await redis.connect();
      } catch (error) {
        redis.disconnect();
        throw cause ?? error;
      }
    },
  };
};
