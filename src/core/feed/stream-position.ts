import { z } from "zod";
import type { StreamEntry, StreamState, StreamTaken } from "../ports.ts";

/**
 * Up to where a stream was read. `added`: how many entries it had been given by then; null where the server does not count.
 * `at`: when that was so, by the wall clock, for people. `said`: by which time the last entry was taken to be said; what comes after
 * it in the stream was said no earlier.
 */
export const streamPositionSchema = z
  .object({
    id: z.string().regex(/^\d{1,20}-\d{1,20}$/),
    added: z.int().nullable(),
    at: z.number(),
    said: z.number().optional(),
  })
  .readonly();
export type StreamPosition = z.infer<typeof streamPositionSchema>;

/** How entries came to be lost that we had not read. `remade`: the stream was deleted, or its server lost what it had. */
export type StreamLoss = "trimmed" | "remade";

export type StreamStep = {
  readonly loss: StreamLoss | null;
  /** Where we are when the loss is known and nothing of this is taken yet; null: at the beginning. */
  readonly from: StreamPosition | null;
  /** What was taken, and where we are when we have it. */
  readonly entries: readonly { readonly entry: StreamEntry; readonly position: StreamPosition }[];
  /** Where we are when we have all of it; null: to be read from its beginning. */
  readonly position: StreamPosition | null;
  /** There was no more at that moment. */
  readonly isCaughtUp: boolean;
};

export const beforeAll = "0-0";

/**
 * What a reading of a stream amounts to. Nothing was missed only where that can be shown: the entry we were at is still there,
 * or as many are gone as we had read. A stream that was never looked at is read from its beginning, whatever there is of it,
 * and so is one that is another than it was: what of it we had is known when it comes again.
 */
export const followStream = (
  known: StreamPosition | null,
  { state, entries: taken }: StreamTaken,
  { most, at }: { readonly most: number; readonly at: number },
): StreamStep => {
  const loss = known === null ? null : lossOf(known, state);
  if (state === null) {
    const none = { id: beforeAll, added: 0, at };
    return { loss, from: none, entries: [], position: none, isCaughtUp: true };
  }
  if (loss === "remade") return { loss, from: null, entries: [], position: null, isCaughtUp: false };
  const isCaughtUp = taken.length < most;
  const end: StreamPosition = { id: state.last, added: state.added, at };
  const before = known !== null && (loss === null || !isPassed(known, state)) ? known.added : goneOf(state);
  const entries = taken.map((entry, index) => {
    const isEnd = isCaughtUp && index === taken.length - 1;
    return { entry, position: isEnd ? end : { id: entry.id, added: before === null ? null : before + index + 1, at } };
  });
  const from = known === null ? null : { ...known, added: before, at };
  return { loss, from, entries, position: isCaughtUp ? end : (entries.at(-1)?.position ?? from), isCaughtUp };
};

const lossOf = (known: StreamPosition, state: StreamState | null): StreamLoss | null => {
  if (state === null) return known.id === beforeAll ? null : "remade";
  if (isBefore(state.last, known.id)) return "remade";
  const gone = goneOf(state);
  if (gone === null || known.added === null || state.added === null) {
    // Nobody counts: when the entry we were at is gone, those after it may be gone as well.
    const isNew = isBefore(known.id, state.last) && known.id !== beforeAll;
    return isNew && isPassed(known, state) ? "trimmed" : null;
  }
  if (state.added < known.added) return "remade";
  if (state.deleted !== null && isBefore(known.id, state.deleted)) return "trimmed";
  if (!isPassed(known, state) || gone === known.added) return null;
  // Where fewer are gone than we had, those that there are are none that came after them.
  return gone < known.added ? "remade" : "trimmed";
};

/** None is left of those up to where we were. */
const isPassed = ({ id }: StreamPosition, { first }: StreamState): boolean => first === null || isBefore(id, first);

/** How many are gone: trimmed, or deleted one by one. */
const goneOf = ({ added, length }: StreamState): number | null => (added === null ? null : added - length);

/** Ids are two numbers of 64 bits: milliseconds of the server's clock, and which within them. */
export const isBefore = (one: string, other: string): boolean => {
  const [time, which] = partsOf(one);
  const [otherTime, otherWhich] = partsOf(other);
  return time === otherTime ? which < otherWhich : time < otherTime;
};

const partsOf = (id: string): readonly [bigint, bigint] => {
  const [time = "0", which = "0"] = id.split("-");
  return [BigInt(time), BigInt(which)];
};

const earliestMs = Date.UTC(2001, 0);
const latestMs = Date.UTC(2100, 0);

/** When an entry was added, by the server's clock; null for an id that the publisher made up. */
export const addedAt = (id: string): number | null => {
  const ms = Number(partsOf(id)[0]);
  return ms >= earliestMs && ms < latestMs ? ms : null;
};
