import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { CalendarText } from "../../../core/calendar/port.ts";
import { feedPath } from "../../../core/calendar-feeds/feeds.ts";
import { raise } from "../../../shared/problem.ts";
import { secretCheck } from "../request-guard.ts";
import { matchesEtag } from "./answer.ts";
import { type FeedAnswers, tokenIn } from "./feed-answers.ts";
import { reachableAt, type Scheme } from "./listen.ts";

/** A calendar's own address, for programs that cannot send a token. */
export const secretRoute = "/calendar/:secret";

/** Where a program can follow the calendar, by a name that others on the network know as well. */
export const calendarAddress = (
  { host, scheme }: { readonly host: string; readonly scheme: Scheme },
  port: number,
  token: string,
): string => `${reachableAt(host, port, scheme)}${feedPath(token)}`;

/** Whether a request's path holds the secret. It is compared in a time that tells nothing. */
export const createSecretCheck = (token: string) => {
  const holds = secretCheck(feedPath(token));
  return ({ routeOptions, url }: Pick<FastifyRequest, "routeOptions" | "url">): boolean =>
    routeOptions.url === secretRoute && holds(url.replace(/\?.*$/s, ""));
};

type CalendarParts = {
  readonly calendarText: () => CalendarText;
  readonly isSecret: ReturnType<typeof createSecretCheck>;
  /** Calendars of some matches, each by a secret of its own. */
  readonly feeds: FeedAnswers;
};

/** GET /calendar.ics, and the same by its secret address. Programs ask every few minutes and keep what has not changed. */
export const registerCalendar = (app: FastifyInstance, { calendarText, isSecret, feeds }: CalendarParts): void => {
  const answer = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
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
  };
  app.get("/calendar.ics", answer);
  app.get(secretRoute, async (request, reply) => {
    if (isSecret(request)) return answer(request, reply);
    const token = tokenIn(request.url);
    const content = token === null ? null : feeds.find(token);
    if (token === null || content === null) return raise("not-found", "There is no calendar at this address.");
    const { status, headers, body } = await feeds.answer(token, content, request.headers);
    return reply.code(status).headers(headers).send(body);
  });
};

/** HTTP dates know whole seconds. */
const notSince = (modified: string, since: string | undefined): boolean =>
  since !== undefined && Math.floor(Date.parse(modified) / 1000) * 1000 <= Date.parse(since);
