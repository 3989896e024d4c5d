import type { JournalBatch } from "../../../core/journal.ts";
import type { Task } from "./protocol.ts";

/**
 * Payloads lie in whatever the socket brought. Put end to end they are handed over to the other thread rather than copied
 * with all around them; they stay with us too, in case they must be handed over once more.
 */
export const inOnePiece = (task: Task): { readonly moved: Task; readonly handedOver: readonly ArrayBuffer[] } => {
  if (task.kind !== "append") return { moved: task, handedOver: [] };
  const { messages = [], spilled = [] } = task.batch;
  const bytes = [...messages, ...spilled].reduce((sum, { payload }) => sum + (payload?.byteLength ?? 0), 0);
  const piece = new Uint8Array(bytes);
  let end = 0;
  const move = (payload: Uint8Array): Uint8Array => {
    const start = end;
    piece.set(payload, start);
    end += payload.byteLength;
    return piece.subarray(start, end);
  };
  const batch: JournalBatch = {
    ...task.batch,
    messages: messages.map((message) =>
      message.payload === null ? message : { ...message, payload: move(message.payload) },
    ),
    spilled: spilled.map((message) => ({ ...message, payload: move(message.payload) })),
  };
  return { moved: { kind: "append", batch }, handedOver: [piece.buffer] };
};
