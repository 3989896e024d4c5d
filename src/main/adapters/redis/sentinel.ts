import { z } from "zod";
import { portError } from "../../../core/port-problem.ts";
import { type HostPort, hostLabel, type Sentinels } from "../../../shared/address/redis.ts";
import { type Access, createClient } from "./client.ts";
import { type RedisProblem, redisProblem } from "./redis-problem.ts";

const answerSchema = z.tuple([z.string().min(1), z.coerce.number().int().min(1).max(65_535)]).nullable();

/** Where the master is now: the first Sentinel that knows decides. Rejects with ProblemError when none does. */
export const findMaster = async ({ sentinels, master }: Sentinels, access: Access): Promise<HostPort> => {
  // So that a dead Sentinel leaves time to ask the next.
  const each = { ...access, timeoutMs: Math.ceil(access.timeoutMs / (sentinels.length + 1)) };
  const label = sentinels.map(hostLabel).join(", ");
  let problem: RedisProblem = { kind: "redis-unreachable", message: `No Sentinel at ${label} can be reached.` };
  for (const sentinel of sentinels) {
    try {
      const address = await askSomehow(sentinel, master, each);
      if (address !== null) return address;
      problem = { kind: "redis-unreachable", message: `The Sentinels at ${label} know no master called ${master}.` };
    } catch (error) {
      problem = refusal(error, hostLabel(sentinel), access) ?? problem;
    }
  }
  throw portError("subscription", problem);
};

/** Sentinels seldom want a password; those that do often have Redis's own. */
const askSomehow = async (at: HostPort, master: string, access: Access): Promise<HostPort | null> => {
  try {
    return await ask(at, master, { ...access, credentials: { username: null, password: null } });
  } catch (error) {
    if (access.credentials.password === null || !/^NOAUTH/.test(messageOf(error))) throw error;
    return ask(at, master, access);
  }
};

const ask = async (at: HostPort, master: string, access: Access): Promise<HostPort | null> => {
  const client = createClient(at, access);
  const deadline = setTimeout(() => client.redis.disconnect(), access.timeoutMs);
  try {
    await client.connect();
    const address = answerSchema.parse(await client.redis.call("SENTINEL", "get-master-addr-by-name", master));
    return address === null ? null : { host: address[0], port: address[1] };
  } finally {
    clearTimeout(deadline);
    client.redis.disconnect();
  }
};

/** What a person must put right; null when the Sentinel is merely away. */
const refusal = (error: unknown, label: string, { tls, credentials, setting }: Access): RedisProblem | null => {
  if (/^(NOAUTH|WRONGPASS)/.test(messageOf(error)))
    return credentials.password === null
      ? { kind: "redis-auth-required", message: `The Sentinel at ${label} wants a password and ${setting} has none.` }
      : { kind: "redis-auth-wrong", message: `The Sentinel at ${label} does not accept the password in ${setting}.` };
  const problem = redisProblem(error, { label, tls: tls !== null, signedIn: false, setting });
  return problem.kind === "redis-certificate" || problem.kind === "redis-protocol" ? problem : null;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : "");
