import type { IncomingMessage } from "node:http";
import type { FastifyInstance, HTTPMethods } from "fastify";
import type { OnMatches } from "../../core/delivery/program.ts";
import { doorPaths } from "../doors/http/paths.ts";
import { createService } from "./service.ts";
import type { AddOptions, AvsparkService } from "./types.ts";

const methods: readonly HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/**
 * Adds the subscription and the endpoints to a Fastify app: it starts with the app and stops with it. The app's own
 * routes stay as they are: an address that it has already is left to it.
 */
export const addAvspark = (app: FastifyInstance, onMatches: OnMatches, options: AddOptions = {}): AvsparkService => {
  const { prefix = "", ...rest } = options;
  const service = createService({ ...rest, onMatches });
  app.addHook("onReady", service.start);
  // Event streams end by themselves never, and the app waits for its connections.
  app.addHook("preClose", service.stop);
  app.register((scope, _options, loaded) => {
    // Bodies are left to the endpoints' own reader, with its own limit.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    const free = doorPaths.filter((path) => methods.every((method) => !app.hasRoute({ method, url: prefix + path })));
    for (const path of free) {
      scope.route({
        method: [...methods],
        url: prefix + path,
        handler: (request, reply) => {
          reply.hijack();
          service.middleware(unprefixed(request.raw, prefix), reply.raw);
        },
      });
    }
    loaded();
  });
  return service;
};

/** The endpoints know themselves without the prefix. */
const unprefixed = (request: IncomingMessage, prefix: string): IncomingMessage => {
  request.url = request.url?.slice(prefix.length);
  return request;
};
