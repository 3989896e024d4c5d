import type { Instant } from "../../shared/instant.ts";

/** The publisher's own time, which cannot be later than our receipt of it. */
export const clampedAt = (publishedAt: Instant | null, receivedAt: Instant): Instant =>
  publishedAt === null || publishedAt > receivedAt ? receivedAt : publishedAt;
