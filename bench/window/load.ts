import { setTimeout as pause } from "node:timers/promises";
import type { RedisServer } from "../../e2e/fixtures/redis.ts";

const now = (): number => performance.timeOrigin + performance.now();

/** A processor's status whose number can be told on the screen. */
const run = (number: number): string =>
  JSON.stringify({
    message_id: `bench-${number}`,
    timestamp: new Date().toISOString(),
    source: "match-list-processor",
    version: "1.0",
    type: "processing_status",
    payload: { status: "completed", details: { cycle_number: number, matches_processed: 3 } },
  });

export type Published = {
  /** When each was published, in milliseconds since the epoch; the first has the number `first`. */
  readonly at: readonly number[];
  readonly first: number;
};

/** Publishes at an even pace. */
export const publishFor = async (
  redis: RedisServer,
  load: { readonly perSecond: number; readonly seconds: number; readonly first: number },
): Promise<Published> => {
  const at: number[] = [];
  const begun = performance.now();
  const total = load.perSecond * load.seconds;
  while (at.length < total) {
    const due = Math.min(total, ((performance.now() - begun) * load.perSecond) / 1000);
    const batch: Promise<unknown>[] = [];
    while (at.length < due) {
      const number = load.first + at.length;
      at.push(now());
      batch.push(redis.publish("fogis:processor:status", run(number)));
    }
    await Promise.all(batch);
    await pause(2);
  }
  return { at, first: load.first };
};

/** From the publishing of each to the first paint that had it or a later one. */
export const latencies = (
  { at, first }: Published,
  painted: readonly (readonly [number: number, at: number])[],
): readonly number[] => {
  const found: number[] = [];
  let next = 0;
  for (const [number, when] of painted) {
    for (; first + next <= number && next < at.length; next += 1) found.push(when - (at[next] ?? Number.NaN));
  }
  return found;
};
