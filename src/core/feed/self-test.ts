import type { SelfTest } from "../../shared/checks.ts";
import { ProblemError, raise } from "../../shared/problem.ts";
import { createAbort } from "../abort.ts";
import type { Clock, Link, SubscribedChannels, Subscription } from "../ports.ts";
import type { Decoded } from "./message.ts";

export type SelfTestOptions = {
  /** null: Redis is switched off. */
  readonly subscription: Subscription | null;
  readonly channels: SubscribedChannels;
  readonly clock: Clock;
  /** For each of connecting, subscribing and the round trip. */
  readonly timeoutMs: number;
  readonly decode: (text: string) => Decoded;
};

/** As a publisher sends it, in the guide's own words. */
const sample = JSON.stringify({
  message_id: "self-test",
  timestamp: "2025-09-22T10:30:00Z",
  source: "avspark",
  version: "1.0",
  type: "match_updates",
  payload: { matches: [{ matchid: 123456, hemmalag: "Team A", bortalag: "Team B" }] },
});

/** A connection beside the one that is in use: connects, makes a round trip through pub/sub, decodes a sample. */
export const selfTest = async (options: SelfTestOptions): Promise<SelfTest> => {
  const handling = handlesSample(options);
  const errors = handling ? [] : ["A sample message could not be decoded."];
  let connected = false;
  let subscribed = false;
  try {
    const link = await connect(options);
    connected = true;
    try {
      await within(options, link.subscribe(options.channels), "Redis did not confirm the subscription in time.");
      await within(options, link.probe(), "The test message did not come back in time.");
      subscribed = true;
    } finally {
      link.close();
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    errors.unshift(error.problem.message);
  }
  return {
    overall_success: connected && subscribed && handling,
    connection_test: connected,
    subscription_test: subscribed,
    message_handling_test: handling,
    errors,
  };
};

const connect = async ({ subscription, clock, timeoutMs }: SelfTestOptions): Promise<Link> => {
  if (subscription === null) return raise("redis-disabled", "Redis is switched off (REDIS_PUBSUB_ENABLED=false).");
  const { signal, abort } = createAbort();
  const cancel = clock.after(timeoutMs, abort);
  try {
    return await subscription.open({ onMessage: () => undefined, onLost: () => undefined }, signal);
  } finally {
    cancel();
  }
};

const within = <T>({ clock, timeoutMs }: SelfTestOptions, work: Promise<T>, late: string): Promise<T> =>
  new Promise((resolve, reject) => {
    const cancel = clock.after(timeoutMs, () => {
      reject(new ProblemError({ kind: "redis-timeout", message: late }));
    });
    work.then(resolve, reject).finally(cancel);
  });

const handlesSample = ({ decode }: SelfTestOptions): boolean => {
  const decoded = decode(sample);
  return decoded.ok && decoded.message.body.type === "match_updates" && decoded.message.body.matches.length === 1;
};
