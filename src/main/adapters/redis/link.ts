import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import type { Link, LinkEvents } from "../../../core/ports.ts";
import { type Problem, ProblemError, raise } from "../../../shared/problem.ts";
import { type Attempted, closedProblem, overrunProblem, redisProblem } from "./problems.ts";

/** Remembers why a client failed: ioredis tells it apart from the fact that it did. */
export const watchClient = (client: Redis) => {
  let lastError: unknown = null;
  client.on("error", (error: unknown) => {
    lastError = error;
  });
  client.on("ready", () => {
    lastError = null;
  });
  return { lastError: () => lastError };
};

/** The server closed in the middle of so much within so short a time: it had a backlog for us. */
const flood = { bytes: 1_000_000, withinMs: 1000, upToMs: 250 } as const;

const isNoPermission = (error: unknown): boolean => error instanceof Error && error.message.startsWith("NOPERM");

export const createLink = (options: {
  readonly client: Redis;
  readonly events: LinkEvents;
  readonly watch: { readonly lastError: () => unknown };
  readonly attempted: Attempted;
}): Link => {
  const { client, events, watch, attempted } = options;
  const probeChannel = `avspark:probe:${randomUUID()}`;
  const awaited = new Map<string, () => void>();
  let canPublish = true;
  let closed = false;
  let received = { at: 0, bytes: 0 };
  let mark = { at: 0, bytes: 0, before: 0 };

  client.on("messageBuffer", (name: Buffer, payload: Buffer) => {
    if (closed) return;
    const channel = name.toString();
    if (channel === probeChannel) {
      const nonce = payload.toString();
      awaited.get(nonce)?.();
      awaited.delete(nonce);
      return;
    }
    note(payload.length);
    events.onMessage(channel, payload);
  });

  const note = (bytes: number): void => {
    const at = Date.now();
    received = { at, bytes: received.bytes + bytes };
    if (at - mark.at >= flood.withinMs) mark = { at, bytes: received.bytes, before: mark.bytes };
  };

  const loss = (): Problem => {
    const error = watch.lastError();
    if (error !== null) return redisProblem(error, attempted);
    const flooded = received.bytes - mark.before >= flood.bytes && Date.now() - received.at <= flood.upToMs;
    return flooded ? overrunProblem(attempted) : closedProblem(attempted);
  };

  client.once("close", () => {
    if (!closed) events.onLost(loss());
  });

  const refusal = (error: unknown): ProblemError =>
    new ProblemError(client.status === "ready" ? redisProblem(error, attempted) : loss());

  return {
    subscribe: async ({ required, extra }) => {
      const attempt = (channel: string) =>
        client.subscribe(channel).then(
          () => true,
          (error: unknown) => {
            if (isNoPermission(error)) return false;
            throw refusal(error);
          },
        );
      const allowed = await Promise.all(
        [...required, ...extra].map(async (channel) => ({ channel, yes: await attempt(channel) })),
      );
      const forbidden = allowed.find(({ channel, yes }) => !yes && required.includes(channel));
      if (forbidden !== undefined)
        return raise("redis-no-permission", `The Redis user may not subscribe to the channel "${forbidden.channel}".`);
      canPublish = await attempt(probeChannel);
      return allowed.filter(({ yes }) => yes).map(({ channel }) => channel);
    },

    probe: async () => {
      // A server without RESP3 lets a subscriber do nothing but PING.
      if (canPublish && client.mode !== "subscriber") {
        const nonce = randomUUID();
        const returned = new Promise<void>((resolve) => awaited.set(nonce, resolve));
        try {
          await client.publish(probeChannel, nonce);
          await returned;
          return "publish";
        } catch (error) {
          if (!isNoPermission(error)) throw refusal(error);
          awaited.delete(nonce);
          canPublish = false;
        }
      }
      await client.ping().catch((error: unknown) => {
        // Even a refusal is an answer, and an answer is what was asked for.
        if (!isNoPermission(error)) throw refusal(error);
      });
      return "ping";
    },

    close: () => {
      closed = true;
      awaited.clear();
      client.disconnect();
    },
  };
};
