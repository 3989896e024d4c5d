import type { AddressBookName } from "../../shared/calendar.ts";
import type { Failure } from "../keeper/failure.ts";
import type { Limits } from "../keeper/target.ts";
import type { Card } from "./card.ts";

/** A contact as it was found in an address book. */
export type Entry = {
  /** Its name there: Google's resource name, CardDAV's file. */
  readonly remoteId: string;
  readonly etag: string | null;
  readonly card: Card;
  /** Something stands in it that no card tells: a picture, a birthday, a note. */
  readonly hasMore: boolean;
};

/** What became of one contact. `stale`: somebody has changed it meanwhile, and this is what is there now; null: nothing. */
export type Result =
  | { readonly kind: "done"; readonly entry: Entry | null }
  | { readonly kind: "stale"; readonly entry: Entry | null }
  | { readonly kind: "failed"; readonly failure: Failure };

export type EntryListing = {
  readonly kind: "full" | "delta";
  readonly entries: readonly Entry[];
  /** Remote ids that are gone (delta only). */
  readonly removed: readonly string[];
  readonly token: string | null;
  readonly account?: string;
};

export type NewCard = {
  /** Whose it is: where an address book lets us choose, the contact's name follows from it. */
  readonly id: string;
  readonly card: Card;
};

/**
 * An address book. Every method answers for each contact, in their order, and rejects with ProblemError when all failed
 * alike. What is written builds on the version that was read: what somebody has changed since comes back as `stale`.
 */
export type AddressBook = {
  readonly name: AddressBookName;
  /** Which address book it is: another id, another address book. */
  readonly id: string;
  /** Its name for people, without secrets; it may change as more is learned. */
  readonly label: string;
  readonly limits: Pick<Limits, "batch" | "calls">;
  /** Everything there is, whoever made it; or what has changed since the token. */
  readonly list: (token: string | null) => Promise<EntryListing>;
  readonly create: (cards: readonly NewCard[]) => Promise<readonly Result[]>;
  readonly update: (changes: readonly { readonly entry: Entry; readonly card: Card }[]) => Promise<readonly Result[]>;
  readonly remove: (entries: readonly Entry[]) => Promise<readonly Result[]>;
  readonly close: () => void;
};
