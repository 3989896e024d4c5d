import type { FastifyInstance } from "fastify";
import { raise } from "../../../../shared/problem.ts";
import { protocol, protocolHeader } from "../../../../shared/protocol.ts";
import type { SendEvents } from "../sse.ts";
import type { DeltaStream } from "./stream.ts";

/** GET /deltas: what windows elsewhere follow. */
export const registerDeltas = (
  app: FastifyInstance,
  { stream, sendEvents }: { readonly stream: DeltaStream; readonly sendEvents: SendEvents },
): void => {
  app.get("/deltas", { exposeHeadRoute: false }, (request, reply) => {
    const spoken = Number(request.headers[protocolHeader] ?? protocol.number);
    if (spoken < protocol.oldest) raise("window-too-old", "This window is too old for its service.");
    if (stream.isFull()) raise("too-many-clients", "As many windows as this service bears follow it already.");
    // Whoever may follow has shown who they are.
    const role = request.actor?.role ?? "look";
    sendEvents(request, reply, (sink) => stream.join(sink, role));
  });
};
