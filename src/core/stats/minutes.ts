import { instantOf } from "../../shared/instant.ts";
import { latencyBounds, type StatsIncrement } from "../journal.ts";

type Counted = {
  readonly at: number;
  readonly channel: string;
  readonly verdict: "valid" | "invalid" | "duplicate";
  readonly latencyMs: number | null;
};
/** Maps, since a channel may have any name. */
type MessageTally = {
  readonly channels: Map<string, { valid: number; invalid: number; duplicates: number }>;
  readonly latency: Map<number, number>;
};
type MinuteTally = MessageTally & { calendarDone: number; calendarFailed: number };

/** Messages by channel, and their latencies by index into `latencyBounds`. */
export type Totals = Pick<StatsIncrement, "channels" | "latency">;

/** Adds up what happened in each minute until the journal takes it, and since the start. */
export const createTally = () => {
  const minutes = new Map<number, MinuteTally>();
  const totals: MessageTally = { channels: new Map(), latency: new Map() };
  const minuteOf = (at: number): MinuteTally => {
    const start = at - (at % 60_000);
    const found = minutes.get(start);
    if (found !== undefined) return found;
    const made: MinuteTally = { channels: new Map(), latency: new Map(), calendarDone: 0, calendarFailed: 0 };
    minutes.set(start, made);
    return made;
  };
  return {
    message: ({ at, channel, verdict, latencyMs }: Counted): void => {
      for (const { channels, latency } of [minuteOf(at), totals]) {
        const counts = channels.get(channel) ?? { valid: 0, invalid: 0, duplicates: 0 };
        channels.set(channel, counts);
        if (verdict === "valid") counts.valid += 1;
        else if (verdict === "invalid") counts.invalid += 1;
        else counts.duplicates += 1;
        if (latencyMs === null) continue;
        const bucket = latencyBucket(latencyMs);
        latency.set(bucket, (latency.get(bucket) ?? 0) + 1);
      }
    },
    calendar: (at: number, result: { readonly done: number; readonly failed: number }): void => {
      const minute = minuteOf(at);
      minute.calendarDone += result.done;
      minute.calendarFailed += result.failed;
    },
    totals: (): Totals => asRecords(totals),
    /** What has been counted since the last call. */
    take: (): readonly StatsIncrement[] => {
      const taken = [...minutes].map(([start, { calendarDone, calendarFailed, ...tally }]) => ({
        minute: instantOf(start),
        ...asRecords(tally),
        calendarDone,
        calendarFailed,
      }));
      minutes.clear();
      return taken;
    },
  };
};

const asRecords = ({ channels, latency }: MessageTally): Totals => ({
  channels: Object.fromEntries(channels),
  latency: Object.fromEntries(latency),
});

/** A publisher whose clock is ahead of ours gives the first bucket. */
export const latencyBucket = (ms: number): number => {
  const found = latencyBounds.findIndex((bound) => ms <= bound);
  return found === -1 ? latencyBounds.length : found;
};
