import type { IncomingMessage, ServerResponse } from "node:http";
import type { OnMatches } from "../../core/delivery/program.ts";
import type { Config } from "../../shared/config.ts";
import type { Connection } from "../../shared/connection.ts";
import type { CommandName, Input, Output } from "../../shared/contract.ts";

/** Settings as values of the program, by the names of the environment variables. */
export type GivenConfig = Partial<Config>;

export type ServiceOptions = {
  /**
   * Gets every match that is not as it was last given, as it is now: at least once, one call at a time. It may be
   * asynchronous. When it throws, rejects or answers `false`, the matches are given again later, with what has changed
   * meanwhile, and the trouble shows in `status()`, in the log and as an alert; what was given is remembered beyond the
   * program's end. A manual sync gives its matches always, and answers what became of the call.
   */
  readonly onMatches: OnMatches;
  /** Settings by the names of the environment variables; they stand above the environment and `.env`. */
  readonly config?: GivenConfig;
  /** Where `.env` is looked for; otherwise where the program was started. */
  readonly workingDirectory?: string;
  /** Opens a port of its own for the endpoints too, by AVSPARK_HTTP_HOST and AVSPARK_HTTP_PORT. */
  readonly listen?: boolean;
};

export type AvsparkService = {
  /** Whether Redis is listened to (REDIS_PUBSUB_ENABLED, REDIS_STREAM). */
  readonly enabled: boolean;
  /** Rejects when the journal cannot be opened, or the port not be had; never because Redis is away. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Drops the Redis subscription and makes a new one; rejects when that fails. */
  readonly restart: () => Promise<Connection>;
  readonly status: () => Promise<Output<"redisStatus">["redis_status"]>;
  readonly stats: () => Promise<Output<"redisStats">["statistics"]>;
  /** Tries Redis and the decoding for real. */
  readonly test: () => Promise<Output<"redisTest">["test_results"]>;
  readonly configuration: () => Promise<Output<"redisConfig">["configuration"]>;
  /** Every current match. */
  readonly matches: () => Promise<Output<"matches">["matches"]>;
  /** Takes matches in any dialect; rejects when some could not be put everywhere. */
  readonly sync: (matches: readonly unknown[]) => Promise<Output<"manualSync">>;
  /** Another function from now on. */
  readonly setOnMatches: (onMatches: OnMatches) => void;
  /** Any command that the endpoints have, by its name in /openapi.json. */
  readonly call: <N extends CommandName>(name: N, input: Input<N>) => Promise<Output<N>>;
  /** Answers requests for the endpoints; hands all others on, as Express and its like expect. */
  readonly middleware: (request: IncomingMessage, response: ServerResponse, next?: () => void) => void;
  /** Where it listens itself, such as `http://127.0.0.1:5003`; null: it does not. */
  readonly address: () => string | null;
};

export type AddOptions = Omit<ServiceOptions, "onMatches" | "listen"> & {
  /** What to put before every endpoint, such as `/avspark`; nothing otherwise. */
  readonly prefix?: string;
};
