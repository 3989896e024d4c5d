import type { FastifyInstance } from "fastify";
import type { CalendarText } from "../../../core/calendar/port.ts";
import { matchesEtag } from "./answer.ts";

/** GET /calendar.ics. Calendar programs ask every few minutes and keep what has not changed. */
export const registerCalendar = (app: FastifyInstance, calendarText: () => CalendarText): void => {
  app.get("/calendar.ics", (request, reply) => {
    const { text, etag, modified } = calendarText();
    const tag = `"${etag}"`;
    reply.headers({
      "content-type": "text/calendar; charset=utf-8",
      "cache-control": "private, no-cache",
      etag: tag,
      "last-modified": new Date(modified).toUTCString(),
    });
    const { "if-none-match": known, "if-modified-since": since } = request.headers;
    // If-None-Match decides alone where it is given (RFC 9110, 13.1.3).
    const unchanged = known === undefined ? notSince(modified, since) : matchesEtag(known, tag);
    return unchanged ? reply.code(304).send() : reply.send(text);
  });
};

/** HTTP dates know whole seconds. */
const notSince = (modified: string, since: string | undefined): boolean =>
  since !== undefined && Math.floor(Date.parse(modified) / 1000) * 1000 <= Date.parse(since);
