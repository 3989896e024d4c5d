import type { Dialect, Match } from "../../shared/match.ts";
import type { RejectedMatch } from "../../shared/message.ts";

/**
 * What was told about one match. A key that is absent was not told; a key that is null was told to be unknown.
 * `wallClock`: the kick-off was given as Stockholm wall-clock time, so in the hour that exists twice it is a guess.
 */
export type MatchFacts = Pick<Match, "id"> & {
  readonly dialect: Dialect;
  readonly wallClock: boolean;
  readonly told: Readonly<Partial<Omit<Match, "id">>>;
};

/** A match that was refused. Its id, where it has one, says that the list did speak of it. */
export type RefusedMatch = RejectedMatch & {
  readonly kind: "match-without-id" | "input-invalid";
  readonly matchId: string | null;
};

/** A list of matches as it was read. */
export type DecodedMatches = {
  readonly matches: readonly MatchFacts[];
  readonly rejections: readonly RefusedMatch[];
};
