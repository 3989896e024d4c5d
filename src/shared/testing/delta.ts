import { type Delta, noNews } from "../snapshot.ts";

/** A delta that tells nothing but what the test says. */
export const delta = (seq: number, rest: Partial<Delta> = {}): Delta => ({
  ...noNews,
  seq,
  ...rest,
});
