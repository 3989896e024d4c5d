import { z } from "zod";
import type { Journal, JournalBatch, Loaded } from "../../../core/journal.ts";
import type { Batch } from "../../../core/keeper/item.ts";
import type { Log, LogFields } from "../../../core/ports.ts";
import type { TargetName } from "../../../shared/calendar.ts";
import type { Instant } from "../../../shared/instant.ts";
import { type Problem, problemSchema } from "../../../shared/problem.ts";
import { type FileIds, fileIdsSchema } from "./file-ids.ts";
import type { Unreadable } from "./records.ts";
import type { RowBatch } from "./row-batch.ts";
import type { StoredItem } from "./stored-kinds.ts";

/** What the main thread and the journal's thread say to each other. */

export type CalendarBatch = Batch<StoredItem>;

/** What changes rows: done whole or not at all. */
export type WritingTask =
  | { readonly kind: "append"; readonly batch: JournalBatch }
  | { readonly kind: "calendar"; readonly target: TargetName; readonly batch: CalendarBatch }
  | { readonly kind: "drop-runs"; readonly target: TargetName; readonly since: number }
  /** These cannot be read by this version. */
  | { readonly kind: "keep-unreadable"; readonly rows: readonly Unreadable[]; readonly at: Instant }
  /** No id up to these is given again. */
  | { readonly kind: "count-on"; readonly lastIds: Loaded["lastIds"] };

export type Task =
  | WritingTask
  | { readonly kind: "clean"; readonly limits: Parameters<Journal["cleanSlice"]>[0] }
  /** Nothing is written: whether something could be. `thoroughly`: what was read cannot be right. */
  | { readonly kind: "look"; readonly thoroughly: boolean };

/** The same as the journal's thread is given them. */
export type GivenWriting =
  | Exclude<WritingTask, { readonly kind: "append" }>
  | { readonly kind: "append"; readonly batch: RowBatch };
export type GivenTask = GivenWriting | Exclude<Task, WritingTask>;

export type Order =
  /**
   * `again`: it was given before, and no answer came. `deadly`: several threads have ended over it, so it is not tried again.
   * Every number below `oldest` has been answered.
   */
  | {
      readonly kind: "do";
      readonly number: number;
      readonly oldest: number;
      readonly again: boolean;
      readonly deadly: boolean;
      readonly task: GivenTask;
    }
  /** A part of what memory holds, for a file that has lost it. */
  | { readonly kind: "hold"; readonly task: GivenWriting }
  /** All parts are there: they are written at once, and orders are taken again. */
  | { readonly kind: "go-on" }
  | { readonly kind: "end" };

export type Answer =
  /** No order is taken until `go-on`. */
  | { readonly kind: "opened"; readonly opened: Opened }
  /** The file could not be opened; the thread ends with this word. */
  | { readonly kind: "unopened"; readonly problem: Problem }
  | { readonly kind: "going-on" }
  | { readonly kind: "not-going-on"; readonly problem: Problem }
  /** `more`: there is more of the kind to do. */
  | { readonly kind: "done"; readonly number: number; readonly more: boolean }
  | { readonly kind: "refused"; readonly number: number; readonly problem: Problem }
  /** The thread ends with this word. `lost`: the file under it is not what it was; null: something else went wrong. */
  | { readonly kind: "leaving"; readonly lost: Problem | null }
  /** All that was written is in the main file, which is so long; the thread lets go of it and ends. */
  | { readonly kind: "closing"; readonly bytes: number }
  /** Bytes that are free on the disk. */
  | { readonly kind: "room"; readonly bytes: number }
  | { readonly kind: "said"; readonly level: SaidLevel; readonly message: string; readonly fields: LogFields };

export type SaidLevel = Exclude<keyof Log, "part">;

export type Opened = {
  readonly ids: FileIds;
  /** It has all that was written to it before. */
  readonly whole: boolean;
  /** What a person must be told though it is open. */
  readonly problem: Problem | null;
};

/** What a new thread is told of the file. */
export const beginSchema = z
  .object({
    file: z.string(),
    /** The files that the thread before had open; null for the first one of the process. */
    known: fileIdsSchema.nullable(),
    /** Why the thread before gave its file up. */
    lost: problemSchema.nullable(),
  })
  .readonly();
export type Begin = z.infer<typeof beginSchema>;
