import type { MessageSummary } from "../../../shared/message.ts";
import { windowLimits } from "../../../shared/snapshot.ts";

/** The messages that pass the filter: newest first, as many as a window may hold. */
export type Buffer = {
  readonly rows: readonly MessageSummary[];
  /** The newest message looked at, whether it passed or not. */
  readonly newestId: number;
  /** How many have passed since the view was opened, those that were dropped again included. */
  readonly passed: number;
};

export const emptyBuffer: Buffer = { rows: [], newestId: 0, passed: 0 };

export type Passes = (message: MessageSummary) => boolean;

/** Takes in what is new in the window's list (newest first). */
export const receive = (buffer: Buffer, messages: readonly MessageSummary[], passes: Passes): Buffer => {
  const newest = messages[0];
  if (newest === undefined || newest.id <= buffer.newestId) return buffer;
  const known = messages.findIndex((message) => message.id <= buffer.newestId);
  const fresh = (known === -1 ? messages : messages.slice(0, known)).filter(passes);
  if (fresh.length === 0) return { ...buffer, newestId: newest.id };
  return {
    rows: [...fresh, ...buffer.rows.slice(0, Math.max(0, windowLimits.messages - fresh.length))].slice(
      0,
      windowLimits.messages,
    ),
    newestId: newest.id,
    passed: buffer.passed + fresh.length,
  };
};

/**
 * Puts what the journal found among those that are there, each once: older ones, and such that only their content speaks
 * for. What is newer than the newest looked at comes by itself.
 */
export const addFound = (buffer: Buffer, messages: readonly MessageSummary[], passes: Passes): Buffer => {
  const known = new Set(buffer.rows.map(({ id }) => id));
  const fresh = messages.filter(
    (message) => message.id <= buffer.newestId && !known.has(message.id) && passes(message),
  );
  if (fresh.length === 0) return buffer;
  const newest = buffer.rows[0]?.id ?? 0;
  const rows = [...buffer.rows, ...fresh].sort((a, b) => b.id - a.id).slice(0, windowLimits.messages);
  return { ...buffer, rows, passed: buffer.passed + fresh.filter(({ id }) => id > newest).length };
};
