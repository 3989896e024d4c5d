import type { OtherTag, SkipReason, SyncResult, TargetName } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Failure } from "./failure.ts";
import type { Found, Known, Wanted } from "./item.ts";

/** The items as a target should have them. */
export type Items<W extends Wanted> = {
  readonly ids: () => Iterable<string>;
  /** undefined: nobody has told us of such an item. */
  readonly desired: (id: string) => Desired<W> | undefined;
  readonly urgent: (id: string) => boolean;
  /** How people know it. */
  readonly about: (id: string, written: W | null) => About;
};

export type About = { readonly title: string; readonly competition: string | null };

/** What an item asks of a target. */
export type Desired<W extends Wanted> =
  /** `ask`: what is asked for apart from our own settings, for a person's word that holds until something else is. */
  | { readonly kind: "item"; readonly item: W; readonly ask?: string }
  | { readonly kind: "none"; readonly reason: SkipReason; readonly rev?: number };

/** An item as a reading shows it. `content`: what stands there in the fields we own, whoever wrote it. */
export type Listed<W extends Wanted> = Found & { readonly content?: W };

export type Listing<W extends Wanted> = {
  /** `full`: every item of ours; `delta`: what changed since the token. */
  readonly kind: "full" | "delta";
  readonly items: readonly Listed<W>[];
  /** Remote ids that are gone (delta only). */
  readonly removed: readonly string[];
  /** For the next listing; null when the server has no such thing. */
  readonly token: string | null;
  /** Whose collection it is, where its id means another one for each account. */
  readonly account?: string;
  /** What is marked as ours is, under another tag (full only). */
  readonly otherTags?: readonly OtherTag[];
};

/** How often and when an item of ours has really changed: iCalendar's SEQUENCE and LAST-MODIFIED (RFC 5545, 3.8.7). */
export type Revision = { readonly sequence: number; readonly at: Instant };

/** A change to be made. Each may be repeated after any failure. */
export type Change<W extends Wanted> = {
  readonly id: string;
  /** null: the item is to go. */
  readonly wanted: W | null;
  readonly known: Known<W> | undefined;
  /** Further items with the same id: they go first. */
  readonly duplicates: readonly Found[];
  readonly revision: Revision;
  /** false: it lies in the past that is left alone, so it is not made anew when somebody has deleted it. */
  readonly mayInsert: boolean;
};

export type Outcome = Extract<SyncResult["outcome"], "inserted" | "updated" | "cancelled" | "removed" | "unchanged">;

/** What a change has brought about. `found`: what is there now; null: nothing. */
export type Written<W extends Wanted> = {
  readonly outcome: Outcome;
  readonly found: Found | null;
  /** What was there, where the target knows it better than what we last wrote: undo brings it back. */
  readonly before?: W;
};

export type Failed = { readonly ok: false; readonly failure: Failure };
export type End<W extends Wanted> = { readonly ok: true; readonly written: Written<W> } | Failed;

/** How a target is to be treated. */
export type Limits = {
  /** Changes that one call may carry. */
  readonly batch: number;
  /** Calls that may be under way at once. */
  readonly calls: number;
  /** The longest that it is left alone after failures. */
  readonly longestWaitMs: number;
  /** How long calls under way may take to end when we stop. */
  readonly stopMs: number;
  /** Whoever waits for an item is told this after so long; null: when it is settled, however long that takes. */
  readonly late: { readonly ms: number; readonly problem: Problem } | null;
  /** What lies longer back is left alone; null: nothing does. */
  readonly keepPastDays: number | null;
};

/** A collection of items that is kept: a calendar, an address book, a program's own function. */
export type Target<W extends Wanted> = {
  readonly name: TargetName;
  /** Which collection it is: another id, another collection. */
  readonly id: string;
  /** Its name for people, without secrets; it may change as more is learned. */
  readonly label: () => string;
  readonly limits: Limits;
  /** Nobody else looks after it, so nothing in it can surprise anybody. */
  readonly isOwn: boolean;
  /** null: it cannot be read, so what was written is believed to be there. Rejects with ProblemError. */
  readonly list: ((token: string | null) => Promise<Listing<W>>) | null;
  /** Of an item as it was last read or written: we made it, and nobody has put anything into it. */
  readonly isOursAlone: (item: Found) => boolean;
  /** Answers each change's end, in their order; rejects when all of them failed alike. */
  readonly apply: (changes: readonly Change<W>[]) => Promise<readonly End<W>[]>;
  readonly close: () => void;
};
