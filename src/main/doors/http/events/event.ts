import { z } from "zod";
import type { Readings } from "../../../../core/service/service.ts";
import type { Alert } from "../../../../shared/alert.ts";
import type { Change } from "../../../../shared/change.ts";
import { type MessageSummary, messageTypeSchema, verdictSchema } from "../../../../shared/message.ts";

export const eventNames = ["message", "change", "alert", "state"] as const;
export type EventName = (typeof eventNames)[number];

export type State = Pick<Readings, "connection" | "source" | "health" | "targets">;

/** What a stream tells, by the name its listeners know it under. */
export type StreamEvent =
  | { readonly name: "message"; readonly data: MessageSummary }
  | { readonly name: "change"; readonly data: Change }
  | { readonly name: "alert"; readonly data: Alert }
  | { readonly name: "state"; readonly data: State };

/** How far a reader has come in the journal; what a stream's `id:` says. */
export type Position = { readonly message: number; readonly change: number };

export const writePosition = ({ message, change }: Position): string => `${message}-${change}`;
export const readPosition = (text: string | undefined): Position | null => {
  const [, message, change] = /^(\d{1,15})-(\d{1,15})$/.exec(text ?? "") ?? [];
  return message === undefined || change === undefined ? null : { message: Number(message), change: Number(change) };
};

/** Where a reader is after the event. Alerts and states have no place in the journal. */
export const after = (position: Position, event: StreamEvent): Position => {
  if (event.name === "message") return { ...position, message: event.data.id };
  return event.name === "change" ? { ...position, change: event.data.id } : position;
};

/** JSON has no line breaks of its own, so one data line holds it. */
export const frameOf = (event: StreamEvent, position: Position): string =>
  `id: ${writePosition(position)}\nevent: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`;

export const eventFilterSchema = z.strictObject({
  /** Comma list; all of them when absent. */
  types: z
    .string()
    .max(200)
    .regex(/^(message|change|alert|state)(,(message|change|alert|state))*$/)
    .optional(),
  channel: z.string().max(200).optional(),
  type: messageTypeSchema.optional(),
  verdict: verdictSchema.optional(),
  /** A match's changes, and messages that name it among the first matches they speak of. */
  matchId: z.string().max(200).optional(),
});
export type EventFilter = z.infer<typeof eventFilterSchema>;

export const wants = (filter: EventFilter, name: EventName): boolean =>
  filter.types === undefined || filter.types.split(",").includes(name);

/** Each criterion holds back only events that it speaks of. */
export const accepts = (filter: EventFilter, event: StreamEvent): boolean => {
  if (!wants(filter, event.name)) return false;
  if (event.name === "message") return acceptsMessage(filter, event.data);
  if (event.name === "change") {
    const { channel, matchId } = filter;
    return same(channel, event.data.origin.channel) && same(matchId, event.data.matchId);
  }
  return true;
};

const acceptsMessage = (filter: EventFilter, { channel, verdict, gist }: MessageSummary): boolean =>
  same(filter.channel, channel) &&
  same(filter.verdict, verdict) &&
  same(filter.type, gist.type) &&
  (filter.matchId === undefined || (gist.type === "match_updates" && gist.matchIds.includes(filter.matchId)));

const same = (wanted: string | undefined, found: string): boolean => wanted === undefined || wanted === found;
