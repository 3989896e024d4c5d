import { isAddressBook, type SyncResult, type TargetName } from "../../../../shared/calendar.ts";

/** One match and what became of it in each calendar. */
export type MatchResult = {
  readonly matchId: string;
  readonly targets: Readonly<Partial<Record<TargetName, SyncResult>>>;
  readonly failed: boolean;
};

const isBad = ({ outcome }: SyncResult): boolean => outcome === "failed" || outcome === "waiting";

/** By match, those that did not succeed first: they are what a person looks for. */
export const byMatch = (results: readonly SyncResult[]): readonly MatchResult[] => {
  const matches = new Map<string, SyncResult[]>();
  for (const result of results) {
    if (isAddressBook(result.target)) continue;
    const others = matches.get(result.matchId);
    if (others === undefined) matches.set(result.matchId, [result]);
    else others.push(result);
  }
  return [...matches]
    .map(
      ([matchId, each]): MatchResult => ({
        matchId,
        targets: Object.fromEntries(each.map((result) => [result.target, result])),
        failed: each.some(isBad),
      }),
    )
    .toSorted((a, b) => Number(b.failed) - Number(a.failed));
};

export type OutcomeCount = { readonly outcome: SyncResult["outcome"]; readonly count: number };

const order: readonly SyncResult["outcome"][] = [
  "failed",
  "waiting",
  "inserted",
  "updated",
  "cancelled",
  "removed",
  "unchanged",
  "skipped",
];

/** How many came out how, the bad ones first; outcomes that did not occur are left out. */
export const countOutcomes = (results: readonly SyncResult[]): readonly OutcomeCount[] =>
  order
    .map((outcome) => ({ outcome, count: results.filter((result) => result.outcome === outcome).length }))
    .filter(({ count }) => count > 0);
