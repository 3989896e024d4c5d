import type { MatchView } from "../../shared/snapshot.ts";

/** A match as it is shown; null: it is not there any more. */
export type Viewed = { readonly id: string; readonly view: MatchView | null };

const wordsOf = ({ view }: Viewed): string => (view === null ? "" : JSON.stringify(view.warnings));

/** Which warnings of matches all who listen were told last. */
export const createToldWarnings = () => {
  const known = new Map<string, string>();
  return {
    /** Whether somebody may know it otherwise. */
    areOther: (viewed: Viewed): boolean => known.get(viewed.id) !== wordsOf(viewed),
    told: (views: readonly Viewed[]): void => {
      for (const viewed of views) known.set(viewed.id, wordsOf(viewed));
    },
    /** Somebody knows more than was told, or less. */
    forget: (): void => known.clear(),
  };
};
