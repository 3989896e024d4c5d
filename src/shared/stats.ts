import { z } from "zod";
import { type Instant, instantSchema } from "./instant.ts";

/** Since the service started. */
export const countersSchema = z
  .object({
    received: z.int(),
    valid: z.int(),
    invalid: z.int(),
    duplicates: z.int(),
    /** Single matches refused inside otherwise good lists. */
    rejectedMatches: z.int(),
    /** Fields of matches that could not be read, and counted as not told. */
    notedFields: z.int(),
    changes: z.int(),
    reconnects: z.int(),
    calendarWrites: z.int(),
    calendarFailures: z.int(),
    startedAt: instantSchema,
    lastMessageAt: instantSchema.nullable(),
  })
  .readonly();
export type Counters = z.infer<typeof countersSchema>;

/** Nothing has been counted yet. */
export const noCounts = (startedAt: Instant): Counters => ({
  received: 0,
  valid: 0,
  invalid: 0,
  duplicates: 0,
  rejectedMatches: 0,
  notedFields: 0,
  changes: 0,
  reconnects: 0,
  calendarWrites: 0,
  calendarFailures: 0,
  startedAt,
  lastMessageAt: null,
});

export const statsRangeSchema = z.enum(["1h", "24h", "7d", "30d"]);
export type StatsRange = z.infer<typeof statsRangeSchema>;

/** One step of the time axis. Latencies and durations in milliseconds, null where nothing was measured. */
export const statsBucketSchema = z
  .object({
    from: instantSchema,
    channels: z.record(z.string(), z.object({ valid: z.int(), invalid: z.int() }).readonly()),
    duplicates: z.int(),
    latencyP50: z.number().nullable(),
    latencyP99: z.number().nullable(),
    cycles: z.int(),
    cycleFailures: z.int(),
    cycleMeanMs: z.number().nullable(),
    calendarDone: z.int(),
    calendarFailed: z.int(),
  })
  .readonly();
export type StatsBucket = z.infer<typeof statsBucketSchema>;

export const statsSchema = z
  .object({
    range: statsRangeSchema,
    /** Length of one bucket in seconds. */
    step: z.int(),
    buckets: z.array(statsBucketSchema).readonly(),
    gaps: z.array(z.object({ from: instantSchema, to: instantSchema.nullable() }).readonly()).readonly(),
  })
  .readonly();
export type Stats = z.infer<typeof statsSchema>;
