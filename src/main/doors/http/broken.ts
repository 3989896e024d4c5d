import type { Server, ServerResponse } from "node:http";
import type { Server as TlsServer } from "node:https";
import type { Duplex } from "node:stream";
import { instantOf } from "../../../shared/instant.ts";
import { failed, type Problem } from "../../../shared/problem.ts";
import { failure } from "./answer.ts";

/** What never becomes a request, since node cannot read it or it comes too slowly, is refused in the same shape. */
export const refuseBroken = (server: Server | TlsServer): void => {
  const responses = new WeakMap<Duplex, ServerResponse>();
  server.on("request", ({ socket }, response) => {
    responses.set(socket, response);
    response.once("close", () => responses.delete(socket));
  });
  server.on("clientError", (error: ClientError, socket) => {
    // In the middle of an answer a second one would be taken for a part of it.
    if (!socket.writable || responses.get(socket)?.headersSent === true) socket.destroy();
    else socket.end(answerTo(refusalOf(error)), () => socket.destroy());
  });
};

/** What node's parser adds to its errors: what it was given, and how far it came. */
type ClientError = NodeJS.ErrnoException & { readonly rawPacket?: Uint8Array; readonly bytesParsed?: number };

const refusalOf = ({ code = "", rawPacket, bytesParsed = 0 }: ClientError): Refusal => {
  const stoppedAt = rawPacket?.[bytesParsed] ?? 0;
  if (code === "HPE_INVALID_URL" && stoppedAt > 0x7f) return unencoded;
  return refusals[code] ?? malformed;
};

const answerTo = ({ status, problem }: Refusal): string => {
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
const unencoded: Refusal = {
  status: "400 Bad Request",
  problem: failed(
    "input-invalid",
    "Letters beyond ASCII must be percent-encoded in an address, as ö is %C3%B6; curl does it with -G --data-urlencode.",
  ).problem,
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
