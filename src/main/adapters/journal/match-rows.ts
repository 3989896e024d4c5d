import type { MatchRecord } from "../../../core/matches/record.ts";
import { storedRecord } from "../../../core/matches/stored/stored.ts";

export const matchRow = (record: MatchRecord): readonly [id: string, row: string] => [
  record.match.id,
  JSON.stringify(storedRecord(record)),
];
