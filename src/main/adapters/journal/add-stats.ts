import type { StatsIncrement } from "../../../core/journal.ts";
import type { Instant } from "../../../shared/instant.ts";
import type { Cycle } from "../../../shared/snapshot.ts";
import type { Database, SqlValue } from "./database.ts";
import { insertRows } from "./insert.ts";
import { hour, minute, toSeconds } from "./seconds.ts";

type Added = { readonly increments: readonly StatsIncrement[]; readonly cycles: readonly Cycle[] };

/** Adds to the minute and to its hour at once, so that a chart of a month reads some hundred rows. */
export const addStats = (database: Database, added: Added): void => {
  for (const step of [minute, hour]) addAt(database, step, added);
};

const addAt = (database: Database, step: number, { increments, cycles }: Added): void => {
  const start = (at: Instant): number => Math.floor(toSeconds(at) / step) * step;
  insertRows(database, {
    into: "INSERT INTO stats_channels (step, at, channel, valid, invalid, duplicates)",
    conflict: addUp("valid", "invalid", "duplicates"),
    rows: increments.flatMap(({ minute: at, channels }) =>
      Object.entries(channels).map(([channel, { valid, invalid, duplicates }]) => [
        step,
        start(at),
        channel,
        valid,
        invalid,
        duplicates,
      ]),
    ),
  });
  insertRows(database, {
    into: "INSERT INTO stats_latency (step, at, bucket, messages)",
    conflict: addUp("messages"),
    rows: increments.flatMap(({ minute: at, latency }) =>
      Object.entries(latency).map(([bucket, messages]) => [step, start(at), Number(bucket), messages]),
    ),
  });
  insertRows(database, {
    into: "INSERT INTO stats_work (step, at, calendar_done, calendar_failed, cycles, cycle_failures, cycles_timed, cycle_ms)",
    conflict: addUp("calendar_done", "calendar_failed", "cycles", "cycle_failures", "cycles_timed", "cycle_ms"),
    rows: [
      ...increments
        .filter(({ calendarDone, calendarFailed }) => calendarDone + calendarFailed > 0)
        .map(({ minute: at, calendarDone, calendarFailed }) => [
          step,
          start(at),
          calendarDone,
          calendarFailed,
          0,
          0,
          0,
          0,
        ]),
      ...cycles.filter(({ status }) => status !== "started").map((cycle) => cycleRow(cycle, step, start(cycle.at))),
    ],
  });
};

/** A cycle counts when it ends. */
const cycleRow = ({ status, durationMs }: Cycle, step: number, at: number): readonly SqlValue[] => [
  step,
  at,
  0,
  0,
  1,
  status === "failed" ? 1 : 0,
  durationMs === null ? 0 : 1,
  durationMs ?? 0,
];

const addUp = (...columns: readonly string[]): string =>
  `ON CONFLICT DO UPDATE SET ${columns.map((column) => `${column} = ${column} + excluded.${column}`).join(", ")}`;
