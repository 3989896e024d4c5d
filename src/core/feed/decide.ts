import type { Change } from "../../shared/change.ts";
import { instantOf } from "../../shared/instant.ts";
import { handChannel } from "../../shared/match.ts";
import { ProblemError, raise } from "../../shared/problem.ts";
import type { Journal } from "../journal.ts";
import { type Decision, decide } from "../matches/decisions.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Clock } from "../ports.ts";
import { titleOf } from "./apply.ts";
import type { Outcome } from "./batch.ts";

type DecideTools = {
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly clock: Pick<Clock, "now">;
  readonly journal: Pick<Journal, "append">;
  readonly numbering: () => { readonly nextChangeId: () => number; readonly keep: () => void };
  /** Acts on what the journal has taken. */
  readonly act: (outcome: Outcome) => void;
};

/** Journals what a person decides about a match, and acts on it; rejects when it cannot be so. */
export const decideOn = async (matchId: string, decision: Decision, tools: DecideTools): Promise<void> => {
  const known = tools.records.get(matchId) ?? raise("not-found", "There is no match with this id.", "matchId");
  const at = instantOf(tools.clock.now());
  const decided = decide(known, decision, at);
  if (!decided.ok) throw new ProblemError(decided.problem);
  const { record, difference } = decided.value;
  if (difference === null) return;
  const numbers = tools.numbering();
  const change: Change = {
    id: numbers.nextChangeId(),
    matchId,
    title: titleOf(record.match),
    at,
    difference,
    origin: { at, dialect: "guide", channel: handChannel },
    note: null,
    urgent: false,
  };
  await tools.journal.append({ matches: [record], changes: [change] });
  numbers.keep();
  tools.act({ messages: [], matches: [record], kept: [record], changes: [change], cycles: [], reports: [] });
};
