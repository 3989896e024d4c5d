import { expect, it } from "vitest";
import { ask, expectCalm } from "./ask.ts";
import { serviceFor } from "./service.ts";
import { guideMatch, updateOf, updates } from "./wire.ts";

/** The samples of a scrape, by name and labels as they stand. */
const samplesOf = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => {
        const [, name, value] = /^(\S+(?: [^{}]*)?(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
        if (name === undefined) throw new Error(`This is no sample: ${line}`);
        return [name, Number(value)];
      }),
  );

it("/metrics tells Prometheus of messages, latency, gaps, calendars, connection, event loop and memory", async () => {
  const { address, redis, received } = await serviceFor();
  const message = updateOf([guideMatch(1)]);
  await redis.publish(updates, message);
  await redis.publish(updates, message);
  await redis.publish("match_updates_v2", "no message");
  await received(3);

  const answer = await ask(`${address}/metrics`);
  expect(answer.status).toBe(200);
  expect(answer.headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
  expectCalm(answer);
  const samples = samplesOf(answer.text);
  expect(Object.fromEntries(samples)).toMatchObject({
    [`avspark_messages_total{channel="${updates}",result="valid"}`]: 1,
    [`avspark_messages_total{channel="${updates}",result="duplicate"}`]: 1,
    [`avspark_messages_total{channel="${updates}",result="invalid"}`]: 0,
    'avspark_messages_total{channel="match_updates_v2",result="invalid"}': 1,
    avspark_reconnects_total: 0,
    avspark_messages_let_go_total: 0,
    'avspark_connection_state{state="live"}': 1,
    'avspark_connection_state{state="reconnecting"}': 0,
    'avspark_gaps{state="open"}': 0,
    'avspark_calendar_operations_total{result="failed"}': 0,
    'avspark_outbox_depth{target="ics"}': expect.any(Number),
    avspark_message_latency_seconds_count: 2,
    'avspark_message_latency_seconds_bucket{le="+Inf"}': 2,
  });
  expect(samples.get('avspark_memory_bytes{kind="resident"}')).toBeGreaterThan(10_000_000);
  // It is watched from the first scrape on.
  const delay = async () =>
    samplesOf((await ask(`${address}/metrics`)).text).get('avspark_event_loop_delay_seconds{quantile="0.99"}');
  await expect.poll(delay).toBeGreaterThan(0);

  const buckets = [...samples].filter(([name]) => name.startsWith("avspark_message_latency_seconds_bucket"));
  expect(buckets.length).toBeGreaterThan(20);
  const counts = buckets.map(([, count]) => count);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
});

it("/metrics counts reconnects, and a scrape changes nothing", async () => {
  const { address, redis, service } = await serviceFor();
  await redis.command("CLIENT", "KILL", "TYPE", "pubsub");
  await expect.poll(() => service.readings().counters.reconnects, { timeout: 15_000 }).toBe(1);
  for (const _ of [1, 2]) {
    expect(samplesOf((await ask(`${address}/metrics`)).text).get("avspark_reconnects_total")).toBe(1);
  }
});
