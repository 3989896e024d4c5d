import type { Address } from "../../shared/match.ts";

export type Phone = { readonly kind: "mobile" | "home" | "work" | "other"; readonly number: string };

/** What we have put into a contact. All else in it is what people wrote. */
export type Placed = {
  readonly name: string | null;
  readonly phones: readonly Phone[];
  readonly emails: readonly string[];
  readonly addresses: readonly Address[];
  /** The referee's number, as the predecessor or we noted it. */
  readonly number: string | null;
};

/** What is noted in a contact of ours. `made`: we made it; else it was there, and we have completed it. */
export type Mark = { readonly id: string; readonly hash: string; readonly made: boolean; readonly placed: Placed };

/** What was ours in a contact that we let go, and which contact that is: whoever takes that back gives it back there. */
export type LetGo = { readonly remoteId: string; readonly isInGroup: boolean; readonly mark: Mark };
