import type { TestContext } from "vitest";
import { type RedisServer, startRedis } from "../fixtures/redis.ts";
import { knowsReplica, type Sentinel, startSentinel } from "../fixtures/sentinel.ts";
import { eventually } from "../service/world.ts";

/** Two servers that a Sentinel watches, one of them the master; they are what a desk shares. */
export type Pair = {
  readonly servers: readonly [RedisServer, RedisServer];
  readonly sentinel: Sentinel;
  readonly master: () => Promise<RedisServer>;
  /** The master dies; what it was told in its last `lostMs` is nowhere else. Resolves when the other has taken its place, and one follows the other. */
  readonly failOver: (lostMs: number, pause: (ms: number) => Promise<unknown>) => Promise<void>;
};

export const pairOf = async ({ onTestFinished }: Pick<TestContext, "onTestFinished">): Promise<Pair> => {
  const start = async (conf: readonly string[]): Promise<RedisServer> => {
    const server = await startRedis({ conf: ["appendonly yes", ...conf] });
    onTestFinished(() => server.close());
    return server;
  };
  const first = await start([]);
  const second = await start([`replicaof 127.0.0.1 ${first.port}`]);
  const servers = [first, second] as const;
  const sentinel = await startSentinel(first.port);
  onTestFinished(() => sentinel.close());
  await knowsReplica(sentinel);
  const master = async (): Promise<RedisServer> => ((await sentinel.master()) === first.port ? first : second);
  const isInStep = async (replica: RedisServer): Promise<boolean> =>
    String(await replica.command("INFO", "replication")).includes("master_link_status:up");
  /** Whoever is not the master follows it. On a busy machine the Sentinel may have chosen once more, and no server serves while it is copied. */
  const isWhole = async (): Promise<boolean> => isInStep((await master()) === first ? second : first);
  await eventually(isWhole);
  return {
    servers,
    sentinel,
    master,
    failOver: async (lostMs, pause) => {
      const old = await master();
      const next = old === first ? second : first;
      // The replica may no longer follow, while the master goes on taking what it is told.
      await old.command("ACL", "SETUSER", "default", "-psync", "-sync");
      await old.command("CLIENT", "KILL", "TYPE", "replica");
      await pause(lostMs);
      old.kill("SIGKILL");
      await eventually(async () => (await master()) === next, { everyMs: 20 });
      await old.restart();
      await eventually(isWhole, { withinMs: 120_000, what: () => "a replica in step with its master" });
    },
  };
};
