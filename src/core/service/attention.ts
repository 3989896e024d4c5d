import type { Loaded } from "../journal.ts";
import type { WriteBehind } from "../write-behind.ts";

/** In the journal's small facts. */
const seenFact = "seen-change";

type AttentionOptions = { readonly loaded: Pick<Loaded, "meta">; readonly writeBehind: Pick<WriteBehind, "write"> };

/** Which changes a person has seen, and whether they want to be notified at all in this run. */
export const createAttention = ({ loaded, writeBehind }: AttentionOptions) => {
  let seenChangeId = Number(loaded.meta[seenFact] ?? 0);
  let muted = false;
  return {
    seenChangeId: (): number => seenChangeId,
    markSeen: (changeId: number): void => {
      seenChangeId = Math.max(seenChangeId, changeId);
      writeBehind.write({ meta: { [seenFact]: String(seenChangeId) } });
    },
    isMuted: (): boolean => muted,
    mute: (wanted: boolean): void => {
      muted = wanted;
    },
  };
};
export type Attention = ReturnType<typeof createAttention>;
