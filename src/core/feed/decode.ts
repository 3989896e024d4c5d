import type { z } from "zod";
import type { Instant } from "../../shared/instant.ts";
import { type Reading, readJson } from "../../shared/json/read.ts";
import { type MessageType, messageTypeSchema, messageTypes } from "../../shared/message.ts";
import { readInstant } from "../facts/time.ts";
import {
  bounded,
  envelopeSchema,
  matchUpdatesSchema,
  processingStatusSchema,
  readNotes,
  systemAlertSchema,
} from "./decode/envelope.ts";
import { decodeMatches } from "./decode/matches.ts";
import { type Refusal, refusalOf, rejectionAt } from "./decode/rejection.ts";
import { firstTold } from "./dialects/words.ts";
import type { Decoded, Message } from "./message.ts";

export type DecodeOptions = Reading & {
  readonly maxBytes: number;
};

const maxMessageIdLength = 200;

type Step<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };
const refuse = (reason: string, ...at: readonly PropertyKey[]): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { at, reason },
});

/** Decoding is total: any bytes give a message or the place and reason why not, which never repeats their content. */
export const decodeMessage = (payload: Uint8Array, options: DecodeOptions): Decoded => {
  const json = readBytes(payload, options);
  if (!json.ok) return rejected(json.refusal, null, null);
  const envelope = envelopeSchema.safeParse(json.value);
  if (!envelope.success) {
    const { message_id, timestamp } = isRecord(json.value) ? json.value : {};
    return rejected(refusalOf(envelope.error, json.value), readMessageId(message_id), readTimestamp(timestamp));
  }
  const messageId = readMessageId(envelope.data.message_id);
  const publishedAt = readTimestamp(envelope.data.timestamp);
  const body = readBody(envelope.data);
  if (!body.ok) return rejected(body.refusal, messageId, publishedAt);
  return { ok: true, message: { messageId, publishedAt, body: body.value } };
};

const rejected = (refusal: Refusal, messageId: string | null, publishedAt: Instant | null): Decoded => ({
  ok: false,
  rejection: rejectionAt("", refusal),
  messageId,
  publishedAt,
});

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const readBytes = (payload: Uint8Array, { maxBytes, ...reading }: DecodeOptions): Step<unknown> => {
  if (payload.byteLength > maxBytes)
    return refuse(`${payload.byteLength} bytes; the limit is ${maxBytes} (AVSPARK_MAX_MESSAGE_MB)`);
  const json = readJson(payload, reading);
  return json.ok ? json : refuse(json.reason);
};

const readMessageId = (value: unknown): string | null => {
  const id = typeof value === "string" || typeof value === "number" ? firstTold(value) : null;
  return id !== null && id.length <= maxMessageIdLength ? id : null;
};

const readTimestamp = (value: unknown): Instant | null => (typeof value === "string" ? readInstant(value) : null);

type Body = Message["body"];

const readBody = ({ type, payload }: z.infer<typeof envelopeSchema>): Step<Body> => {
  const known = type == null ? typeOfPayload(payload) : messageTypeSchema.safeParse(type).data;
  if (known === undefined) return refuse(`expected one of ${messageTypes.join(", ")}`, "type");
  return bodyReaders[known](payload);
};

/** Publishers of schema 2.0 leave the type out at times; only a match list is plain to see without it. */
const typeOfPayload = (payload: unknown): MessageType | undefined =>
  isRecord(payload) && payload.matches !== undefined ? "match_updates" : undefined;

const bodyReader =
  <S extends z.ZodType>(schema: S, read: (payload: z.infer<S>) => Body) =>
  (payload: unknown): Step<Body> => {
    const parsed = schema.safeParse(payload);
    if (parsed.success) return { ok: true, value: read(parsed.data) };
    const { at, reason } = refusalOf(parsed.error, payload);
    return refuse(reason, "payload", ...at);
  };

const bodyReaders: Readonly<Record<MessageType, (payload: unknown) => Step<Body>>> = {
  match_updates: bodyReader(matchUpdatesSchema, (payload) => {
    const { matches, rejections } = decodeMatches(payload.matches, "payload.matches");
    return {
      type: "match_updates",
      matches,
      rejections: rejections.map(({ path, reason }) => ({ path, reason })),
      notes: readNotes(payload.detailed_changes, matches),
      highPriority: payload.high_priority === true,
    };
  }),
  processing_status: bodyReader(processingStatusSchema, ({ details, ...payload }) => ({
    type: "processing_status",
    status: payload.status,
    cycle: payload.cycle_number ?? details?.cycle_number ?? null,
    matches: payload.matches_processed ?? details?.matches_processed ?? null,
    durationMs: payload.processing_duration_ms ?? details?.processing_duration_ms ?? null,
  })),
  system_alert: bodyReader(systemAlertSchema, ({ alert_type, severity, message }) => ({
    type: "system_alert",
    severity,
    alertType: bounded(alert_type),
    text: bounded(message),
  })),
};
