import type { ServerResponse } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Access } from "../access.ts";

/** The far end of a connection that events are written to. */
export type Sink = {
  readonly write: (chunk: string | Uint8Array) => void;
  /** Bytes written and not yet sent. */
  readonly waiting: () => number;
  /** Resolves when it can take more, or is gone. */
  readonly drained: () => Promise<void>;
  readonly end: () => void;
  /** Cuts it off, with all that waits. */
  readonly destroy: () => void;
};

/** Sends events, and cuts off those who follow them when their token is revoked. */
export const createFollowers = ({ actorOf, onChange }: Pick<Access, "actorOf" | "onChange">) => {
  const followers = new Map<ServerResponse, FastifyRequest>();
  const stop = onChange(() => {
    for (const [response, { headers }] of followers) if (actorOf(headers.authorization) === null) response.destroy();
  });
  const send: SendEvents = (request, reply, join) => {
    followers.set(reply.raw, request);
    reply.raw.once("close", () => followers.delete(reply.raw));
    sendEvents(request, reply, join);
  };
  return { send, stop };
};

export type SendEvents = (request: FastifyRequest, reply: FastifyReply, join: (sink: Sink) => () => void) => void;

/** Answers with server-sent events that never end by themselves. `join` answers what is to be done when the client leaves. */
const sendEvents: SendEvents = (request, reply, join) => {
  reply.hijack();
  const response = reply.raw;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) response.setHeader(name, value);
  }
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" });
  request.socket.setNoDelay(true);
  response.once("close", join(sinkOf(response)));
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
