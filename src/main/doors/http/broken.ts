import type { Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { instantOf } from "../../../shared/instant.ts";
import { failed, type Problem } from "../../../shared/problem.ts";
import { failure } from "./answer.ts";

/** What never becomes a request, since node cannot read it or it comes too slowly, is refused in the same shape. */
export const refuseBroken = (server: Server): void => {
  const responses = new WeakMap<Duplex, ServerResponse>();
  server.on("request", ({ socket }, response) => {
    responses.set(socket, response);
    response.once("close", () => responses.delete(socket));
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // In the middle of an answer a second one would be taken for a part of it.
    if (!socket.writable || responses.get(socket)?.headersSent === true) socket.destroy();
    else socket.end(answerTo(error.code ?? ""), () => socket.destroy());
  });
};

const answerTo = (code: string): string => {
  const { status, problem } = refusals[code] ?? malformed;
  const body = JSON.stringify(failure(problem, instantOf(Date.now())));
  return [
    `HTTP/1.1 ${status}`,
    "Connection: close",
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "X-Content-Type-Options: nosniff",
    "Cache-Control: no-store",
    "",
    body,
  ].join("\r\n");
};

type Refusal = { readonly status: string; readonly problem: Problem };

const malformed: Refusal = {
  status: "400 Bad Request",
  problem: failed("input-invalid", "This is not an HTTP request.").problem,
};
const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: "431 Request Header Fields Too Large",
    problem: failed("too-large", "The head of the request is larger than 16 KB.").problem,
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: "408 Request Timeout",
    problem: failed("input-invalid", "The request did not arrive in time.").problem,
  },
};
