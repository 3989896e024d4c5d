import { z } from "zod";
import { alertSchema } from "../../shared/alert.ts";
import { targetStatusSchema } from "../../shared/calendar.ts";
import { changeSchema } from "../../shared/change.ts";
import { connectionSchema, sourceStatusSchema } from "../../shared/connection.ts";
import type { Instant } from "../../shared/instant.ts";
import { type MessageSummary, messageSummarySchema } from "../../shared/message.ts";
import { healthSchema } from "../../shared/snapshot.ts";
import { changeText } from "../../shared/text/change.ts";
import { gistText } from "../../shared/text/gist.ts";
import { alertSentence, healthSentence } from "../../shared/text/sentences.ts";
import type { StreamEvent } from "../doors/http/events/event.ts";
import type { Paint } from "./terminal.ts";
import { words } from "./words.ts";

const eventSchema: z.ZodType<StreamEvent> = z.discriminatedUnion("name", [
  z.object({ name: z.literal("message"), data: messageSummarySchema }),
  z.object({ name: z.literal("change"), data: changeSchema }),
  z.object({ name: z.literal("alert"), data: alertSchema }),
  z.object({
    name: z.literal("state"),
    data: z.object({
      connection: connectionSchema,
      source: sourceStatusSchema,
      health: healthSchema,
      targets: z.array(targetStatusSchema).readonly(),
    }),
  }),
]);

/** null: an event of another version, which nobody here could read. */
export const readEvent = (name: string | null, data: string): StreamEvent | null =>
  eventSchema.safeParse({ name, data: JSON.parse(data) }).data ?? null;

const { texts, format } = words;
const titles: ReadonlyMap<string, string> = new Map();

/** One event on one line. */
export const eventLine = (event: StreamEvent, paint: Paint): string => {
  switch (event.name) {
    case "message":
      return messageLine(event.data, paint);
    case "change": {
      const { at, matchId, title, difference } = event.data;
      const text = changeText(difference, words);
      const detail = text.kind === "note" ? text.note : `${text.before} → ${text.after}`;
      const what = detail === null ? text.label : `${text.label}: ${detail}`;
      return line(at, [paint("cyan", "change".padEnd(widths.verdict)), matchId, title, what]);
    }
    case "alert": {
      const { lastAt, level, cause, count } = event.data;
      const sentence = alertSentence(cause, { ...words, now: Date.parse(lastAt) });
      const times = count > 1 ? ` (${texts.alerts.times(count)})` : "";
      return line(lastAt, [paint(alertColours[level], level.padEnd(widths.verdict)), sentence + times]);
    }
    case "state": {
      const { connection, health } = event.data;
      const now = Date.parse(health.since);
      const state = texts.health.connection[connection.state];
      const verdict = paint("dim", "state".padEnd(widths.verdict));
      return line(connection.since, [verdict, state, healthSentence(health, { ...words, now })]);
    }
  }
};

const verdictColours = { valid: "green", partly: "yellow", duplicate: "dim", invalid: "red" } as const;
const alertColours = { info: "cyan", warning: "yellow", critical: "red" } as const;
/** Of the columns that begin most lines; what is longer pushes the rest aside. */
const widths = { verdict: 9, channel: 24, type: 16 } as const;

const messageLine = ({ receivedAt, verdict, channel, gist }: MessageSummary, paint: Paint): string =>
  line(receivedAt, [
    paint(verdictColours[verdict], verdict.padEnd(widths.verdict)),
    channel.padEnd(widths.channel),
    texts.message.type[gist.type].padEnd(widths.type),
    gistText(gist, { ...words, titles }),
  ]);

const line = (at: Instant, parts: readonly string[]): string => [format.millis(at), ...parts].join("  ");
