import { Redis, type RedisOptions } from "ioredis";
import type { Subscription } from "../../../core/ports.ts";
import type { Config } from "../../../shared/config.ts";
import { ProblemError, raise } from "../../../shared/problem.ts";
import { addressLabel, parseRedisUrl, type RedisAddress } from "./address.ts";
import { createLink, watchClient } from "./link.ts";
import { redisProblem } from "./problems.ts";
import { type RedisTls, tlsOptions } from "./tls.ts";

export type RedisSettings = {
  readonly url: string;
  readonly tls: RedisTls;
  readonly connectionTimeoutMs: number;
};

export const redisSettings = (config: Config): RedisSettings => ({
  url: config.REDIS_URL ?? "",
  tls: {
    caFile: config.REDIS_TLS_CA_FILE,
    certFile: config.REDIS_TLS_CERT_FILE,
    keyFile: config.REDIS_TLS_KEY_FILE,
    servername: config.REDIS_TLS_SERVERNAME,
  },
  connectionTimeoutMs: config.REDIS_CONNECTION_TIMEOUT * 1000,
});

/** Redis pub/sub over ioredis. Every attempt is a new client: the name is looked up anew, and no old state lingers. */
export const createRedisSubscription = (settings: RedisSettings): Subscription => ({
  open: async (events, signal) => {
    const address = parseRedisUrl(settings.url);
    const client = new Redis(await clientOptions(address, settings));
    const attempted = { label: addressLabel(address), tls: address.tls, signedIn: false };
    const watch = watchClient(client);
    signal.addEventListener("abort", () => client.disconnect());
    if (signal.aborted) return raise("redis-timeout", "The attempt was given up.");
    try {
      await client.connect();
    } catch (error) {
      // Also ends what Sentinel mode has opened beside the connection itself.
      client.disconnect();
      throw new ProblemError(redisProblem(watch.lastError() ?? error, attempted));
    }
    return createLink({ client, events, watch, attempted: { ...attempted, signedIn: true } });
  },
});

/** Without the one option whose type does not fit its own constructor under exactOptionalPropertyTypes. */
type ClientOptions = Omit<RedisOptions, "replyMapping">;

/** Retrying, queueing and resubscribing are the state machine's: ioredis does none of it. */
const clientOptions = async (address: RedisAddress, settings: RedisSettings): Promise<ClientOptions> => ({
  ...(await whereTo(address, settings)),
  ...(address.username === null ? {} : { username: address.username }),
  ...(address.password === null ? {} : { password: address.password }),
  db: address.db,
  connectionName: "avspark",
  disableClientInfo: true,
  lazyConnect: true,
  retryStrategy: null,
  enableOfflineQueue: false,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  disconnectTimeout: 0,
});

const whereTo = async ({ at, tls }: RedisAddress, settings: RedisSettings): Promise<ClientOptions> => {
  const secured = tls ? { tls: await tlsOptions(settings.tls) } : {};
  if (at.kind === "server") {
    return { ...at.server, ...secured, connectTimeout: settings.connectionTimeoutMs, enableReadyCheck: false };
  }
  // So that a dead Sentinel leaves time to ask the next.
  const each = Math.ceil(settings.connectionTimeoutMs / (at.sentinels.length + 1));
  return {
    ...secured,
    ...(secured.tls === undefined ? {} : { sentinelTLS: secured.tls, enableTLSForSentinelMode: true }),
    sentinels: [...at.sentinels],
    name: at.master,
    // The role is checked: a demoted master is not what we want.
    enableReadyCheck: true,
    failoverDetector: true,
    sentinelRetryStrategy: () => null,
    sentinelCommandTimeout: each,
    connectTimeout: each,
  };
};
