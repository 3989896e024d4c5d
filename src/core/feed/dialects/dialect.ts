import type { MatchField } from "../../../shared/match.ts";
import type { MatchFacts, SaidFacts } from "../../facts/facts.ts";

/** What a match tells, in one of the dialects. What could not be read of it is noted on the wire. */
export type Reading = Pick<MatchFacts, "wallClock"> & {
  /** Every field, said or not: a dialect that has no words for one says `undefined`, so that none is forgotten. */
  readonly told: { readonly [F in MatchField]: SaidFacts[F] };
};
