import { portError, raiseFor } from "../../../core/port-problem.ts";
import type { Subscription } from "../../../core/ports.ts";
import { hostLabel, type RedisAddress, readRedisAddress } from "../../../shared/address/redis.ts";
import type { Config } from "../../../shared/config.ts";
import { type Access, type Client, createClient } from "./client.ts";
import { createLink } from "./link.ts";
import { redisProblem } from "./redis-problem.ts";
import { findMaster } from "./sentinel.ts";
import { type RedisTls, tlsOptions } from "./tls.ts";

const raise = raiseFor("subscription");

export type RedisSettings = {
  readonly url: string;
  readonly tls: RedisTls;
  readonly connectionTimeoutMs: number;
  /** null: none is read. */
  readonly stream: string | null;
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
  stream: config.REDIS_STREAM,
});

/** Redis over ioredis. Every attempt is a new client: the name is looked up anew, and no old state lingers. */
export const createRedisSubscription = (settings: RedisSettings): Subscription => ({
  open: async (events, signal) => {
    const address = addressIn(settings.url);
    const access: Access = {
      tls: address.tls ? await tlsOptions(settings.tls) : null,
      credentials: { username: address.username, password: address.password },
      timeoutMs: settings.connectionTimeoutMs,
      protocol: address.protocol,
      family: address.family,
    };
    const sentinels = address.at.kind === "sentinel" ? address.at : null;
    const at = address.at.kind === "server" ? address.at.server : await findMaster(address.at, access);
    const attempted = { label: hostLabel(at), tls: address.tls, signedIn: false };
    const connect = async (): Promise<Client> => {
      const client = createClient(at, access);
      signal.addEventListener("abort", () => client.redis.disconnect());
      if (signal.aborted) return raise("redis-timeout", "The attempt was given up.");
      await client.connect().catch((error: unknown) => {
        throw portError("subscription", redisProblem(error, attempted), error);
      });
      return client;
    };
    const client = await connect();
    if (sentinels !== null) await expectMaster(client);
    introduce(client, address);
    const { stream: name } = settings;
    const stream = name === null ? null : { name, client: await connectReader(connect, address, client) };
    return createLink({
      client,
      events,
      attempted: { ...attempted, signedIn: true },
      stream,
      masterElsewhere: async () =>
        sentinels !== null && hostLabel(await findMaster(sentinels, access)) !== hostLabel(at),
    });
  },
});

/** The sentence names what should be there alone: the address may hold a password. */
const addressIn = (url: string): RedisAddress => {
  if (url === "") return raise("configuration-invalid", "REDIS_URL is not set.", "REDIS_URL");
  const found = readRedisAddress(url);
  return found.ok
    ? found.value
    : raise("configuration-invalid", `REDIS_URL should be ${found.expected.en}.`, "REDIS_URL");
};

/** A Sentinel may not know yet that the master it names is none any more. */
const expectMaster = async ({ redis }: Client): Promise<void> => {
  // Where ROLE is forbidden, the Sentinel's word must do.
  const role = await redis.role().catch(() => null);
  if (role === null || role[0] === "master") return;
  redis.disconnect();
  raise("redis-unreachable", "The Sentinels named a Redis server that is not the master.");
};

/** A stream is kept in one of the server's databases, while channels belong to all of them. */
const connectReader = async (
  connect: () => Promise<Client>,
  address: RedisAddress,
  beside: Client,
): Promise<Client> => {
  try {
    const client = await connect();
    if (address.db !== 0) await selectDatabase(client, address.db);
    introduce(client, { ...address, db: 0 });
    return client;
  } catch (error) {
    beside.redis.disconnect();
    throw error;
  }
};

const selectDatabase = async ({ redis }: Client, db: number): Promise<void> => {
  try {
    await redis.select(db);
  } catch (error) {
    redis.disconnect();
    throw portError(
      "subscription",
      { kind: "configuration-invalid", message: `Redis does not let us use its database ${db}.`, at: "REDIS_URL" },
      error,
    );
  }
};

/** For those who look at Redis: what cannot be said or chosen makes no difference to listening. */
const introduce = ({ redis }: Client, { db, clientName }: RedisAddress): void => {
  redis.client("SETNAME", clientName ?? "avspark").catch(() => undefined);
  if (db !== 0) redis.select(db).catch(() => undefined);
};
