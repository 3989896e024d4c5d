import type { MatchFacts } from "../../facts/facts.ts";

/** What a match tells, in one of the dialects. What could not be read of it is noted on the wire. */
export type Reading = Pick<MatchFacts, "told" | "wallClock">;
