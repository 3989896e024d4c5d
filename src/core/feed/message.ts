import type { Instant } from "../../shared/instant.ts";
import type { Rejection, Severity } from "../../shared/message.ts";
import type { MatchFacts, RefusedMatch } from "../facts/facts.ts";
import type { MatchNote } from "./notes.ts";

export type MatchUpdates = {
  readonly type: "match_updates";
  readonly matches: readonly MatchFacts[];
  /** Matches that were refused, with their paths; the others stand. */
  readonly rejections: readonly RefusedMatch[];
  readonly notes: readonly MatchNote[];
  /** The ids of the matches of which it says that they are urgent. */
  readonly urgent: ReadonlySet<string>;
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

/** What a publisher says of itself. */
export type Report = ProcessingStatus | SystemAlert;

/** A word that tries whether the channel carries; it tells nothing. */
export type HealthCheck = { readonly type: "health_check" };

export type Message = {
  readonly messageId: string | null;
  readonly publishedAt: Instant | null;
  readonly body: MatchUpdates | Report | HealthCheck;
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
