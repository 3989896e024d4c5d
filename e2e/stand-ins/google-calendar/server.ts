import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type Answer, errorAnswer, Refusal, refusals } from "./answers.ts";
import { type AccessRole, type Calendar, createCalendar } from "./calendar.ts";
import { asJson } from "./event.ts";
import { createFaults, type Fault, faultAnswer, type IncomingCall, type PlannedFault } from "./faults.ts";
import { selectFields } from "./fields.ts";
import { createHands, type Hands } from "./hands.ts";
import { createOAuthServer } from "./oauth.ts";
import { createPeople, isPeopleMethod, type People, peopleRoute } from "./people.ts";
import { perform, route } from "./routes.ts";

export type Call = IncomingCall & {
  /** null: no answer was given. */
  readonly status: number | null;
  readonly ifMatch: string | null;
  readonly fault: Fault["kind"] | null;
};

export type GoogleOptions = {
  /** How long every call takes. */
  readonly latencyMs?: number;
  readonly port?: number;
  /** Beside the primary one. */
  readonly calendars?: readonly { readonly id: string; readonly summary: string; readonly accessRole: AccessRole }[];
  /** Further accounts, each with a primary calendar of its own. What is shared with whom is left out. */
  readonly accounts?: readonly string[];
  /** Decides on a fault for each call, beside those that are planned. */
  readonly decide?: (call: IncomingCall) => Fault | null;
  readonly now?: () => number;
  /** PEM files: speaks TLS. */
  readonly certificate?: { readonly cert: string; readonly key: string };
};

export type GoogleStandIn = Hands & {
  /** The coordinator's contacts. */
  readonly people: Omit<People, "perform">;
  readonly url: string;
  readonly calls: readonly Call[];
  readonly forgetCalls: () => void;
  readonly setLatency: (ms: number) => void;
  readonly fail: (fault: PlannedFault) => void;
  readonly clearFaults: () => void;
  readonly connections: () => { readonly open: number; readonly most: number; readonly ever: number };
  readonly stop: () => Promise<void>;
};

export const primaryCalendar = "coordinator@example.com";

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
};

/** The id that an insert brings; null where it brings none, or cannot be read. */
const idIn = (body: string): string | null => {
  try {
    const { id } = asJson(JSON.parse(body));
    return typeof id === "string" ? id : null;
  } catch {
    return null;
  }
};

const send = (response: ServerResponse, answer: Answer, fields: string | null): void => {
  const headers = { "content-type": "application/json; charset=UTF-8", ...answer.headers };
  if (answer.body === undefined) {
    response.writeHead(answer.status, answer.headers).end();
    return;
  }
  const isText = typeof answer.body === "string";
  const body = isText || answer.status >= 400 ? answer.body : selectFields(answer.body, fields);
  response.writeHead(answer.status, headers).end(isText ? String(body) : JSON.stringify(body, null, 1));
};

const refused = (error: unknown): Answer => {
  if (error instanceof Refusal) return error.answer;
  if (error instanceof SyntaxError) return errorAnswer({ status: 400, reason: "parseError", message: "Parse Error" });
  throw error;
};

/**
 * A stand-in for Google Calendar v3 and Google's authorization server: a real HTTP server, faithful to the published
 * discovery document and the documented errors as far as Avspark uses them. See docs/google-stand-in.md.
 */
export const startGoogle = async (options: GoogleOptions = {}): Promise<GoogleStandIn> => {
  const now = options.now ?? Date.now;
  const oauth = createOAuthServer(primaryCalendar);
  const faults = createFaults();
  const calendars = new Map<string, Calendar>();
  const add = (id: string, summary: string, accessRole: AccessRole) =>
    calendars.set(id, createCalendar({ id, summary, accessRole, now }));
  add(primaryCalendar, "Coordinator", "owner");
  for (const account of options.accounts ?? []) add(account, account, "owner");
  for (const { id, summary, accessRole } of options.calendars ?? []) add(id, summary, accessRole);
  const world = { oauth, calendars, primary: primaryCalendar, add };
  const people = createPeople();

  const calls: Call[] = [];
  let latencyMs = options.latencyMs ?? 0;
  let number = 0;

  const answerOf = (incoming: IncomingCall, request: IncomingMessage, body: string): Answer => {
    try {
      const account = oauth.accountOf(request.headers.authorization);
      if (!incoming.method.startsWith("oauth.") && account === null) {
        return errorAnswer(refusals.authError);
      }
      const url = new URL(request.url ?? "/", "http://localhost");
      const { method } = incoming;
      if (isPeopleMethod(method)) return people.perform(method, { query: url.searchParams, body, account });
      const ifMatch = request.headers["if-match"] ?? null;
      return perform(world, { ...incoming, method, account, query: url.searchParams, body, ifMatch });
    } catch (error) {
      return refused(error);
    }
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const body = await readBody(request);
    const asked = peopleRoute(request.method ?? "GET", url.pathname);
    const ofPeople = asked === null ? null : { method: asked, calendarId: null, eventId: null };
    const target = ofPeople ?? route(request.method ?? "GET", url.pathname);
    if (target === null) return send(response, errorAnswer(refusals.notFound), null);
    number += 1;
    const eventId = target.method === "events.insert" ? idIn(body) : target.eventId;
    const incoming: IncomingCall = { number, ...target, eventId };
    const fault = faults.next(incoming) ?? options.decide?.(incoming) ?? null;
    await wait(latencyMs);
    const real = fault?.when === "before" ? null : answerOf(incoming, request, body);
    const answer = fault === null ? real : faultAnswer(fault, real);
    calls.push({
      ...incoming,
      status: answer?.status ?? null,
      ifMatch: request.headers["if-match"] ?? null,
      fault: fault?.kind ?? null,
    });
    if (answer !== null) return send(response, answer, url.searchParams.get("fields"));
    if (fault?.kind === "drop") request.socket.destroy();
  };

  const sockets = new Set<Socket>();
  let most = 0;
  let ever = 0;
  const listener: RequestListener = (request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A client that was killed has hung up; anything else is a mistake in the stand-in itself.
      if (!request.socket.destroyed) response.writeHead(500).end(`stand-in: ${String(error)}`);
    });
  };
  const { certificate } = options;
  const server =
    certificate === undefined
      ? createServer(listener)
      : createSecureServer({ cert: readFileSync(certificate.cert), key: readFileSync(certificate.key) }, listener);
  server.on("connection", (socket) => {
    sockets.add(socket);
    ever += 1;
    most = Math.max(most, sockets.size);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `${certificate === undefined ? "http" : "https"}://127.0.0.1:${port}/`;

  return {
    ...createHands(world),
    people,
    url,
    calls,
    forgetCalls: () => {
      calls.length = 0;
      most = sockets.size;
    },
    setLatency: (ms) => {
      latencyMs = ms;
    },
    fail: faults.plan,
    clearFaults: faults.clear,
    connections: () => ({ open: sockets.size, most, ever }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
