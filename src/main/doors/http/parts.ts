import type { Journal, StatsIncrement } from "../../../core/journal.ts";
import type { Clock, Log } from "../../../core/ports.ts";
import type { WindowEvent } from "../../../shared/bridge.ts";
import type { Handlers } from "../../../shared/contract.ts";
import type { Instant } from "../../../shared/instant.ts";
import type { Snapshot } from "../../../shared/snapshot.ts";

/** How the service is doing at this moment; asked for often, so it must be cheap. */
export type Readings = Pick<
  Snapshot,
  "connection" | "source" | "health" | "counters" | "alerts" | "gaps" | "targets"
> & {
  /** The newest message and change in the journal; 0 where there is none. */
  readonly lastIds: { readonly message: number; readonly change: number };
  /** Since the start: messages by channel, and their latencies by index into `latencyBounds`. */
  readonly totals: Pick<StatsIncrement, "channels" | "latency">;
};

/** The calendar as a file. `etag` without quotes; it moves with the text. */
export type CalendarText = { readonly text: string; readonly etag: string; readonly modified: Instant };

/** What the routes need of the service behind them. */
export type HttpParts = {
  readonly handlers: Handlers;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Set when every request must carry the token: then the OpenAPI document says so. */
  readonly token: string | null;
  readonly calendarText: () => CalendarText;
  readonly subscribe: (listener: (event: WindowEvent) => void) => () => void;
  /** For streams that resume. */
  readonly journal: Pick<Journal, "messages" | "changesAfter">;
  readonly readings: () => Readings;
};
