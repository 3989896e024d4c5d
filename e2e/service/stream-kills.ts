import { setTimeout as pause } from "node:timers/promises";
import { expect, type TestContext } from "vitest";
import { ms, report } from "../feed/listener.ts";
import { startRedis } from "../fixtures/redis.ts";
import { startService } from "../fixtures/service.ts";
import { becomes, eventually, quick } from "./world.ts";

export const stream = "fogis_matches_stream";
export const streamAlone = { ...quick, REDIS_PUBSUB_ENABLED: "false", REDIS_STREAM: stream };

const matches = 200;
const longest = 1000;

/** The n-th thing that the publisher says: another venue for one of the matches. */
export const said = (n: number): string =>
  JSON.stringify({
    message_id: `said-${n}`,
    type: "match_updates",
    payload: {
      matches: [{ matchid: 7_000_000 + (n % matches), hemmalag: "Alfa", bortalag: "Beta", arena: `Plan ${n}` }],
    },
  });

/**
 * The publisher adds to the stream while the service is killed again and again, each time at another moment of its start or its
 * work. In the end each entry is known, once.
 */
export const killWhileAdding = async (
  { onTestFinished }: Pick<TestContext, "onTestFinished">,
  { entries, kills }: { readonly entries: number; readonly kills: number },
): Promise<void> => {
  const redis = await startRedis();
  onTestFinished(() => redis.close());
  const service = await startService({ ...streamAlone, REDIS_URL: redis.url });
  onTestFinished(async () => void (await service.close()));
  const begun = performance.now();
  let killed = 0;
  let added = 0;
  let mid = 0;
  const adding = (async () => {
    while (added < entries) {
      // So that there is still something to add at the last kill.
      if (added >= (entries * (killed + 1)) / (kills + 1)) await pause(5);
      else {
        await redis.command("XADD", stream, "*", "data", said(added));
        added += 1;
      }
    }
  })();
  for (; killed < kills; killed += 1) {
    await pause(Math.random() * longest);
    const { stream: at } = (await service.call("redisStatus")).redis_status;
    if ((at?.behind ?? 1) > 0) mid += 1;
    service.kill("SIGKILL");
    await service.ended();
    await service.restart();
  }
  await adding;
  await becomes(service, "live");
  await eventually(async () => {
    const { stream: at } = (await service.call("redisStatus")).redis_status;
    return (
      at?.behind === 0 &&
      (await service.call("messages", { limit: 1 })).messages[0]?.messageId === `said-${entries - 1}`
    );
  });
  const known: string[] = [];
  for (let after = 0; ; ) {
    const { messages } = await service.call("messages", { limit: 1000, channel: stream, after });
    const last = messages.at(-1);
    if (last === undefined) break;
    after = last.id;
    expect(messages.filter(({ verdict }) => verdict !== "valid")).toEqual([]);
    known.push(...messages.map(({ messageId }) => messageId ?? ""));
  }
  const seconds = (performance.now() - begun) / 1000;
  report(
    `${kills} kills while ${entries} entries were added, in ${ms(seconds * 1000)}; ${mid} in the middle of them: ${known.length} known`,
  );
  expect(known).toEqual(Array.from({ length: entries }, (_, n) => `said-${n}`));
  const { changes } = await service.call("match", { id: "7000001" });
  const venues = changes
    .toReversed()
    .flatMap(({ difference }) => (difference.field === "venue" ? [difference.after] : []));
  expect(changes.at(-1)?.difference.field).toBe("added");
  expect(venues).toEqual(
    Array.from({ length: Math.ceil((entries - 1) / matches) - 1 }, (_, n) => `Plan ${(n + 1) * matches + 1}`),
  );
  expect(await service.gaps()).toEqual([]);
};
