import type { Saying } from "../ports.ts";

/** What a message is called. */
type Name = Pick<Saying, "mark" | "channel" | "nth">;

/**
 * Names what is heard so that everybody names it alike. A channel brings the same to all who hear it, in the same order, and
 * leaves out nothing for as long as a link lasts. Where somebody began to listen does not show in that, so marks are said on
 * it: from a mark on all count alike, and the newest mark before a message is the same for all who hear the message. A new
 * link begins with a mark (`LinkEvents`).
 */
export const createNumbering = () => {
  let mark: string | null = null;
  let counts = new Map<string, number>();
  return {
    mark: (next: string): void => {
      mark = next;
      counts = new Map();
    },
    /** null: no mark was heard yet. */
    next: (channel: string): Name | null => {
      if (mark === null) return null;
      const nth = (counts.get(channel) ?? 0) + 1;
      counts.set(channel, nth);
      return { mark, channel, nth };
    },
  };
};
