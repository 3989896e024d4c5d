import { type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { expect } from "vitest";
import { z } from "zod";
import { instantSchema } from "../../src/shared/instant.ts";
import { httpStatus, type ProblemKind, problemKindSchema } from "../../src/shared/problem.ts";

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

type Question = {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** Text and bytes are sent as they are, anything else as JSON with its content type. */
  readonly body?: unknown;
  readonly socketPath?: string;
  /** For many requests over few connections; otherwise each has its own. */
  readonly agent?: Agent;
  /** Hangs up when the head has come: for answers without an end. */
  readonly headOnly?: boolean;
};

/** One request over a connection of its own, with exactly these headers: fetch would not let us lie about Host. */
export const ask = (url: string, question: Question = {}): Promise<Answer> => {
  const { body, headers = {}, method = "GET", socketPath, agent = false, headOnly = false } = question;
  const json = body !== undefined && typeof body !== "string" && !(body instanceof Uint8Array);
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        agent,
        headers: { ...(json ? { "content-type": "application/json" } : {}), ...headers },
        ...(socketPath === undefined ? {} : { socketPath }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        const { statusCode: status = 0, headers } = response;
        if (headOnly && status === 200) {
          resolve({ status, headers, text: "" });
          response.on("error", () => undefined).destroy();
          return;
        }
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => resolve({ status, headers, text: Buffer.concat(chunks).toString() }));
      },
    );
    sent.on("error", reject);
    sent.end(json ? JSON.stringify(body) : body);
  });
};

export const jsonOf = ({ text }: Answer): unknown => JSON.parse(text);

/** What every good JSON answer has around it, and the rest as the schema reads it. */
export const expectSuccess = <T extends z.ZodType>(answer: Answer, schema: T): z.output<T> => {
  expect(answer.status, answer.text.slice(0, 500)).toBe(200);
  expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
  const body = jsonOf(answer);
  z.object({ success: z.literal(true), timestamp: instantSchema }).parse(body);
  return schema.parse(body);
};

const failureSchema = z.looseObject({
  success: z.literal(false),
  timestamp: instantSchema,
  error: z.string().regex(/^[A-Za-z].*[.)]$/s, "a plain sentence"),
  code: problemKindSchema,
  at: z.string().optional(),
});

/** The one shape of every failure, with the status that fits its kind. */
export const expectFailure = (answer: Answer, kind: ProblemKind): z.infer<typeof failureSchema> => {
  const failure = failureSchema.parse(jsonOf(answer));
  expect(failure.code, failure.error).toBe(kind);
  expect(answer.status).toBe(httpStatus[kind]);
  expectCalm(answer);
  return failure;
};

/** What no answer may carry: CORS headers, a stack, a path of this machine. And what every one must. */
export const expectCalm = ({ headers, text }: Answer): void => {
  expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["x-powered-by"]).toBeUndefined();
  expect(headers.server).toBeUndefined();
  expect(text).not.toMatch(/\n\s+at /);
  expect(text).not.toMatch(/node_modules|\.ts\b|\/(home|tmp|work|usr|root)\//);
};

/** Writes bytes to the service as they are and answers all that comes back until it hangs up. */
export const sendBytes = (address: string, bytes: string | Buffer): Promise<string> => {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let received = "";
    socket.setEncoding("utf8").on("data", (text) => {
      received += text;
    });
    socket.on("close", () => resolve(received));
    // A peer that hangs up while we still send.
    socket.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "ECONNRESET" || error.code === "EPIPE" ? resolve(received) : reject(error),
    );
  });
};
