import type { TargetName } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import type { KnownEvent, WantedEvent } from "../ports.ts";

/** What is to be done for one match in one calendar. The latest wins: one row per match and target. */
export type OutboxRow = {
  readonly target: TargetName;
  readonly matchId: string;
  /** null: the event is to go. */
  readonly wanted: WantedEvent | null;
  readonly urgent: boolean;
  readonly queuedAt: Instant;
  readonly attempts: number;
  /** Not before; null: at once. */
  readonly notBefore: Instant | null;
  /** Why it last failed. */
  readonly problem: Problem | null;
  /** `dead`: a person must mend something first. `held`: a removal beyond the guard's cap. */
  readonly state: "ready" | "dead" | "held";
};

/** What we know to be in a calendar. */
export type KnownRow = KnownEvent & {
  readonly target: TargetName;
  readonly writtenAt: Instant;
  /** iCalendar SEQUENCE (RFC 5545, section 3.8.7.4): grows with each real change. */
  readonly sequence: number;
  /** What we last wrote: undo and drift need it. null for events adopted from the predecessor. */
  readonly written: WantedEvent | null;
};

/** One write of a run, with what was there before, so that it can be taken back. */
export type RunEntry = {
  readonly run: number;
  readonly target: TargetName;
  readonly matchId: string;
  readonly at: Instant;
  readonly before: WantedEvent | null;
  readonly after: WantedEvent | null;
};

/**
 * The calendar engine's part of the journal. Each write is atomic, writes are done in the order of the calls, and a
 * promise resolves when its write is kept, or rejects with ProblemError. Reading sees every write that has been answered.
 */
export type CalendarStore = {
  readonly load: (target: TargetName) => {
    readonly outbox: readonly OutboxRow[];
    readonly known: readonly KnownRow[];
    /** Sync token, chosen-calendar marks, … */
    readonly meta: Readonly<Record<string, string>>;
  };
  readonly write: (
    target: TargetName,
    batch: {
      readonly outbox?: readonly OutboxRow[];
      readonly outboxDone?: readonly string[];
      readonly known?: readonly KnownRow[];
      /** Match ids whose event is gone. */
      readonly forgotten?: readonly string[];
      readonly run?: readonly RunEntry[];
      readonly meta?: Readonly<Record<string, string | null>>;
    },
  ) => Promise<void>;
  readonly lastRun: (target: TargetName) => readonly RunEntry[];
  /** Forgets the runs from this number on. */
  readonly dropRuns: (target: TargetName, since: number) => Promise<void>;
};
