import type { JournaledMessage } from "../../../core/journal.ts";
import type { SqlValue } from "./database.ts";
import { storedKinds } from "./stored-kinds.ts";

/** A pack is closed when it has this much, so that reading one payload never means reading much more. */
const packBytes = 1024 * 1024;

/** Payloads that are packed together: the first and the last message, and where they lie in all the bytes. */
type Pack = { readonly first: number; readonly last: number; readonly start: number; readonly end: number };

/** Messages as they are written. */
export type MessageRows = {
  /** For each of them what stands in its row. */
  readonly rows: readonly SqlValue[];
  /** For each match that one of them speaks of both their ids. */
  readonly matches: readonly SqlValue[];
  readonly packs: readonly Pack[];
  /** The payloads, end to end. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Those that go to quarantine; their payloads lie among the bytes. */
  readonly refused: readonly JournaledMessage[];
};

/** Payloads lie in whatever the socket brought: they are put end to end rather than kept with all around them. */
export const messageRows = (messages: readonly JournaledMessage[]): MessageRows => {
  const bytes = new Uint8Array(messages.reduce((sum, { payload }) => sum + (payload?.byteLength ?? 0), 0));
  const rows: SqlValue[] = [];
  const matches: SqlValue[] = [];
  const packs: { first: number; last: number; start: number; end: number }[] = [];
  const refused: JournaledMessage[] = [];
  let end = 0;
  for (const message of messages) {
    const { summary, payload, matchIds, rejections } = message;
    const { id, receivedAt, channel, gist, verdict } = summary;
    const start = end;
    let open = packs.at(-1);
    if (payload !== null) {
      bytes.set(payload, start);
      end += payload.byteLength;
      if (open === undefined || end - open.start > packBytes) {
        open = { first: id, last: id, start, end };
        packs.push(open);
      }
      Object.assign(open, { last: id, end });
    }
    const place =
      payload === null || open === undefined ? [null, null, null] : [open.first, start - open.start, end - start];
    const reasons = rejections.length === 0 ? null : storedKinds.quarantine.write(rejections);
    rows.push(id, receivedAt, channel, gist.type, verdict, storedKinds.messages.write(summary), reasons, ...place);
    for (const matchId of new Set(matchIds)) matches.push(id, matchId);
    if (reasons !== null) refused.push({ ...message, payload: payload && bytes.subarray(start, end) });
  }
  return { rows, matches, packs, bytes, refused };
};
