import { z } from "zod";
import { latencyBounds } from "../../../core/journal.ts";
import { grouped } from "../../../shared/grouped.ts";
import { type Instant, instantSchema } from "../../../shared/instant.ts";
import type { Stats, StatsBucket, StatsRange } from "../../../shared/stats.ts";
import type { Reading } from "./database.ts";
import { percentile } from "./percentile.ts";
import { hour, minute, toInstant, toSeconds } from "./seconds.ts";

/** How a range is cut. Short steps are summed from minutes, long ones from hours. */
const axes: Readonly<Record<StatsRange, { readonly step: number; readonly buckets: number; readonly from: number }>> = {
  "1h": { step: minute, buckets: 60, from: minute },
  "24h": { step: 15 * minute, buckets: 96, from: minute },
  "7d": { step: 2 * hour, buckets: 84, from: hour },
  "30d": { step: 6 * hour, buckets: 120, from: hour },
};

const channelRow = z.object({
  slot: z.int(),
  channel: z.string(),
  valid: z.int(),
  invalid: z.int(),
  duplicates: z.int(),
});
const latencyRow = z.object({ slot: z.int(), bucket: z.int(), messages: z.int() });
const workRow = z.object({
  slot: z.int(),
  calendarDone: z.int(),
  calendarFailed: z.int(),
  cycles: z.int(),
  cycleFailures: z.int(),
  cyclesTimed: z.int(),
  cycleMs: z.number(),
});
const gapRow = z.object({ from: instantSchema, to: instantSchema.nullable() }).readonly();

/** The last bucket holds `now`; buckets begin at whole steps, in UTC. */
export const readStats = (
  database: Reading,
  { range, now }: { readonly range: StatsRange; readonly now: Instant },
): Stats => {
  const { step, buckets: count, from } = axes[range];
  const end = (Math.floor(toSeconds(now) / step) + 1) * step;
  const start = end - count * step;
  const slot = "CAST((at - ?) / ? AS INTEGER) AS slot";
  const within = "step = ? AND at >= ? AND at < ?";
  const values = [start, step, from, start, end];

  const bySlot = ({ slot }: { readonly slot: number }): number => slot;

  const channels = grouped(
    database.rows(
      `SELECT ${slot}, channel, sum(valid) AS valid, sum(invalid) AS invalid, sum(duplicates) AS duplicates
       FROM stats_channels WHERE ${within} GROUP BY slot, channel`,
      values,
      channelRow,
    ),
    bySlot,
  );
  const latency = grouped(
    database.rows(
      `SELECT ${slot}, bucket, sum(messages) AS messages FROM stats_latency WHERE ${within} GROUP BY slot, bucket`,
      values,
      latencyRow,
    ),
    bySlot,
  );
  const work = grouped(
    database.rows(
      `SELECT ${slot}, sum(calendar_done) AS calendarDone, sum(calendar_failed) AS calendarFailed,
         sum(cycles) AS cycles, sum(cycle_failures) AS cycleFailures,
         sum(cycles_timed) AS cyclesTimed, sum(cycle_ms) AS cycleMs
       FROM stats_work WHERE ${within} GROUP BY slot`,
      values,
      workRow,
    ),
    bySlot,
  );

  const bucket = (index: number): StatsBucket => {
    const heard = channels.get(index) ?? [];
    const histogram = latencyBounds.map(() => 0).concat(0);
    for (const { bucket: at, messages } of latency.get(index) ?? []) if (at in histogram) histogram[at] = messages;
    const done = work.get(index)?.[0];
    return {
      from: toInstant(start + index * step),
      channels: Object.fromEntries(heard.map(({ channel, valid, invalid }) => [channel, { valid, invalid }])),
      duplicates: heard.reduce((sum, { duplicates }) => sum + duplicates, 0),
      latencyP50: percentile(histogram, 0.5),
      latencyP99: percentile(histogram, 0.99),
      cycles: done?.cycles ?? 0,
      cycleFailures: done?.cycleFailures ?? 0,
      cycleMeanMs: done === undefined || done.cyclesTimed === 0 ? null : done.cycleMs / done.cyclesTimed,
      calendarDone: done?.calendarDone ?? 0,
      calendarFailed: done?.calendarFailed ?? 0,
    };
  };

  return {
    range,
    step,
    buckets: Array.from({ length: count }, (_, index) => bucket(index)),
    gaps: database.rows(
      `SELECT from_at AS "from", to_at AS "to" FROM gaps WHERE from_at < ? AND (to_at IS NULL OR to_at > ?) ORDER BY id`,
      [toInstant(end), toInstant(start)],
      gapRow,
    ),
  };
};
