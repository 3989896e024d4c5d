import type { GivenTask, GivenWriting, Task, WritingTask } from "./protocol.ts";
import { rowBatch } from "./row-batch.ts";

/** A task as it is given to the journal's thread, and what of it is moved there, not copied. */
type Given<T> = { readonly task: T; readonly handedOver: readonly ArrayBuffer[] };

export const givenWriting = (task: WritingTask): Given<GivenWriting> => {
  if (task.kind !== "append") return { task, handedOver: [] };
  const { rows, handedOver } = rowBatch(task.batch);
  return { task: { kind: "append", batch: rows }, handedOver };
};

export const givenTask = (task: Task): Given<GivenTask> =>
  task.kind === "clean" || task.kind === "look" ? { task, handedOver: [] } : givenWriting(task);
