import type { TargetName } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import { compareTexts } from "../../shared/order.ts";

/** An item as it should be in a target. Every kind of target adds the fields of its own. */
export type Wanted = {
  readonly id: string;
  /** Over all that we own of it: equal hash, equal item. */
  readonly hash: string;
  /** null: it has no time of its own. */
  readonly start: Instant | null;
  readonly cancelled: boolean;
  /**
   * When the newest word was heard that it follows from, in milliseconds since 1970. Absent: it is in no order, as what a
   * person asks for.
   */
  readonly rev?: number | undefined;
};

/** An item as it was found in a target, or as it is there after a write. */
export type Found = {
  readonly id: string;
  /** Its name there: Google's event id, CalDAV's href. */
  readonly remoteId: string;
  readonly etag: string | null;
  /** The hash we wrote with it; null for what somebody else's program made. */
  readonly hash: string | null;
  /** The hash of what is there now in the fields we own: differs from `hash` when somebody changed it. */
  readonly actual: string;
  readonly start: Instant | null;
  readonly cancelled: boolean;
  /** The `rev` it was written with, by this desk or another. Absent: somebody else's program made it, or 0.1. */
  readonly rev?: number | undefined;
};

/** What we know to be in a target: as it was last found or written. */
export type Known<W extends Wanted> = Found & {
  readonly target: TargetName;
  readonly writtenAt: Instant;
  /** iCalendar SEQUENCE (RFC 5545, section 3.8.7.4): grows with each real change. */
  readonly sequence: number;
  /** What we last wrote, or found there when we first saw it: undo needs it. null when that is not known. */
  readonly written: W | null;
};

/** What is to be done for one item in one target. The latest wins: there is one row for each item and target. */
export type OutboxRow<W extends Wanted> = {
  readonly target: TargetName;
  readonly id: string;
  /** null: the item is to go. */
  readonly wanted: W | null;
  readonly urgent: boolean;
  readonly queuedAt: Instant;
  /** `held`: a removal that waits for a person's word. */
  readonly state: "ready" | "held";
};

/** One write of a run, with what was there before, so that it can be taken back. */
export type RunEntry<W extends Wanted> = {
  readonly run: number;
  readonly target: TargetName;
  readonly id: string;
  readonly at: Instant;
  readonly before: W | null;
  readonly after: W | null;
};

/** So many runs of a target are remembered. */
export const keptRuns = 5;

/** Changes of what is stored of one target. What is done goes first: an item may be done and wanted anew in one batch. */
export type Batch<W extends Wanted> = {
  readonly outbox?: readonly OutboxRow<W>[];
  readonly outboxDone?: readonly string[];
  readonly known?: readonly Known<W>[];
  /** Items that are gone from the target. */
  readonly forgotten?: readonly string[];
  /** Items in whose place another stands: what the runs tell was done to one that is no longer kept. */
  readonly supplanted?: readonly string[];
  readonly run?: readonly RunEntry<W>[];
  readonly meta?: Readonly<Record<string, string | null>>;
};

/**
 * The keeper's part of the journal. Each write is atomic, writes are done in the order of the calls, and a promise
 * resolves when its write is kept, or rejects with a problem of the journal's. Reading sees every write that has been answered.
 */
export type KeeperStore<W extends Wanted> = {
  readonly load: (target: TargetName) => {
    readonly outbox: readonly OutboxRow<W>[];
    readonly known: readonly Known<W>[];
    readonly meta: Readonly<Record<string, string>>;
  };
  readonly write: (target: TargetName, batch: Batch<W>) => Promise<void>;
  /** The newest of the runs that are remembered: the last `keptRuns`. */
  readonly lastRun: (target: TargetName) => readonly RunEntry<W>[];
  /** Forgets the runs from this number on. */
  readonly dropRuns: (target: TargetName, since: number) => Promise<void>;
};

/** The names in `meta`. */
export const mark = {
  /** Which collection it is: another id, another collection. */
  collection: "calendar",
  account: "account",
  /** Its name for people, as last learned. */
  label: "label",
  /** Something has been written, or may be. */
  begun: "begun",
  run: "run",
  checkedAt: "checkedAt",
  writtenAt: "writtenAt",
  /** The item was taken back: it is left alone while it still asks for what it asked for then. */
  undone: (id: string): string => `undone:${id}`,
  /** A person said that it is to stay: it does while it still asks for what it asked for then. */
  kept: (id: string): string => `kept:${id}`,
  /** The last sequence of an item that was removed. */
  sequence: (id: string): string => `sequence:${id}`,
} as const;

const undonePrefix = mark.undone("");

/** The items that were taken back, by their marks. */
export const undoneIn = (names: Iterable<string>): readonly string[] =>
  [...names].filter((name) => name.startsWith(undonePrefix)).map((name) => name.slice(undonePrefix.length));

/** What a person reads, in the order of kick-offs; what has none first. */
export const byKickoff = (a: { readonly kickoff: Instant | null }, b: { readonly kickoff: Instant | null }): number =>
  compareTexts(a.kickoff ?? "", b.kickoff ?? "");
