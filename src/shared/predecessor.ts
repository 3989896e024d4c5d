import { z } from "zod";
import { instantSchema } from "./instant.ts";

/*
 * What the predecessor's last version answered under names that its integration guide does not have. The answers carry them
 * too, so that scripts and health checks that were written for it go on; what else we answer says the same and more.
 */

/** How Redis is, in its words: `redis_available` told whether its client library was installed. */
export const predecessorStatusSchema = z.object({
  connected: z.boolean(),
  subscribed: z.boolean(),
  redis_available: z.boolean(),
});

export const predecessorStatsSchema = z.object({
  subscription_active: z.boolean(),
  channels: z.array(z.string()).readonly(),
  timestamp: instantSchema,
});

export const predecessorConfigSchema = z.object({
  url: z.string(),
  enabled: z.boolean(),
  /** Seconds. */
  timeout: z.number(),
  channels: z.object({ match_updates: z.string(), processor_status: z.string(), system_alerts: z.string() }),
});

/** What it said of its sign-in to Google; `not-required`: no Google calendar is kept. */
export const predecessorHealthSchema = z.object({
  healthy: z.boolean(),
  environment: z.enum(["production", "demo"]),
  auth_status: z.enum(["authenticated", "initializing", "not-required"]),
  oauth_info: z.object({
    status: z.enum(["authenticated", "initializing", "not-required"]),
    /** When the sign-in ends; absent where Google does not say so. */
    token_expiry: instantSchema.optional(),
    expires_in_hours: z.number().optional(),
  }),
});
