import { storedKind } from "../../stored-kind.ts";
import type { MatchRecord } from "../record.ts";
import { matchOf } from "../resolve.ts";
import { byAge } from "../statements.ts";
import { recordV1Schema, upgradeV1 } from "./v1.ts";
import { recordV2Schema, type StoredRecord } from "./v2.ts";

/** What the journal keeps of a match. */
export const storedMatch = storedKind<MatchRecord>({
  schema: recordV2Schema.transform(({ id, statements, ...record }): MatchRecord => {
    const inOrder = byAge(statements);
    return { match: matchOf(id, inOrder), statements: inOrder, ...record };
  }),
  upgrades: [recordV1Schema.transform(upgradeV1)],
  kept: ({ match, ...record }): StoredRecord => ({ id: match.id, ...record }),
});
