import { isActive, type MatchView } from "../../../shared/snapshot.ts";
import { stockholmDay } from "../../../shared/text/format.ts";

export type MatchDay = { readonly day: string; readonly total: number; readonly matches: readonly MatchView[] };

/** Matches (in the order of kick-off) by Stockholm day, from `first` up to but not including `end`. */
export const byDay = (matches: readonly MatchView[], first: string, end: string): readonly MatchDay[] => {
  const days = new Map<string, MatchView[]>();
  for (const match of matches) {
    if (match.kickoff === null || !isActive(match)) continue;
    const day = stockholmDay(match.kickoff);
    if (day < first || day >= end) continue;
    const list = days.get(day);
    if (list === undefined) days.set(day, [match]);
    else list.push(match);
  }
  return [...days].map(([day, list]) => ({ day, total: list.length, matches: list }));
};
