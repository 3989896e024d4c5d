import type { Fingerprint } from "./fingerprint.ts";

export type Dedupe = {
  /** Whether this id came with this content before. */
  readonly knows: (message: Fingerprint) => boolean;
  readonly remember: (messages: readonly Fingerprint[]) => void;
};

/**
 * Remembers at least the last `capacity` messages and at most twice as many: two generations, of which the older is
 * dropped whole when the younger is full.
 */
export const createDedupe = ({ capacity }: { readonly capacity: number }): Dedupe => {
  // By fingerprint, since one message in several dialects has one id. Should two ever share one, the older is forgotten.
  let young = new Map<number, string>();
  let old = new Map<number, string>();
  return {
    knows: ([messageId, fingerprint]) => young.get(fingerprint) === messageId || old.get(fingerprint) === messageId,
    remember: (messages) => {
      for (const [messageId, fingerprint] of messages) {
        young.set(fingerprint, messageId);
        if (young.size < capacity) continue;
        old = young;
        young = new Map();
      }
    },
  };
};
