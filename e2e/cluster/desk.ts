import type { TestContext } from "vitest";
import { type RedisServer, startRedis } from "../fixtures/redis.ts";
import { type ServiceUnderTest, startService } from "../fixtures/service.ts";
import { becomes, eventually, quick } from "../service/world.ts";

export const channel = "fogis:matches:updates";
export const logKey = "avspark:{prov}:log";

export type Desk = {
  /** Where the publisher speaks. */
  readonly publisher: RedisServer;
  /** What the nodes share. */
  readonly shared: RedisServer;
  readonly nodes: readonly ServiceUnderTest[];
  readonly settings: Readonly<Record<string, string>>;
};

type Context = Pick<TestContext, "onTestFinished">;

/** Some nodes of one desk, each with its own data, and the two servers they need; all hear and follow. */
export const deskOf = async (
  { onTestFinished }: Context,
  {
    nodes: count = 2,
    settings: more = {},
  }: { readonly nodes?: number; readonly settings?: Record<string, string> } = {},
): Promise<Desk> => {
  const publisher = await startRedis();
  onTestFinished(() => publisher.close());
  const shared = await startRedis({ conf: ["appendonly yes"] });
  onTestFinished(() => shared.close());
  const settings = {
    ...quick,
    REDIS_URL: publisher.url,
    AVSPARK_CLUSTER_URL: shared.url,
    AVSPARK_DESK: "prov",
    ...more,
  };
  const nodes = await Promise.all(
    Array.from({ length: count }, async () => {
      const node = await startService(settings);
      onTestFinished(async () => void (await node.close()));
      return node;
    }),
  );
  for (const node of nodes) await isUp(node);
  return { publisher, shared, nodes, settings };
};

/** It hears the publisher, and follows the others. */
export const isUp = async (node: ServiceUnderTest): Promise<void> => {
  await becomes(node, "live");
  await eventually(async () => (await clusterOf(node)).connection.state === "live", { what: () => "the log is read" });
};

export const clusterOf = async (node: ServiceUnderTest) => {
  const { cluster } = (await node.call("redisStatus")).redis_status;
  if (cluster === null) throw new Error("It is no node of a desk.");
  return cluster;
};

/** All messages that a node knows, in its order: when the desk heard each, and what became of it. */
export const knownBy = async (node: ServiceUnderTest): Promise<readonly string[]> => {
  const texts: string[] = [];
  for (let after = 0; ; ) {
    const { messages } = await node.call("messages", { limit: 1000, channel, after });
    const last = messages.at(-1);
    if (last === undefined) return texts;
    after = last.id;
    texts.push(...messages.map(({ receivedAt, verdict }) => `${receivedAt} ${verdict}`));
  }
};

/** The changes of one match, in words that do not depend on who tells. */
export const changesIn = async (node: ServiceUnderTest, id: string) =>
  (await node.call("match", { id })).changes
    .toReversed()
    .map(({ difference, at }) => [difference.field, "after" in difference ? difference.after : null, at]);
