import type { Act } from "../shared/act.ts";
import type { Alert } from "../shared/alert.ts";
import type { Change } from "../shared/change.ts";
import type { Gap } from "../shared/connection.ts";
import type { Instant } from "../shared/instant.ts";
import type { MessageSummary, MessageType, Rejection, Verdict } from "../shared/message.ts";
import type { Problem } from "../shared/problem.ts";
import type { Cycle } from "../shared/snapshot.ts";
import type { Stats, StatsRange } from "../shared/stats.ts";
import type { MatchRecord } from "./matches/record.ts";

/**
 * The journal port: what is written before it is acted on. There is one way to write, `append`, which works on a thread of
 * its own; reading is synchronous.
 * Ids are given by core (it counts on from `load().lastIds`), so that a batch is complete before it is written.
 * Every method throws or rejects with a problem of the port's (port-kinds.ts); after `journal-full` the same batch may be
 * written again later.
 */

export type JournaledMessage = {
  readonly summary: MessageSummary;
  /** The bytes as they came; null when larger than the limit. */
  readonly payload: Uint8Array | null;
  /** Every match it speaks of. */
  readonly matchIds: readonly string[];
  /** Everything in it that was refused. A message with any is in quarantine. */
  readonly rejections: readonly Rejection[];
};

/** Counts to add to what the journal has for that minute. */
export type StatsIncrement = {
  /** Start of the minute. */
  readonly minute: Instant;
  readonly channels: Readonly<
    Record<string, { readonly valid: number; readonly invalid: number; readonly duplicates: number }>
  >;
  /** Latency publish → receipt: index into `latencyBounds` → count. */
  readonly latency: Readonly<Record<number, number>>;
  readonly calendarDone: number;
  readonly calendarFailed: number;
};

/** Upper bounds of the latency histogram in milliseconds; the last bucket has none. */
export const latencyBounds = [
  1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 90, 135, 200, 300, 450, 700, 1000, 1500, 2500, 5000, 10_000, 30_000, 60_000,
  300_000,
] as const;

/** Personal data that is to go, out of all that is kept: matches, timelines, events we know, messages, quarantine. */
export type Erasure =
  /** How to reach people, as far as it stands with these matches. */
  | { readonly kind: "contacts"; readonly matchIds: readonly string[] }
  /** Everything of one person but what messages say of them. `ways`: how to reach them, as far as it is known. */
  | { readonly kind: "person"; readonly name: string; readonly ways: readonly string[] }
  /** What messages say of one person: those after one and up to another. */
  | {
      readonly kind: "person-in-messages";
      readonly name: string;
      readonly ways: readonly string[];
      readonly after: number;
      readonly upTo: number;
    };

/** A match that is current no more. `playedAt`: what archived matches are ordered by. */
export type Archived = { readonly id: string; readonly playedAt: Instant };

export type JournalBatch = {
  readonly messages?: readonly JournaledMessage[];
  /** Whole records, replaced by id. */
  readonly matches?: readonly MatchRecord[];
  readonly changes?: readonly Change[];
  readonly cycles?: readonly Cycle[];
  readonly alerts?: readonly Alert[];
  /** Who did what; each is written once. */
  readonly acts?: readonly Act[];
  readonly gaps?: readonly Gap[];
  readonly stats?: readonly StatsIncrement[];
  /** Done before the matches that the batch has are written. */
  readonly erased?: Erasure;
  /** Current matches that are to be read alone from now on; nothing else is kept of them but their timelines. */
  readonly archived?: readonly Archived[];
  /** Small facts by name, e.g. the last proof of life, the list's ETag. null deletes. */
  readonly meta?: Readonly<Record<string, string | null>>;
  /** Another write follows within seconds, at the latest that of the counts: the disk is forced with that one. */
  readonly more?: boolean;
  /** These messages leave the quarantine: a replay has accepted them whole. */
  readonly released?: readonly number[];
  /** Heard while the memory was full, and not decoded yet. */
  readonly spilled?: readonly Omit<SpilledMessage, "spillId">[];
  /** Spilled messages up to this id are in this batch and leave the spill with it. */
  readonly unspilledTo?: number;
};

export type Loaded = {
  readonly matches: readonly MatchRecord[];
  /** Newest first, bounded by `windowLimits`. */
  readonly changes: readonly Change[];
  /** The newest change of each match that has any. */
  readonly newestChanges: readonly { readonly matchId: string; readonly id: number }[];
  readonly messages: readonly MessageSummary[];
  readonly alerts: readonly Alert[];
  readonly gaps: readonly Gap[];
  readonly lastCycle: Cycle | null;
  readonly lastIds: { readonly message: number; readonly change: number; readonly alert: number; readonly gap: number };
  readonly quarantine: { readonly count: number; readonly bytes: number };
  /** What the run before left in the spill. */
  readonly spilled: { readonly messages: number; readonly bytes: number };
  readonly meta: Readonly<Record<string, string>>;
};

export type MessageFilter = {
  /** Only messages with a smaller id: the next page. */
  readonly before?: number;
  /** Only messages with a greater id, oldest first: to resume a stream. */
  readonly after?: number;
  readonly limit: number;
  readonly channel?: string;
  readonly type?: MessageType;
  readonly verdict?: Verdict;
  readonly matchId?: string;
};

export type QuarantineItem = {
  readonly id: number;
  readonly receivedAt: Instant;
  readonly channel: string;
  readonly bytes: number;
  readonly rejections: readonly Rejection[];
  readonly payload: Uint8Array | null;
};

/** A message heard while the memory was full: decoded later, in order. */
export type SpilledMessage = {
  readonly spillId: number;
  readonly channel: string;
  readonly payload: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
};

export type JournalTrouble = {
  /** `state`: it lasts for as long as it is told. `incident`: it has happened, and a person should know. */
  readonly kind: "state" | "incident";
  /** `warning`: the journal does what it should all the same. */
  readonly level: "warning" | "critical";
  readonly problem: Problem;
};

export type Journal = {
  readonly load: () => Loaded;
  /**
   * Writes on a thread of its own, so that neither the disk nor SQLite holds up whoever listens. A batch is one transaction.
   * Resolves when the journal has it; batches are taken in the order in which they are given.
   */
  readonly append: (batch: JournalBatch) => Promise<void>;

  readonly messages: (filter: MessageFilter) => readonly MessageSummary[];
  readonly payload: (id: number) => {
    readonly summary: MessageSummary;
    readonly payload: Uint8Array | null;
    readonly rejections: readonly Rejection[];
  } | null;
  /** Newest first. `before`: only those with a smaller id. */
  readonly acts: (page: { readonly before?: number; readonly limit: number }) => readonly Act[];
  /** Newest first. */
  readonly changesOf: (matchId: string) => readonly Change[];
  /** A match that was played long ago; null when it is none of those. */
  readonly archivedMatch: (matchId: string) => MatchRecord | null;
  /** All of those, by id. */
  readonly archivedMatches: (page: { readonly after: string; readonly limit: number }) => readonly MatchRecord[];
  /** Oldest first, for streams that resume. */
  readonly changesAfter: (id: number, limit: number) => readonly Change[];

  readonly quarantine: (page: { readonly before?: number; readonly limit: number }) => readonly QuarantineItem[];
  readonly quarantined: (id: number) => QuarantineItem | null;
  readonly quarantineSize: () => { readonly count: number; readonly bytes: number };

  readonly stats: (range: StatsRange, now: Instant) => Stats;

  /** The oldest spilled messages within the limit, at least one; a batch that has taken them says so in `unspilledTo`. */
  readonly spilled: (limit: { readonly messages: number; readonly bytes: number }) => readonly SpilledMessage[];

  /** One small slice of retention work; true when there is more to do. Never longer than some milliseconds. */
  readonly cleanSlice: (limits: {
    readonly now: Instant;
    readonly days: number;
    readonly megabytes: number;
    /** How long a message may say how to reach somebody. */
    readonly personalDays: number;
  }) => Promise<boolean>;
  readonly size: () => { readonly bytes: number; readonly messages: number; readonly oldestAt: Instant | null };
  /** What is wrong with the journal itself, the worst first. It is looked after, whether or not anything is being written. */
  readonly troubles: () => readonly JournalTrouble[];
  /** Hears when that has changed. */
  readonly onTroubles: (listener: () => void) => void;
  readonly close: () => Promise<void>;
};
