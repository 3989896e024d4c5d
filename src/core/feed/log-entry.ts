import type { Saying, StreamEntry, Telling } from "../ports.ts";
import type { Heard } from "./arrival.ts";
import { addedAt } from "./stream-position.ts";
import { type Word, wordSchema } from "./word.ts";
import type { Said } from "./word-order.ts";

/**
 * How entries of a desk's log are written today; it is raised with whatever else entries may tell, a new kind of word too.
 * Whoever meets a higher number was not there when that was decided.
 */
const logVersion = 1;

type Words = {
  /** null: the bytes are no text. */
  readonly text: (bytes: Uint8Array) => string | null;
};

const names = {
  version: "v",
  channel: "channel",
  waited: "waited",
  payload: "data",
  word: "word",
  name: "name",
  first: "first",
} as const;

/**
 * What waits shorter before it comes into the log was said in the log's own order, whatever makes one node slower than another
 * by some milliseconds; what waits longer was said before what the log took meanwhile.
 */
const longWaitMs = 2000;

/** An entry of the log, as fields and values in turn. `now` by `elapsed`. */
export const fieldsOf = (saying: Saying, now: number): readonly (string | Uint8Array)[] => {
  const waited = Math.max(0, Math.round(now - saying.heardAt));
  return [
    ...[names.version, String(logVersion), names.channel, saying.channel],
    ...(saying.isAgain || waited >= longWaitMs ? [names.waited, String(waited)] : []),
    ...[names.payload, saying.payload],
  ];
};

/** What a person said, as an entry of the log. */
export const wordFields = ({ name, word, first }: Telling): readonly string[] => [
  ...[names.version, String(logVersion), names.name, name, names.word, word],
  ...(first === null ? [] : [names.first, first]),
];

/** What a person said on one of the nodes; null: the entry is no such thing. `at`: when a log took it first. */
export const wordIn = (
  { id, fields }: StreamEntry,
  { now, text }: Words & { readonly now: number },
): { readonly said: Said; readonly word: Word; readonly at: number } | null => {
  const values = new Map(fields);
  const said = values.get(names.word);
  const name = values.get(names.name);
  if (said === undefined || name === undefined || isNewer(values, text)) return null;
  const read = readWord(text(said));
  if (read === null) return null;
  const first = text(values.get(names.first) ?? new Uint8Array());
  const stood = first !== null && isPlace.test(first) ? first : id;
  return { said: { id: stood, name: text(name) ?? "" }, word: read, at: Math.min(addedAt(stood) ?? now, now) };
};

const isPlace = /^\d{1,20}-\d{1,20}$/;

/** Nobody here knows what follows from it, also where it looks like something that is known. */
const isNewer = (values: ReadonlyMap<string, Uint8Array>, text: Words["text"]): boolean => {
  const said = values.get(names.version);
  return said !== undefined && Number(text(said)) > logVersion;
};

const readWord = (text: string | null): Word | null => {
  try {
    return wordSchema.parse(JSON.parse(text ?? ""));
  } catch {
    return null;
  }
};

/**
 * What was heard, as an entry of the log has it: the desk heard it when the log took it, by the clock of the log, which is one
 * for all nodes. null: a newer Avspark wrote it, and nobody here knows what follows from it. What no Avspark wrote is handed on
 * as it is, to be refused.
 */
export const heardIn = (
  { id, fields }: StreamEntry,
  { now, name, text }: Words & { readonly name: string; readonly now: number },
): Heard | null => {
  const values = new Map(fields);
  const said = (field: string): string | null => {
    const value = values.get(field);
    return value === undefined ? null : text(value);
  };
  if (isNewer(values, text)) return null;
  const receivedAt = Math.min(addedAt(id) ?? now, now);
  const waited = Number(said(names.waited) ?? Number.NaN);
  return {
    channel: said(names.channel) ?? name,
    payload: values.get(names.payload) ?? new Uint8Array(),
    receivedAt,
    saidAt: waited >= 0 ? receivedAt - waited : null,
    isLogged: true,
  };
};
