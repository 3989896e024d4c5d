import type { Archived } from "../../../core/journal.ts";
import type { MatchRecord } from "../../../core/matches/record.ts";
import type { Database } from "./database.ts";
import { readRecords, type Store } from "./records.ts";

/** Which match an entry of a run is of; 0.1 named it otherwise. As the index has it. */
export const runMatch = "coalesce(json_extract(record, '$.id'), json_extract(record, '$.matchId'))";

/** What the calendars remember of a match by name. */
export const matchMarks = ["undone:", "kept:", "sequence:"] as const;

/** These matches are current no more: nothing is kept of them but what they were and their timelines. */
export const archive = (database: Database, matches: readonly Archived[]): void => {
  if (matches.length === 0) return;
  database.run(
    `INSERT OR REPLACE INTO archive (id, played_at, record)
     SELECT matches.id, json_extract(value, '$.playedAt'), record
     FROM json_each(?) JOIN matches ON matches.id = json_extract(value, '$.id')`,
    [JSON.stringify(matches)],
  );
  const ids = JSON.stringify(matches.map(({ id }) => id));
  const these = "IN (SELECT value FROM json_each(?))";
  database.run(`DELETE FROM matches WHERE id ${these}`, [ids]);
  database.run(`DELETE FROM outbox WHERE match_id ${these}`, [ids]);
  database.run(`DELETE FROM known_events WHERE match_id ${these}`, [ids]);
  database.run(`DELETE FROM runs WHERE ${runMatch} ${these}`, [ids]);
  for (const mark of matchMarks)
    database.run("DELETE FROM meta WHERE name IN (SELECT ? || value FROM json_each(?))", [mark, ids]);
};

export const archivedMatches = (
  store: Store,
  { after, limit }: { readonly after: string; readonly limit: number },
): readonly MatchRecord[] =>
  readRecords(store, {
    table: "archive",
    sql: "SELECT id AS name, record FROM archive WHERE id > ? ORDER BY id LIMIT ?",
    values: [after, limit],
  });

export const archivedMatch = (store: Store, matchId: string): MatchRecord | null =>
  readRecords(store, {
    table: "archive",
    sql: "SELECT id AS name, record FROM archive WHERE id = ?",
    values: [matchId],
  })[0] ?? null;
