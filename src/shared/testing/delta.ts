import type { Delta } from "../snapshot.ts";

/** A delta that tells nothing but what the test says. */
export const delta = (seq: number, rest: Partial<Delta> = {}): Delta => ({
  seq,
  set: {},
  matches: [],
  droppedMatchIds: [],
  todo: [],
  changes: [],
  messages: [],
  skippedMessages: 0,
  ...rest,
});
