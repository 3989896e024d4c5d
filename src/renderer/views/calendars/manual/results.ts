import { z } from "zod";
import { type SyncResult, syncResultSchema, type TargetName } from "../../../../shared/calendar.ts";
import { rejectedMatchSchema } from "../../../../shared/message.ts";

/** What came back beside a problem: each match's result, and the matches that were refused. */
const besideSchema = z.object({
  results: z.array(syncResultSchema).optional().catch(undefined),
  rejected: z.array(rejectedMatchSchema).optional().catch(undefined),
});

export const besideProblem = (data: unknown) => {
  const beside = besideSchema.safeParse(data);
  return { results: beside.data?.results ?? [], rejected: beside.data?.rejected ?? [] };
};

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
