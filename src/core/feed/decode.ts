import type { Instant } from "../../shared/instant.ts";
import { type Reading, readJson } from "../../shared/json/read.ts";
import { isMatch, listKeys, wrapperKeys } from "../../shared/match-list.ts";
import {
  cycleStatusSchema,
  type MessageType,
  messageTypeSchema,
  messageTypes,
  severitySchema,
} from "../../shared/message.ts";
import type { DecodedMatches } from "../facts/facts.ts";
import { readInstant } from "../facts/time.ts";
import { readChanges } from "./decode/changes.ts";
import { decodeMatch, decodeMatches } from "./decode/matches.ts";
import { kindOf, type Refusal, rejectionAt } from "./dialects/rejection.ts";
import { type Fields, isFields, matchOnWire, number, object } from "./dialects/wire.ts";
import { bounded, toldText } from "./dialects/words.ts";
import type { Decoded, Message } from "./message.ts";

export type DecodeOptions = Reading & {
  readonly maxBytes: number;
};

const maxMessageIdLength = 200;
/** As many matches as no federation has; what is longer is a mistake or an attack. */
const maxMatches = 100_000;

type Step<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };
const refuse = (reason: string, ...at: readonly PropertyKey[]): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { at, reason },
});
const refuseKind = (expected: string, value: unknown, ...at: readonly PropertyKey[]) =>
  refuse(`expected ${expected}, got ${kindOf(value)}`, ...at);

/** Decoding is total: any bytes give a message or the place and reason why not, which never repeats their content. */
export const decodeMessage = (payload: Uint8Array, options: DecodeOptions): Decoded => {
  const json = readBytes(payload, options);
  if (isHealthCheck(json.ok ? json.value : payload)) return healthCheck;
  if (!json.ok) return rejected(json.refusal, null, null);
  const envelope = isFields(json.value) ? json.value : {};
  const messageId = readMessageId(envelope.message_id);
  const publishedAt = readTimestamp(envelope.timestamp);
  const body = readBody(json.value);
  if (!body.ok) return rejected(body.refusal, messageId, publishedAt);
  return { ok: true, message: { messageId, publishedAt, body: body.value } };
};

/** The predecessor's services try their channels with a plain text like `health_check_1795831834`. */
const healthWord = "health_check";
const mostOfHealthWord = 200;

const healthCheck: Decoded = {
  ok: true,
  message: { messageId: null, publishedAt: null, body: { type: "health_check" } },
};

const isHealthCheck = (value: unknown): boolean => {
  if (typeof value === "string") return value.length <= mostOfHealthWord && value.startsWith(healthWord);
  return (
    value instanceof Uint8Array &&
    value.byteLength <= mostOfHealthWord &&
    [...healthWord].every((letter, at) => value[at] === letter.charCodeAt(0))
  );
};

export const createDecoder =
  (options: DecodeOptions) =>
  (payload: Uint8Array): Decoded =>
    decodeMessage(payload, options);

const rejected = (refusal: Refusal, messageId: string | null, publishedAt: Instant | null): Decoded => ({
  ok: false,
  rejection: rejectionAt("", refusal),
  messageId,
  publishedAt,
});

const readBytes = (payload: Uint8Array, { maxBytes, ...reading }: DecodeOptions): Step<unknown> => {
  if (payload.byteLength > maxBytes)
    return refuse(`${payload.byteLength} bytes; the limit is ${maxBytes} (AVSPARK_MAX_MESSAGE_MB)`);
  const json = readJson(payload, reading);
  return json.ok ? json : refuse(json.reason);
};

const readMessageId = (value: unknown): string | null => {
  const id = toldText(value);
  return id !== null && id.length <= maxMessageIdLength ? id : null;
};

const readTimestamp = (value: unknown): Instant | null => (typeof value === "string" ? readInstant(value) : null);

type Body = Message["body"];

const readBody = (message: unknown): Step<Body> => {
  // A list, or a match, without anything around it.
  if (Array.isArray(message)) return readUpdates(message, []);
  if (!isFields(message)) return refuseKind("an object", message);
  if (message.payload === undefined) {
    if (holdsMatches(message)) return readUpdates(message, []);
    // Otherwise it would pass for a cycle that changed nothing.
    const key = wrapperKeys.find((one) => isFields(message[one]) && holdsMatches(message[one]));
    if (key !== undefined) return readUpdates(message[key], [key]);
  }
  const { type, payload } = message;
  const known = messageTypeSchema.safeParse(worded(type)).data ?? typeOfPayload(type, payload);
  return known === null ? refuse(`expected one of ${messageTypes.join(", ")}`, "type") : bodyReaders[known](payload);
};

/** Publishers leave the type out at times. Match updates are plain to see without it, even when there are none. */
const typeOfPayload = (type: unknown, payload: unknown): MessageType | null => {
  const isOther = typeof type === "string" && type.trim() !== "";
  return !isOther && (Array.isArray(payload) || (isFields(payload) && isUpdates(payload))) ? "match_updates" : null;
};

const holdsMatches = (payload: Fields): boolean => listKeyOf(payload) !== undefined || isMatch(payload);

const listKeyOf = (payload: Fields): string | undefined => listKeys.find((key) => payload[key] !== undefined);

const isUpdates = (payload: Fields): boolean =>
  holdsMatches(payload) || payload.detailed_changes !== undefined || isFields(payload.metadata);

type BodyReader = (payload: unknown) => Step<Body>;

const fieldsReader =
  (read: (payload: Fields) => Step<Body>): BodyReader =>
  (payload) =>
    isFields(payload) ? read(payload) : refuseKind("an object", payload, "payload");

/** A payload without matches is what a cycle without changes sends: there is nothing to do. */
const readUpdates = (payload: unknown, at: readonly string[] = ["payload"]): Step<Body> => {
  const decoded = matchesOf(payload, at);
  if (!decoded.ok) return decoded;
  const { matches, rejections } = decoded.value;
  const fields = isFields(payload) ? payload : {};
  const told = readChanges(fields.detailed_changes, fields.high_priority, matches);
  return {
    ok: true,
    value: { type: "match_updates", ...told, rejections },
  };
};

const noMatches: DecodedMatches = { matches: [], rejections: [] };

const matchesOf = (payload: unknown, at: readonly string[]): Step<DecodedMatches> => {
  if (payload === undefined || payload === null) return { ok: true, value: noMatches };
  if (Array.isArray(payload)) return decodeList(payload, at);
  if (!isFields(payload)) return refuseKind("an object", payload, ...at);
  const key = listKeyOf(payload) ?? "matches";
  const { [key]: matches } = payload;
  const inside = [...at, key];
  if (Array.isArray(matches)) return decodeList(matches, inside);
  // A list of one, as those write it who make their JSON of XML.
  if (isMatch(matches)) return { ok: true, value: decodeMatch(matches, inside.join(".")) };
  if (matches !== undefined && matches !== null) return refuseKind("a list", matches, ...inside);
  return { ok: true, value: isMatch(payload) ? decodeMatch(payload, at.join(".")) : noMatches };
};

const decodeList = (list: readonly unknown[], at: readonly string[]): Step<DecodedMatches> =>
  list.length > maxMatches
    ? refuse(`more than ${maxMatches} entries`, ...at)
    : { ok: true, value: decodeMatches(list, at.join(".")) };

const isText = (value: unknown): value is string | number => typeof value === "string" || typeof value === "number";

/** A word that publishers write in any case. */
const worded = (value: unknown): string => (toldText(value) ?? "").toLowerCase();

const bodyReaders: Readonly<Record<MessageType, BodyReader>> = {
  match_updates: readUpdates,
  health_check: () => ({ ok: true, value: { type: "health_check" } }),
  processing_status: fieldsReader((payload) => {
    const status = cycleStatusSchema.safeParse(worded(payload.status)).data;
    if (status === undefined)
      return refuse(`expected one of ${cycleStatusSchema.options.join(", ")}`, "payload", "status");
    // The numbers stand in the payload (the guide) or in its details (the publisher).
    const wire = matchOnWire(payload);
    const details = object(wire, "details");
    const said = (key: string): number | null => number(wire, key) ?? (details && number(details, key)) ?? null;
    const whole = (value: number | null): number | null => (Number.isSafeInteger(value) ? value : null);
    return {
      ok: true,
      value: {
        type: "processing_status",
        status,
        cycle: whole(said("cycle_number")),
        matches: whole(said("matches_processed")),
        durationMs: said("processing_duration_ms"),
      },
    };
  }),
  system_alert: fieldsReader((payload) => {
    const severity = severitySchema.safeParse(worded(payload.severity)).data;
    if (severity === undefined)
      return refuse(`expected one of ${severitySchema.options.join(", ")}`, "payload", "severity");
    const { alert_type: alertType, message } = payload;
    if (!isText(alertType)) return refuseKind("text", alertType, "payload", "alert_type");
    if (!isText(message)) return refuseKind("text", message, "payload", "message");
    const [about, text] = [bounded(String(alertType)), bounded(String(message))];
    return { ok: true, value: { type: "system_alert", severity, alertType: about, text } };
  }),
};
