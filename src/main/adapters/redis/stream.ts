import { z } from "zod";
import { beforeAll } from "../../../core/feed/stream-position.ts";
import { portError } from "../../../core/port-problem.ts";
import type { StreamEntry, StreamLink, StreamState } from "../../../core/ports.ts";
import type { Client } from "./client.ts";
import { type Attempted, closedProblem, type RedisProblem, redisProblem } from "./redis-problem.ts";

/** The stream as the link has it. */
export type StreamReading = StreamLink & {
  /** Whether it can be read at all, and how far it goes; asked before any channel is listened to. */
  readonly look: () => Promise<RedisProblem | null>;
  /** What is wrong with it as far as is known; null: nothing. */
  readonly trouble: () => RedisProblem | null;
  /** Resolves when the server answers, behind whatever is waited for. */
  readonly prove: () => Promise<void>;
  readonly close: () => void;
};

/** No entry comes after it. */
const afterAll = "18446744073709551615-18446744073709551615";

const id = z.string().regex(/^\d+-\d+$/);
const bytes = z.instanceof(Buffer);
const text = bytes.transform((value) => value.toString());
const textId = text.pipe(id);
const fieldsSchema = z
  .array(bytes)
  .transform((flat) =>
    Array.from({ length: flat.length / 2 }, (_, index): readonly [string, Uint8Array] => [
      (flat[2 * index] ?? Buffer.alloc(0)).toString(),
      flat[2 * index + 1] ?? Buffer.alloc(0),
    ]),
  );
/** An entry that was deleted meanwhile may stand there without fields. */
const entrySchema = z.tuple([textId, fieldsSchema.nullable()]);
const entriesSchema = z.array(entrySchema);
/** By name, as RESP2 (a list of pairs) and RESP3 (a map, put flat) say it. */
const readSchema = z.union([z.null(), z.tuple([z.tuple([bytes, entriesSchema])]), z.tuple([bytes, entriesSchema])]);
const stateSchema = z.object({
  length: z.int(),
  "last-generated-id": textId,
  "entries-added": z.int().optional(),
  "max-deleted-entry-id": textId.optional(),
  "first-entry": z.tuple([textId, z.unknown()]).nullable(),
});

/**
 * One stream, over a connection of its own, since whoever waits on a connection keeps it from everything else. What there is
 * and how the stream stands are asked for in one transaction, so that nothing can go between the two.
 */
export const createStreamReading = (options: {
  readonly name: string;
  /** Connected and signed in. */
  readonly client: Client;
  readonly attempted: Attempted;
  /** Something else is wrong with it than before, or nothing any longer. */
  readonly onChanged: () => void;
  /** The server refuses what was asked for before it was given. */
  readonly onRefused: (problem: RedisProblem) => void;
}): StreamReading => {
  const { name, client, attempted } = options;
  const { redis } = client;
  let trouble: RedisProblem | null = null;
  let newestBefore: string | null = null;
  const note = (problem: RedisProblem | null): void => {
    const isOther = problem?.kind !== trouble?.kind;
    trouble = problem;
    if (isOther) options.onChanged();
  };

  const askFor = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      const isGone = redis.status !== "ready";
      const problem = isGone ? lossOf(client, attempted) : streamProblem(error, name, attempted);
      if (!isGone) {
        note(problem);
        options.onRefused(problem);
      }
      throw portError("subscription", problem, error);
    }
  };

  const take: StreamLink["take"] = (after, most) =>
    askFor(async () => {
      const [info, read] = answersOf(
        await redis
          .multi()
          .callBuffer("XINFO", "STREAM", name)
          .callBuffer("XREAD", "COUNT", String(most), "STREAMS", name, after)
          .exec(),
      );
      const entries = entriesIn(unlessError(read));
      const state = isMissing(info) ? null : stateIn(unlessError(info));
      note(state === null ? missingProblem(name) : null);
      return { state, entries };
    });

  return {
    name,
    newestBefore: () => newestBefore,
    take,
    wait: (after, ms) =>
      askFor(async () => {
        const block = String(Math.max(1, Math.round(ms)));
        const read = await redis.callBuffer("XREAD", "COUNT", "1", "BLOCK", block, "STREAMS", name, after);
        return read !== null;
      }),
    look: async () => {
      try {
        const { state } = await take(afterAll, 1);
        newestBefore = state === null ? beforeAll : state.last;
      } catch (error) {
        if (redis.status !== "ready") throw error;
      }
      return trouble?.kind === missing ? null : trouble;
    },
    trouble: () => trouble,
    prove: async () => {
      await redis.ping();
    },
    close: () => redis.disconnect(),
  };
};

const missing = "redis-stream-missing";

const missingProblem = (name: string): RedisProblem => ({
  kind: missing,
  message: `There is no stream "${name}" yet.`,
});

/** What it is that a connection is gone for. */
const lossOf = (client: Client, attempted: Attempted): RedisProblem => {
  const cause = client.cause();
  return cause === null ? closedProblem(attempted) : redisProblem(cause, attempted);
};

const isReply = (error: unknown): error is Error => error instanceof Error && error.name === "ReplyError";

const isMissing = (answer: readonly [unknown, unknown]): boolean =>
  isReply(answer[0]) && answer[0].message === "ERR no such key";

type Answer = readonly [error: unknown, value: unknown];

const answersOf = (answers: readonly Answer[] | null): readonly [Answer, Answer] => {
  const [info, read] = answers ?? [];
  if (info === undefined || read === undefined) throw new Error("A transaction without its answers.");
  return [info, read];
};

const unlessError = ([error, value]: Answer): unknown => {
  if (error !== null && error !== undefined) throw error;
  return value;
};

const entriesIn = (value: unknown): readonly StreamEntry[] => {
  const read = readSchema.parse(value);
  if (read === null) return [];
  const entries = read.length === 1 ? read[0][1] : read[1];
  return entries.map(([id, fields]) => ({ id, fields: fields ?? [] }));
};

const stateIn = (value: unknown): StreamState => {
  const flat = z.array(z.unknown()).parse(value);
  const named = Object.fromEntries(
    Array.from({ length: flat.length / 2 }, (_, index) => [String(flat[2 * index]), flat[2 * index + 1]]),
  );
  const state = stateSchema.parse(named);
  const deleted = state["max-deleted-entry-id"] ?? null;
  return {
    first: state["first-entry"]?.[0] ?? null,
    last: state["last-generated-id"],
    length: state.length,
    added: state["entries-added"] ?? null,
    deleted: deleted === "0-0" ? null : deleted,
  };
};

/** What Redis answers when it does not let us read. */
const streamProblem = (error: unknown, name: string, attempted: Attempted): RedisProblem => {
  const told = wordsOf(error);
  if (told.some((message) => message.startsWith("NOPERM")))
    return {
      kind: "redis-no-permission",
      message: `The Redis user may not read the stream "${name}" (XREAD, XINFO STREAM, MULTI and EXEC).`,
    };
  if (told.some((message) => message.startsWith("WRONGTYPE")))
    return { kind: "redis-stream", message: `What Redis keeps under "${name}" is no stream.` };
  const problem = redisProblem(error, attempted);
  // Redis before 5 has no streams, a cluster keeps this one elsewhere, and a stand-in answers whatever it likes.
  const isOther = problem.kind === "redis-closed" || problem.kind === "redis-protocol";
  return isOther ? { kind: "redis-stream", message: `Redis does not give us the stream "${name}".` } : problem;
};

/** A transaction that is refused names its reasons beside it. */
const wordsOf = (error: unknown): readonly string[] => {
  if (!(error instanceof Error)) return [];
  const before: unknown = Reflect.get(error, "previousErrors");
  return [error, ...(Array.isArray(before) ? before : [])].flatMap((one: unknown) =>
    one instanceof Error ? one.message : [],
  );
};
