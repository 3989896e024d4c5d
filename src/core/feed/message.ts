import type { Instant } from "../../shared/instant.ts";
import type { Dialect, Match } from "../../shared/match.ts";
import type { Rejection, Severity } from "../../shared/message.ts";
import type { MatchNote } from "./notes.ts";

/**
 * What one message tells about one match. A key that is absent was not told; a key that is null was told to be unknown.
 * `wallClock`: the kick-off was given as Stockholm wall-clock time, so in the hour that exists twice it is a guess.
 */
export type MatchFacts = Pick<Match, "id"> & {
  readonly dialect: Dialect;
  readonly wallClock: boolean;
  readonly told: Readonly<Partial<Omit<Match, "id">>>;
};

export type MatchUpdates = {
  readonly type: "match_updates";
  readonly matches: readonly MatchFacts[];
  /** Matches that were refused, with their paths; the others stand. */
  readonly rejections: readonly Rejection[];
  readonly notes: readonly MatchNote[];
  readonly highPriority: boolean;
};

export type ProcessingStatus = {
  readonly type: "processing_status";
  readonly status: "started" | "completed" | "failed";
  readonly cycle: number | null;
  readonly matches: number | null;
  readonly durationMs: number | null;
};

export type SystemAlert = {
  readonly type: "system_alert";
  readonly severity: Severity;
  readonly alertType: string;
  readonly text: string;
};

export type Message = {
  readonly messageId: string | null;
  readonly publishedAt: Instant | null;
  readonly body: MatchUpdates | ProcessingStatus | SystemAlert;
};

/** Decoding is total: any bytes give one of these. */
export type Decoded =
  | { readonly ok: true; readonly message: Message }
  | {
      readonly ok: false;
      readonly rejection: Rejection;
      /** What could be read of the envelope all the same. */
      readonly messageId: string | null;
      readonly publishedAt: Instant | null;
    };
