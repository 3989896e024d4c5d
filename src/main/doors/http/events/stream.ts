import { setImmediate } from "node:timers/promises";
import type { Readings } from "../../../../core/service/service.ts";
import type { Alert } from "../../../../shared/alert.ts";
import type { Delta } from "../../../../shared/snapshot.ts";
import { problemOf } from "../../problem.ts";
import type { HttpParts } from "../parts.ts";
import { accepts, after, type EventFilter, frameOf, type Position, type StreamEvent, writePosition } from "./event.ts";
import { missed } from "./missed.ts";

/** The far end of a connection that events are written to. */
export type Sink = {
  /** False: it has more than it can send; wait for `drained`. */
  readonly write: (chunk: string | Uint8Array) => boolean;
  /** Bytes written and not yet sent. */
  readonly waiting: () => number;
  /** Resolves when it can take more, or is gone. */
  readonly drained: () => Promise<void>;
  readonly end: () => void;
  /** Cuts it off, with all that waits. */
  readonly destroy: () => void;
};

type Client = {
  readonly filter: EventFilter;
  readonly sink: Sink;
  /** A live client is where the stream is; the others still read the journal. */
  live: boolean;
  position: Position;
  stuckSince: number | null;
};

type Framed = { readonly event: StreamEvent; readonly text: string };

/** Nobody waits for a client that does not take what it is sent: it is dropped, and can resume. */
const maxWaiting = 1024 * 1024;
const maxStuckMs = 60_000;
const heartbeatMs = 15_000;

/**
 * Hears the service's deltas and tells every client, in the journal's order. It listens only while somebody is there; an
 * event is written out once, whatever the number of clients.
 */
export const createEventStream = (parts: Pick<HttpParts, "service" | "journal" | "clock" | "log">) => {
  const { journal, clock, log } = parts;
  const { subscribe, readings } = parts.service;
  const clients = new Set<Client>();
  let position: Position = { message: 0, change: 0 };
  let known: ReadonlyMap<number, string> = new Map();
  let quit: () => void = () => undefined;
  let cancelHeartbeat: () => void = () => undefined;

  const begin = (): void => {
    const now = readings();
    position = now.lastIds;
    known = fingerprints(now.alerts);
    cancelHeartbeat = clock.after(heartbeatMs, heartbeat);
    quit = subscribe(hear);
  };

  const leave = (client: Client): void => {
    if (!clients.delete(client) || clients.size > 0) return;
    quit();
    cancelHeartbeat();
  };

  const drop = (client: Client): void => {
    leave(client);
    client.sink.destroy();
  };

  const hear = (delta: Delta): void => {
    const messages = delta.messages.filter(({ id }) => id > position.message).reverse();
    const changes = delta.changes.filter(({ id }) => id > position.change).reverse();
    const alerts = (delta.set.alerts ?? []).filter((alert) => known.get(alert.id) !== fingerprint(alert));
    if (delta.set.alerts !== undefined) known = fingerprints(delta.set.alerts);
    const before = position;
    position = { message: messages.at(-1)?.id ?? before.message, change: changes.at(-1)?.id ?? before.change };
    const left =
      position.message - before.message - messages.length + (position.change - before.change - changes.length);
    const live = [...clients].filter((client) => client.live);
    // A delta leaves out what no window could show; whoever wants everything reads that in the journal.
    if (left > 0) {
      for (const client of live) void fallBack(client, before);
      return;
    }
    broadcast(live, [
      ...frames(before, [...messages.map(asMessage), ...changes.map(asChange)]),
      ...frames(position, [...alerts.map(asAlert), ...(touchesState(delta) ? [stateOf(readings())] : [])]),
    ]);
  };

  const broadcast = (live: readonly Client[], framed: readonly Framed[]): void => {
    const chunks = new Map<string, Uint8Array>();
    for (const client of live) {
      const key = JSON.stringify(client.filter);
      const chunk = chunks.get(key) ?? Buffer.from(select(client.filter, framed));
      chunks.set(key, chunk);
      if (chunk.length > 0) client.sink.write(chunk);
      if (client.sink.waiting() > maxWaiting) drop(client);
    }
  };

  const fallBack = (client: Client, from: Position): Promise<void> => {
    client.live = false;
    client.position = from;
    return catchUp(client);
  };

  /** Page by page, so that neither the service nor another client waits for a long absence. */
  const catchUp = async (client: Client): Promise<void> => {
    try {
      while (clients.has(client) && !reached(client.position, position)) {
        const page = missed(journal, client.position, position);
        const text = select(client.filter, frames(client.position, page.events));
        client.position = page.reached;
        if (text !== "" && !client.sink.write(text)) await drained(client);
        await setImmediate();
      }
    } catch (error) {
      log.warn("An event stream was dropped: the journal could not be read.", { kind: problemOf(error).problem.kind });
      return drop(client);
    }
    if (clients.has(client)) goLive(client);
  };

  const drained = async (client: Client): Promise<void> => {
    client.stuckSince = clock.now();
    await client.sink.drained();
    client.stuckSince = null;
  };

  /** How things stand, told to everybody who has just arrived. */
  const goLive = (client: Client): void => {
    client.live = true;
    const now = readings();
    const active = now.alerts.filter(({ state }) => state.name === "active");
    const text = select(client.filter, frames(position, [stateOf(now), ...active.map(asAlert)]));
    if (text !== "") client.sink.write(text);
  };

  const heartbeat = (): void => {
    cancelHeartbeat = clock.after(heartbeatMs, heartbeat);
    for (const client of clients) {
      client.sink.write(": heartbeat\n\n");
      const stuckMs = client.stuckSince === null ? 0 : clock.now() - client.stuckSince;
      if (stuckMs > maxStuckMs || client.sink.waiting() > maxWaiting) drop(client);
    }
  };

  return {
    /** `from`: where the client was last, by its Last-Event-ID. The returned function takes it out again. */
    join: (sink: Sink, filter: EventFilter, from: Position | null): (() => void) => {
      if (clients.size === 0) begin();
      const start = from === null ? position : earlier(from, position);
      const client: Client = { filter, sink, live: false, position: start, stuckSince: null };
      clients.add(client);
      sink.write(`retry: 2000\nid: ${writePosition(start)}\n\n`);
      void catchUp(client);
      return () => leave(client);
    },
    close: (): void => {
      for (const client of [...clients]) {
        leave(client);
        client.sink.end();
      }
    },
  };
};
export type EventStream = ReturnType<typeof createEventStream>;

const frames = (from: Position, events: readonly StreamEvent[]): readonly Framed[] => {
  let at = from;
  return events.map((event) => {
    at = after(at, event);
    return { event, text: frameOf(event, at) };
  });
};

const select = (filter: EventFilter, framed: readonly Framed[]): string =>
  framed.flatMap(({ event, text }) => (accepts(filter, event) ? [text] : [])).join("");

/** A place beyond the journal's end belongs to another journal: then one begins now. */
const earlier = (a: Position, b: Position): Position => ({
  message: Math.min(a.message, b.message),
  change: Math.min(a.change, b.change),
});
const reached = (a: Position, goal: Position): boolean => a.message >= goal.message && a.change >= goal.change;

const fingerprint = (alert: Alert): string => JSON.stringify([alert.lastAt, alert.count, alert.state]);
const fingerprints = (alerts: readonly Alert[]): ReadonlyMap<number, string> =>
  new Map(alerts.map((alert) => [alert.id, fingerprint(alert)]));

const touchesState = ({ set }: Delta): boolean =>
  "connection" in set || "source" in set || "health" in set || "targets" in set;
const stateOf = ({ connection, source, health, targets }: Readings): StreamEvent => ({
  name: "state",
  data: { connection, source, health, targets },
});
const asMessage = (data: Delta["messages"][number]): StreamEvent => ({ name: "message", data });
const asChange = (data: Delta["changes"][number]): StreamEvent => ({ name: "change", data });
const asAlert = (data: Alert): StreamEvent => ({ name: "alert", data });
