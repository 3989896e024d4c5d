import { useEffect } from "react";
import type { MatchView } from "../../shared/snapshot.ts";
import { useQuery } from "./useQuery.ts";

/**
 * What the service knows of a match beyond what a window is told, asked again whenever the match is another, or `newest` is. The
 * answer about the match before is none.
 */
export const useMatchTold = (match: MatchView, newest = 0) => {
  const { again, ...query } = useQuery("match", { id: match.id });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is newer is the reason to ask again
  useEffect(again, [again, match, newest]);
  return {
    told: query.state === "ready" && query.value.match.id === match.id ? query.value : null,
    problem: query.state === "failed" ? query.problem : null,
  };
};
