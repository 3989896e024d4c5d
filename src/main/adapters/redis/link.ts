import { randomUUID } from "node:crypto";
import { portError, raiseFor } from "../../../core/port-problem.ts";
import type { Link, LinkEvents, ProbeAnswer } from "../../../core/ports.ts";
import type { ProblemError } from "../../../shared/problem.ts";
import type { Client } from "./client.ts";
import {
  type Attempted,
  answerIn,
  closedProblem,
  overrunProblem,
  type RedisProblem,
  redisProblem,
} from "./redis-problem.ts";
import { createStreamReading } from "./stream.ts";

const raise = raiseFor("subscription");

/** The server closed in the middle of so much within so short a time: it had a backlog for us. */
const flood = { bytes: 1_000_000, withinMs: 1000, upToMs: 250 } as const;

const isNoPermission = (error: unknown): boolean => error instanceof Error && error.message.startsWith("NOPERM");

export const createLink = (options: {
  /** Connected and signed in. */
  readonly client: Client;
  readonly events: LinkEvents;
  readonly attempted: Attempted;
  /** null: no stream is wanted. */
  readonly stream: { readonly name: string; readonly client: Client } | null;
  /**
   * Where many must agree on what was said when: the channel on which all of them send their probes, each of which is a mark
   * among the messages. null: the probe is nobody else's business.
   */
  readonly marks: string | null;
  /** Whether the Sentinels now name another master. */
  readonly masterElsewhere: () => Promise<boolean>;
}): Link => {
  const { client, events, attempted, marks } = options;
  const { redis } = client;
  /** Nothing else is required, so a stream that cannot be read is the end of the link. */
  let isStreamAll = false;
  const stream =
    options.stream === null
      ? null
      : createStreamReading({
          ...options.stream,
          attempted,
          onChanged: () => events.onChanged?.(),
          onRefused: (problem) => {
            if (isStreamAll) lose(problem);
          },
        });
  const probeChannel = marks ?? `avspark:probe:${randomUUID()}`;
  const awaited = new Map<string, () => void>();
  let canPublish = true;
  let isMarked = marks === null;
  let closed = false;
  let received = { at: Number.NEGATIVE_INFINITY, bytes: 0 };
  let mark = { at: Number.NEGATIVE_INFINITY, bytes: 0, before: 0 };

  redis.on("messageBuffer", (name: Buffer, payload: Buffer) => {
    if (closed) return;
    const channel = name.toString();
    if (channel === probeChannel) {
      const nonce = payload.toString();
      awaited.get(nonce)?.();
      awaited.delete(nonce);
      isMarked = true;
      events.onMark?.(nonce);
      return;
    }
    note(payload.length);
    // It lies before the first proof of life, and so in a gap.
    if (!isMarked) return;
    events.onMessage(channel, payload);
  });

  const note = (bytes: number): void => {
    const at = performance.now();
    received = { at, bytes: received.bytes + bytes };
    if (at - mark.at >= flood.withinMs) mark = { at, bytes: received.bytes, before: mark.bytes };
  };

  const loss = (): RedisProblem => {
    const error = client.cause();
    if (error !== null) return redisProblem(error, attempted);
    const flooded = received.bytes - mark.before >= flood.bytes && performance.now() - received.at <= flood.upToMs;
    return flooded ? overrunProblem(attempted) : closedProblem(attempted);
  };

  const lose = (problem: RedisProblem): void => {
    if (!closed) events.onLost(problem);
  };
  redis.once("close", () => lose(loss()));
  options.stream?.client.redis.once("close", () => lose(closedProblem(attempted)));

  /** A master that the others gave up may not know it: to us it looks well, and nobody speaks to it any more. */
  const checkMaster = async (): Promise<void> => {
    const elsewhere = await options.masterElsewhere().catch(() => false);
    if (elsewhere) lose({ kind: "redis-closed", message: "The Sentinels have named another master." });
  };

  const refusal = (error: unknown): ProblemError =>
    portError("subscription", redis.status === "ready" ? redisProblem(error, attempted) : loss(), error);

  /** Even a refusal is an answer, and an answer is what a probe asks for. */
  const answerTo = (error: unknown): { readonly trouble: RedisProblem | null } => {
    const answer = answerIn(error);
    if (answer === null) throw refusal(error);
    return answer;
  };

  const probeChannels = async (): Promise<ProbeAnswer> => {
    // A server without RESP3 lets a subscriber do nothing but PING.
    if (canPublish && redis.mode !== "subscriber") {
      const nonce = randomUUID();
      const returned = new Promise<void>((resolve) => awaited.set(nonce, resolve));
      try {
        await redis.publish(probeChannel, nonce);
        await returned;
        return { proof: "publish", trouble: null };
      } catch (error) {
        awaited.delete(nonce);
        const { trouble } = answerTo(error);
        if (trouble !== null && !isMarked) throw portError("subscription", trouble, error);
        if (trouble !== null) return { proof: "ping", trouble };
        canPublish = false;
      }
    }
    if (marks !== null)
      return raise("redis-no-permission", `Redis does not let us publish on ${marks}, which the nodes of a desk must.`);
    const trouble = await redis.ping().then(
      () => null,
      (error: unknown) => answerTo(error).trouble,
    );
    return { proof: "ping", trouble };
  };

  return {
    subscribe: async ({ required, extra }) => {
      const refused = (await stream?.look()) ?? null;
      const attempt = (channel: string) =>
        redis.subscribe(channel).then(
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
      const channels = allowed.filter(({ yes }) => yes).map(({ channel }) => channel);
      if (stream === null) return channels;
      if (refused !== null && channels.length === 0) throw portError("subscription", refused);
      isStreamAll = channels.length === 0;
      return refused === null ? [...channels, stream.name] : channels;
    },

    stream,

    probe: async () => {
      void checkMaster();
      const [answer] = await Promise.all([probeChannels(), stream?.prove()]);
      return { ...answer, trouble: answer.trouble ?? stream?.trouble() ?? null };
    },

    close: () => {
      closed = true;
      awaited.clear();
      stream?.close();
      redis.disconnect();
    },
  };
};
