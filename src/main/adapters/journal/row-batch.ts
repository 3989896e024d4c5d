import type { JournalBatch } from "../../../core/journal.ts";
import type { SqlValue } from "./database.ts";
import { type MessageRows, messageRows } from "./message-rows.ts";
import { storedKinds } from "./stored-kinds.ts";

/**
 * A batch as the journal's thread is given it. What is many in it is rows already: text and bytes go from thread to thread in
 * a fraction of the time that objects take.
 */
export type RowBatch = Omit<JournalBatch, "messages" | "matches" | "changes"> & {
  readonly messages: MessageRows;
  readonly matches: readonly SqlValue[];
  readonly changes: readonly SqlValue[];
};

/** `handedOver`: what is moved to the other thread, not copied. What it is made of stays here, should it be given once more. */
export const rowBatch = ({
  messages = [],
  matches = [],
  changes = [],
  spilled = [],
  ...rest
}: JournalBatch): { readonly rows: RowBatch; readonly handedOver: readonly ArrayBuffer[] } => {
  const told = messageRows(messages);
  const { piece, parts } = inOnePiece(spilled.map(({ payload }) => payload));
  const rows: RowBatch = {
    ...rest,
    messages: told,
    matches: matches.flatMap((record) => [record.match.id, storedKinds.matches.write(record)]),
    changes: changes.flatMap((change) => [change.id, change.matchId, change.at, storedKinds.changes.write(change)]),
    spilled: spilled.map((message, index) => ({ ...message, payload: parts[index] ?? message.payload })),
  };
  return { rows, handedOver: [told.bytes.buffer, piece.buffer] };
};

/** Payloads lie in whatever the socket brought: put end to end they go without all that is around them. */
const inOnePiece = (payloads: readonly Uint8Array[]) => {
  const piece = new Uint8Array(payloads.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let end = 0;
  const parts = payloads.map((payload) => {
    const start = end;
    piece.set(payload, start);
    end += payload.byteLength;
    return piece.subarray(start, end);
  });
  return { piece, parts };
};
