import { portError, raiseFor } from "../../../core/port-problem.ts";
import type { AbortSignalLike } from "../../../core/ports.ts";
import { hostLabel, type RedisAddress, readRedisAddress } from "../../../shared/address/redis.ts";
import { type Access, type Client, createClient } from "./client.ts";
import { type Attempted, type RedisSetting, redisProblem } from "./redis-problem.ts";
import { findMaster } from "./sentinel.ts";
import { type RedisTls, tlsOptions } from "./tls.ts";

const raise = raiseFor("subscription");

export type RedisPlace = {
  readonly url: string;
  /** Where the address stands. */
  readonly setting: RedisSetting;
  readonly tls: RedisTls;
  readonly connectionTimeoutMs: number;
};

/** A server that has answered. Every attempt is a new client: the name is looked up anew, and no old state lingers. */
export type Dialled = {
  /** Connected and signed in. */
  readonly client: Client;
  readonly attempted: Attempted;
  /** Another connection to the same server, in the database that the address names. */
  readonly beside: () => Promise<Client>;
  /** Whether the Sentinels now name another master. */
  readonly masterElsewhere: () => Promise<boolean>;
};

export const dial = async (place: RedisPlace, signal: AbortSignalLike): Promise<Dialled> => {
  const { setting } = place;
  const address = addressIn(place);
  const access: Access = {
    tls: address.tls ? await tlsOptions(place.tls) : null,
    credentials: { username: address.username, password: address.password },
    timeoutMs: place.connectionTimeoutMs,
    setting,
    protocol: address.protocol,
    family: address.family,
  };
  const sentinels = address.at.kind === "sentinel" ? address.at : null;
  const at = address.at.kind === "server" ? address.at.server : await findMaster(address.at, access);
  const attempted = { label: hostLabel(at), tls: address.tls, signedIn: false, setting };
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
  return {
    client,
    attempted: { ...attempted, signedIn: true },
    beside: () => connectBeside(connect, address, { client, setting }),
    masterElsewhere: async () => sentinels !== null && hostLabel(await findMaster(sentinels, access)) !== hostLabel(at),
  };
};

/** The sentence names what should be there alone: the address may hold a password. */
const addressIn = ({ url, setting }: RedisPlace): RedisAddress => {
  if (url === "") return raise("configuration-invalid", `${setting} is not set.`, setting);
  const found = readRedisAddress(url);
  return found.ok ? found.value : raise("configuration-invalid", `${setting} should be ${found.expected.en}.`, setting);
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
const connectBeside = async (
  connect: () => Promise<Client>,
  address: RedisAddress,
  first: { readonly client: Client; readonly setting: RedisSetting },
): Promise<Client> => {
  try {
    const client = await connect();
    if (address.db !== 0) await selectDatabase(client, address.db, first.setting);
    introduce(client, { ...address, db: 0 });
    return client;
  } catch (error) {
    first.client.redis.disconnect();
    throw error;
  }
};

const selectDatabase = async ({ redis }: Client, db: number, at: RedisSetting): Promise<void> => {
  try {
    await redis.select(db);
  } catch (error) {
    redis.disconnect();
    throw portError(
      "subscription",
      { kind: "configuration-invalid", message: `Redis does not let us use its database ${db}.`, at },
      error,
    );
  }
};

/** For those who look at Redis: what cannot be said or chosen makes no difference to listening. */
const introduce = ({ redis }: Client, { db, clientName }: RedisAddress): void => {
  redis.client("SETNAME", clientName ?? "avspark").catch(() => undefined);
  if (db !== 0) redis.select(db).catch(() => undefined);
};
