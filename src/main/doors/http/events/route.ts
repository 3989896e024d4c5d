import type { FastifyInstance } from "fastify";
import { raise } from "../../../../shared/problem.ts";
import { check } from "../../input.ts";
import type { SendEvents } from "../sse.ts";
import { eventFilterSchema, readPosition } from "./event.ts";
import type { EventStream } from "./stream.ts";

/** GET /events: what scripts follow. */
export const registerEvents = (
  app: FastifyInstance,
  { stream, sendEvents }: { readonly stream: EventStream; readonly sendEvents: SendEvents },
): void => {
  app.get("/events", { exposeHeadRoute: false }, (request, reply) => {
    const filter = check(eventFilterSchema, request.query);
    const last = request.headers["last-event-id"];
    const from = readPosition(typeof last === "string" ? last : undefined);
    if (stream.isFull()) raise("too-many-clients", "As many clients as this service bears read its events already.");
    sendEvents(request, reply, (sink) => stream.join(sink, filter, from));
  });
};
