import type { IncomingMessage, ServerResponse } from "node:http";
import { isLoopback } from "../../core/config/together.ts";
import type { Config } from "../../shared/config.ts";
import { instantOf } from "../../shared/instant.ts";
import { failed } from "../../shared/problem.ts";
import { failure } from "../doors/http/answer.ts";
import { createApp } from "../doors/http/app.ts";
import type { HttpParts } from "../doors/http/parts.ts";
import { doorPaths } from "../doors/http/paths.ts";
import { createGuard } from "../doors/request-guard.ts";

/** The endpoints without a server of their own: somebody else's server hands the requests over. */
export type EmbeddedDoor = {
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  readonly close: () => Promise<void>;
};

/**
 * The other server may listen anywhere. Without a token only this machine is answered; with one whoever knows it, by
 * whatever name the server goes.
 */
export const createDoor = async (parts: HttpParts, config: Config): Promise<EmbeddedDoor> => {
  const { access } = parts;
  const isGuarded = access.demandsToken;
  const app = createApp(parts, createGuard({ host: config.AVSPARK_HTTP_HOST, isEverywhere: isGuarded, access }));
  await app.ready();
  return {
    answer: (request, response) => {
      if (isGuarded() || isLocal(request)) app.routing(request, response);
      else
        refuse(
          response,
          "unauthorized",
          "Set AVSPARK_HTTP_TOKEN, or make tokens with avspark token add, to be reached from beyond this machine.",
        );
    },
    close: async () => void (await app.close()),
  };
};

/** A path of ours, whatever the method. */
export const isOurs = (url: string): boolean => {
  const path = url.replace(/[?#].*$/, "");
  return patterns.some((pattern) => pattern.test(path));
};
const patterns = doorPaths.map((path) => new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/:[^/]+/g, "[^/]+")}$`));

/** A failure in the one shape, before the app that answers is there. */
export const refuse = (response: ServerResponse, kind: "unauthorized" | "service-stopped", message: string): void => {
  const status = kind === "unauthorized" ? 401 : 503;
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(JSON.stringify(failure(failed(kind, message).problem, instantOf(Date.now()))));
};

/** Over TCP from this machine, or over a Unix socket. */
const isLocal = ({ socket }: IncomingMessage): boolean => {
  const address = socket.remoteAddress?.replace(/^::ffff:/, "");
  return address === undefined ? socket.localPort === undefined : isLoopback(address);
};
