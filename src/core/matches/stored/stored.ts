import { z } from "zod";
import { matchOf } from "../merge.ts";
import type { MatchRecord } from "../record.ts";
import { byAge } from "../statements.ts";
import { recordV1Schema, upgradeV1 } from "./v1.ts";
import { recordV2Schema, type StoredRecord } from "./v2.ts";

/** What the journal keeps of a match. */
export const storedRecord = ({ match, ...record }: MatchRecord): StoredRecord => ({
  version: 2,
  id: match.id,
  ...record,
});

/**
 * Reads what any version of Avspark has stored. A row says its version; those of 0.1, the first, do not. Each version is
 * brought to the next one, so an upgrade is written once and kept.
 */
export const storedRecordSchema: z.ZodType<MatchRecord> = z
  .union([recordV2Schema, recordV1Schema.transform(upgradeV1).pipe(recordV2Schema)])
  .transform(({ version: _version, id, statements, ...record }): MatchRecord => {
    const inOrder = byAge(statements);
    return { match: matchOf(id, inOrder), statements: inOrder, ...record };
  });
