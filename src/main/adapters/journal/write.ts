import { addStats } from "./add-stats.ts";
import { archive } from "./archive.ts";
import type { Database } from "./database.ts";
import { erase } from "./erase.ts";
import { insertRows, insertValues } from "./insert.ts";
import { insertMessages } from "./insert-messages.ts";
import { writeMeta } from "./meta.ts";
import { insertQuarantine, release } from "./quarantine.ts";
import type { RowBatch } from "./row-batch.ts";
import { spill, unspill } from "./spill.ts";
import { storedKinds } from "./stored-kinds.ts";

/** Within a transaction. */
export const write = (database: Database, batch: RowBatch): void => {
  if (batch.erased !== undefined) erase(database, batch.erased);
  insertMessages(database, batch.messages);
  insertQuarantine(database, batch.messages.refused);
  insertRecords(database, batch);
  addStats(database, { increments: batch.stats ?? [], cycles: batch.cycles ?? [] });
  writeMeta(database, "feed", batch.meta);
  archive(database, batch.archived ?? []);
  release(database, batch.released ?? []);
  spill(database, batch.spilled ?? []);
  unspill(database, batch.unspilledTo ?? 0);
};

const insertRecords = (
  database: Database,
  { matches, changes, cycles = [], alerts = [], acts = [], gaps = [] }: RowBatch,
): void => {
  insertValues(database, {
    into: "INSERT INTO matches (id, record)",
    conflict: "ON CONFLICT DO UPDATE SET record = excluded.record",
    width: 2,
    values: matches,
  });
  insertValues(database, { into: "INSERT INTO changes (id, match_id, at, record)", width: 4, values: changes });
  insertRows(database, {
    into: "INSERT INTO cycles (at, record)",
    rows: cycles.map((cycle) => [cycle.at, storedKinds.cycles.write(cycle)]),
  });
  insertRows(database, {
    into: "INSERT INTO alerts (id, state, last_at, record)",
    conflict: "ON CONFLICT DO UPDATE SET state = excluded.state, last_at = excluded.last_at, record = excluded.record",
    rows: alerts.map((alert) => [alert.id, alert.state.name, alert.lastAt, storedKinds.alerts.write(alert)]),
  });
  insertRows(database, {
    into: "INSERT INTO acts (id, at, record)",
    rows: acts.map((act) => [act.id, act.at, storedKinds.acts.write(act)]),
  });
  insertRows(database, {
    into: "INSERT INTO gaps (id, state, from_at, to_at, record)",
    conflict:
      "ON CONFLICT DO UPDATE SET state = excluded.state, from_at = excluded.from_at, to_at = excluded.to_at, record = excluded.record",
    rows: gaps.map((gap) => [gap.id, gap.state, gap.from, gap.to, storedKinds.gaps.write(gap)]),
  });
};
