import type { ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { raise } from "../../../../shared/problem.ts";
import { check } from "../../input.ts";
import { eventFilterSchema, readPosition } from "./event.ts";
import type { EventStream, Sink } from "./stream.ts";

/** GET /events: server-sent events that never end by themselves. */
export const registerEvents = (app: FastifyInstance, stream: EventStream): void => {
  app.get("/events", { exposeHeadRoute: false }, (request, reply) => {
    const filter = check(eventFilterSchema, request.query);
    const last = request.headers["last-event-id"];
    const from = readPosition(typeof last === "string" ? last : undefined);
    if (stream.isFull()) raise("too-many-clients", "As many clients as this service bears read its events already.");
    reply.hijack();
    const response = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) response.setHeader(name, value);
    }
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" });
    request.socket.setNoDelay(true);
    const leave = stream.join(sinkOf(response), filter, from);
    response.once("close", leave);
  });
};

const sinkOf = (response: ServerResponse): Sink => {
  // A write that crosses with the client's leaving; "close" tells the rest.
  response.on("error", () => undefined);
  return {
    write: (chunk) => void response.write(chunk),
    waiting: () => response.writableLength,
    drained: () =>
      new Promise((resolve) => {
        if (response.destroyed || !response.writableNeedDrain) return resolve();
        const done = () => {
          response.off("drain", done).off("close", done);
          resolve();
        };
        response.on("drain", done).on("close", done);
      }),
    end: () => void response.end(),
    destroy: () => void response.destroy(),
  };
};
