import { hourMs } from "../../shared/duration.ts";
import type { JournaledMessage } from "../journal.ts";
import { type Moment, momentOf } from "../moment.ts";
import type { Clock } from "../ports.ts";
import type { Way } from "./arrival.ts";

/** The newest messages that are looked at; fewer than `enough` prove nothing. */
const remembered = 50;
const enough = 3;
/** What is said to be older than this is old, whatever the clocks. */
const mostMs = 12 * hourMs;
/** A clock that moves less is not set, but kept. */
const toleranceMs = 1000;

type Told = { readonly way: Way; readonly messages: readonly Pick<JournaledMessage, "summary">[] };

/**
 * What the publisher's clock shows. Pub/sub keeps nothing, so a message is published when it is received: the youngest of
 * some messages tells the difference of the clocks, while one that is old by itself tells nothing. The difference is taken
 * to the clock that nobody sets, so it holds when ours is set.
 */
export const createPublisherClock = (clock: Pick<Clock, "elapsed" | "now">) => {
  /** By how much the publisher's clock was ahead of `elapsed`. */
  let leads: number[] = [];
  /** By how much our wall clock is, and since when. */
  let frame = { ahead: clock.now() - clock.elapsed(), since: clock.elapsed() };

  const look = (now: Moment): void => {
    const ahead = now.wall - now.elapsed;
    frame = { ahead, since: Math.abs(ahead - frame.ahead) > toleranceMs ? now.elapsed : frame.since };
  };

  const heard = (publishedAt: number, receivedAt: number, now: Moment): void => {
    const received = receivedAt - frame.ahead;
    // What came before our clock was set tells nothing of when that was.
    if (receivedAt - publishedAt > mostMs || received < frame.since || received > now.elapsed) return;
    leads.push(publishedAt - received);
    if (leads.length === 2 * remembered) leads = leads.slice(-remembered);
  };

  return {
    note: ({ way, messages }: Told): void => {
      if (way !== "redis") return;
      const now = momentOf(clock);
      look(now);
      for (const { summary } of messages)
        if (summary.publishedAt !== null) heard(Date.parse(summary.publishedAt), Date.parse(summary.receivedAt), now);
    },
    /** What it showed at a moment of ours, as far as is known by now; never later than our own. */
    at: ({ elapsed, wall }: Moment): number =>
      leads.length < enough ? wall : Math.min(wall, elapsed + Math.max(...leads.slice(-remembered))),
  };
};
