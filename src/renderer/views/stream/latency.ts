import type { MessageSummary } from "../../../shared/message.ts";

/** Time from the publisher to here; null when the publisher gave no time. */
export const latency = ({ publishedAt, receivedAt }: MessageSummary): number | null =>
  publishedAt === null ? null : Math.max(0, Date.parse(receivedAt) - Date.parse(publishedAt));
