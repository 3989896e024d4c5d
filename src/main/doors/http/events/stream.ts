import { setImmediate } from "node:timers/promises";
import type { Readings } from "../../../../core/service/service.ts";
import type { Alert } from "../../../../shared/alert.ts";
import type { Delta } from "../../../../shared/snapshot.ts";
import { problemOf } from "../../caught.ts";
import type { HttpParts } from "../parts.ts";
import type { Sink } from "../sse.ts";
import { bundle } from "./bundle.ts";
import { type EventFilter, type Position, type StreamEvent, writePosition } from "./event.ts";
import { createMissed } from "./missed.ts";

type Client = {
  readonly filter: EventFilter;
  readonly sink: Sink;
  /** A live client is where the stream is; the others still read the journal. */
  live: boolean;
  position: Position;
  stuckSince: number | null;
};

/**
 * Nobody waits for a client that takes too little: with more than this waiting it is sent no more, and reads the rest in
 * the journal when it can. One that takes nothing for so long is dropped; it can come back and has missed nothing.
 */
const maxWaiting = 1024 * 1024;
const maxStuckMs = 20_000;
const heartbeatMs = 10_000;
/** Each may keep a megabyte waiting. */
const mostClients = 250;

/** Hears the service's deltas and tells every client, in the journal's order. It listens only while somebody is there. */
export const createEventStream = (parts: Pick<HttpParts, "service" | "journal" | "clock" | "log">) => {
  const { journal, clock, log } = parts;
  const { subscribe, readings } = parts.service;
  const missed = createMissed(journal);
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

  const drop = (client: Client, because: string): void => {
    log.warn(`an event stream was dropped: ${because}`);
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
    const leftOut =
      position.message - before.message - messages.length + (position.change - before.change - changes.length);
    const news = bundle([
      { from: before, events: [...messages.map(asMessage), ...changes.map(asChange)] },
      { from: position, events: [...alerts.map(asAlert), ...(touchesState(delta) ? [stateOf(readings())] : [])] },
    ]);
    for (const client of [...clients].filter(({ live }) => live)) {
      // A delta leaves out what no window could show; whoever wants everything reads that in the journal.
      if (leftOut > 0 || client.sink.waiting() > maxWaiting) void fallBack(client, before);
      else send(client, news(client.filter));
    }
  };

  const send = ({ sink }: Client, chunk: Uint8Array): void => {
    if (chunk.length > 0) sink.write(chunk);
  };

  const fallBack = (client: Client, from: Position): Promise<void> => {
    client.live = false;
    client.position = from;
    return catchUp(client);
  };

  /** Page by page, so that neither the service nor another client waits for a long absence. */
  const catchUp = async (client: Client): Promise<void> => {
    try {
      await drained(client);
      while (clients.has(client) && !reached(client.position, position)) {
        const page = missed(client.position, position);
        client.position = page.reached;
        send(client, page.bundle(client.filter));
        await drained(client);
        await setImmediate();
      }
    } catch (error) {
      return drop(client, `the journal could not be read (${problemOf(error).problem.kind})`);
    }
    if (clients.has(client)) goLive(client);
  };

  const drained = async (client: Client): Promise<void> => {
    client.stuckSince = clock.elapsed();
    await client.sink.drained();
    client.stuckSince = null;
  };

  /** How things stand, told to everybody who arrives or comes back: neither alerts nor states are in the journal. */
  const goLive = (client: Client): void => {
    client.live = true;
    const now = readings();
    const active = now.alerts.filter(({ state }) => state.name === "active");
    send(client, bundle([{ from: position, events: [stateOf(now), ...active.map(asAlert)] }])(client.filter));
  };

  const heartbeat = (): void => {
    cancelHeartbeat = clock.after(heartbeatMs, heartbeat);
    for (const client of [...clients]) {
      const stuckMs = client.stuckSince === null ? 0 : clock.elapsed() - client.stuckSince;
      if (stuckMs >= maxStuckMs) drop(client, "its client does not take what it is sent");
      else client.sink.write(": heartbeat\n\n");
    }
  };

  return {
    isFull: (): boolean => clients.size >= mostClients,
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
