import type { CheckChoice, CheckResult, Trial } from "../../shared/checks.ts";
import type { Config, SettingName } from "../../shared/config.ts";
import type { Connection, Gap, SourceStatus } from "../../shared/connection.ts";
import type { Output } from "../../shared/contract.ts";
import type { Instant } from "../../shared/instant.ts";
import type { LogLevel } from "../../shared/log.ts";
import type { Cycle, Health } from "../../shared/snapshot.ts";
import type { Counters } from "../../shared/stats.ts";
import type { Resolved } from "../config/resolve.ts";
import type { TakenByHand } from "../feed/by-hand.ts";
import type { Comparison } from "../feed/comparison.ts";
import type { Taken, Writing } from "../feed/ingest.ts";
import type { Journal } from "../journal.ts";
import type { MatchBook } from "../matches/book.ts";
import type { Decision } from "../matches/decisions.ts";
import type { Clock, Log } from "../ports.ts";
import type { Targets } from "../targets/targets.ts";
import type { Publisher } from "../window/publisher.ts";
import type { AlertDesk } from "./alert-desk.ts";
import type { Trouble } from "./health.ts";

/** The way in: Redis, the HTTP list, manual lists and replays. */
export type Feed = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  readonly connection: () => Connection;
  readonly source: () => SourceStatus;
  readonly gaps: () => readonly Gap[];
  readonly restart: () => Promise<Connection>;
  readonly woke: () => void;
  /** Rejects with the source's problem. */
  readonly fetchNow: () => Promise<SourceStatus>;
  readonly test: () => Promise<Output<"redisTest">["test_results"]>;
  /** Takes a list somebody hands in: the good matches of it. Rejects when it has only bad ones. */
  readonly takeManual: (matches: readonly unknown[]) => Promise<TakenByHand>;
  /** What a person decides about a match; rejects when it cannot be so. */
  readonly decide: (matchId: string, decision: Decision) => Promise<void>;
  /** Decodes quarantined messages again. */
  readonly replay: (id: number | null) => Promise<{ readonly replayed: number; readonly accepted: number }>;
  /** Writes what is made between two slices of messages, on the ground of what is known then. */
  readonly write: (make: () => Writing) => Promise<void>;
  /** Calls the listener with whatever the journal has taken, which may be acted on. */
  readonly heard: (listener: (taken: Taken) => void) => void;
  /** Messages are waiting to be journaled. */
  readonly isBusy: () => boolean;
  readonly comparison: Comparison;
};

/** What only an app with a window can do. */
export type Desktop = {
  readonly openExternal: (url: string) => Promise<void>;
  /** Asks for a file and writes the lines to it as they come; null when the person changed their mind. */
  readonly saveLines: (suggestedName: string, lines: AsyncIterable<string>) => Promise<string | null>;
  readonly saveSettings: (
    values: Readonly<Partial<Record<SettingName, string>>>,
    /** Keep secrets in memory until the app quits. */
    sessionOnly: boolean,
  ) => Promise<Resolved>;
  /** Shows the log in the system's file manager. */
  readonly showLog: () => Promise<void>;
  readonly quit: () => void;
  /** The system can keep a secret. */
  readonly keyring: () => boolean;
  readonly google: {
    readonly account: () => Promise<Output<"googleAccount">["account"]>;
    readonly signIn: (sessionOnly: boolean) => Promise<{ readonly expiresAt: Instant | null }>;
    readonly signOut: () => Promise<void>;
    readonly calendars: () => Promise<Output<"googleCalendars">["calendars"]>;
    readonly create: (name: string) => Promise<string>;
  };
};

/** Tries a connection with values that are not saved yet. Throws ProblemError when it fails; answers what was found. */
export type TrySetting = (what: Trial["what"], config: Config) => Promise<Trial>;

/** What every handler works with. */
export type ServiceContext = {
  readonly version: string;
  readonly mode: "demo" | "live";
  readonly startedAt: Instant;
  readonly resolved: () => Resolved;
  readonly config: () => Config;
  /** Where Redis is, without its password; says so when it is the demo's own. */
  readonly shownRedisUrl: string;
  readonly clock: Clock;
  readonly now: () => Instant;
  readonly log: Log;
  readonly journal: Journal;
  readonly book: MatchBook;
  readonly alerts: AlertDesk;
  readonly publisher: Publisher;
  readonly feed: Feed;
  readonly calendars: Targets;
  readonly counters: () => Counters;
  readonly lastCycle: () => Cycle | null;
  readonly health: () => Health;
  /** What is wrong with the service itself, the worst first; alerts of others left aside. */
  readonly faults: () => readonly Trouble[];
  /** Gaps that nothing has filled and nobody has seen. */
  readonly missed: () => readonly Gap[];
  readonly markSeen: (changeId: number) => void;
  readonly mute: (muted: boolean) => void;
  readonly setLogLevel: (level: LogLevel, part: string | null) => void;
  readonly redactPayload: (text: string) => string;
  readonly decodeText: (payload: Uint8Array) => string;
  readonly runChecks: (choice: CheckChoice) => Promise<readonly CheckResult[]>;
  readonly trySetting: TrySetting;
  /** null without a window. */
  readonly desktop: Desktop | null;
};
