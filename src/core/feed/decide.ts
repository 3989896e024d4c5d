import type { Change } from "../../shared/change.ts";
import { instantOf } from "../../shared/instant.ts";
import { handChannel, matchTitle } from "../../shared/match.ts";
import { ProblemError } from "../../shared/problem.ts";
import { type Decision, decide } from "../matches/decisions.ts";
import { type MatchRecord, recordIn } from "../matches/record.ts";
import type { Clock } from "../ports.ts";
import { emptyOutcome, type Outcome } from "./batch.ts";

type DecideTools = {
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly clock: Pick<Clock, "now">;
  readonly nextChangeId: () => number;
  /** Journals what is made when it is its turn, and acts on it. */
  readonly put: (make: () => Outcome) => Promise<Outcome>;
};

export type Decided = {
  readonly decision: Decision;
  /** The name of their token; null: nobody's. */
  readonly by: string | null;
};

/** Takes what a person decides about a match; rejects when it cannot be so. */
export const decideOn = async (matchId: string, { decision, by }: Decided, tools: DecideTools): Promise<void> => {
  await tools.put(() => outcomeOf(matchId, { decision, by }, tools));
};

const outcomeOf = (
  matchId: string,
  { decision, by }: Decided,
  { records, clock, nextChangeId }: DecideTools,
): Outcome => {
  const known = recordIn(records, matchId);
  const at = instantOf(clock.now());
  const decided = decide(known, decision, at);
  if (!decided.ok) throw new ProblemError(decided.problem);
  const { record, difference } = decided.value;
  const nothing = emptyOutcome("manual");
  if (difference === null) return nothing;
  const change: Change = {
    id: nextChangeId(),
    matchId,
    title: matchTitle(record.match),
    at,
    difference,
    origin: { at, dialect: "guide", channel: handChannel },
    ...(by !== null && { by }),
    note: null,
    urgent: false,
  };
  return { ...nothing, matches: [record], kept: [record], changes: [change] };
};
