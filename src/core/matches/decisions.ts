import type { Difference } from "../../shared/change.ts";
import type { Instant } from "../../shared/instant.ts";
import { failed, ok, type Result } from "../../shared/problem.ts";
import { wasListed } from "./presence.ts";
import { later, type MatchRecord } from "./record.ts";

/** What a person decides about a match. */
export type Decision =
  /** It is not theirs, or it is after all. */
  | { readonly kind: "decline"; readonly declined: boolean }
  /** It is gone, or it stays, whatever lists lack it. */
  | { readonly kind: "remove"; readonly removed: boolean };

type Decided = {
  readonly record: MatchRecord;
  /** null when it was so already. */
  readonly difference: Difference | null;
};

/** A decision holds until it is taken back; only a list may bring a removed match back, by having it again. */
export const decide = (record: MatchRecord, decision: Decision, at: Instant): Result<Decided> => {
  switch (decision.kind) {
    case "decline":
      return ok(decision.declined ? decline(record, at) : takeBack(record, at));
    case "remove":
      return decision.removed ? remove(record, at) : ok(keep(record, at));
  }
};

const unchanged = (record: MatchRecord): Decided => ({ record, difference: null });

const decline = (record: MatchRecord, at: Instant): Decided =>
  record.declinedAt === null
    ? {
        record: { ...record, declinedAt: at, changedAt: later(at, record.changedAt) },
        difference: { field: "declined" },
      }
    : unchanged(record);

const takeBack = (record: MatchRecord, at: Instant): Decided =>
  record.declinedAt === null
    ? unchanged(record)
    : {
        record: { ...record, declinedAt: null, changedAt: later(at, record.changedAt) },
        difference: { field: "reclaimed" },
      };

/** The list has it: the next one would bring it back. */
const isInList = (record: MatchRecord): boolean =>
  wasListed(record) && record.inDoubt === null && record.keptAt === null;

const remove = (record: MatchRecord, at: Instant): Result<Decided> => {
  if (record.goneAt !== null) return ok(unchanged(record));
  if (isInList(record))
    return failed(
      "match-listed",
      "The match list has this match. A match that is not yours can be declined.",
      "matchId",
    );
  return ok({
    record: {
      ...record,
      goneAt: at,
      goneBy: "person",
      inDoubt: null,
      keptAt: null,
      changedAt: later(at, record.changedAt),
    },
    difference: { field: "removed" },
  });
};

const keep = (record: MatchRecord, at: Instant): Decided => {
  if (record.goneAt === null && record.inDoubt === null) return unchanged(record);
  const kept = {
    ...record,
    goneAt: null,
    goneBy: null,
    inDoubt: null,
    keptAt: at,
    changedAt: later(at, record.changedAt),
  };
  return { record: kept, difference: { field: record.goneAt === null ? "kept" : "returned" } };
};
