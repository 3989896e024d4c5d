import type { Loaded } from "../journal.ts";
import type { Ledger } from "./ledger.ts";

/** In the journal's small facts. */
const seenFact = "seen-change";

type AttentionOptions = { readonly loaded: Pick<Loaded, "meta">; readonly ledger: Pick<Ledger, "write"> };

/** Which changes a person has seen, and whether they want to be notified at all in this run. */
export const createAttention = ({ loaded, ledger }: AttentionOptions) => {
  let seenChangeId = Number(loaded.meta[seenFact] ?? 0);
  let muted = false;
  return {
    seenChangeId: (): number => seenChangeId,
    markSeen: (changeId: number): void => {
      seenChangeId = Math.max(seenChangeId, changeId);
      ledger.write({ meta: { [seenFact]: String(seenChangeId) } });
    },
    isMuted: (): boolean => muted,
    mute: (wanted: boolean): void => {
      muted = wanted;
    },
  };
};
export type Attention = ReturnType<typeof createAttention>;
