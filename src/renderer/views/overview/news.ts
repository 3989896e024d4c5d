import type { Change, Difference } from "../../../shared/change.ts";
import { changeRule } from "../../../shared/change-rules.ts";
import { grouped } from "../../../shared/grouped.ts";
import type { Instant } from "../../../shared/instant.ts";
import { matchTitle } from "../../../shared/match.ts";
import type { MatchView } from "../../../shared/snapshot.ts";

export type MatchNews = {
  readonly matchId: string;
  readonly title: string;
  readonly kickoff: Instant | null;
  readonly competition: string | null;
  /** Each field once, as it was before all of them and as it is now; the weightiest first. */
  readonly changes: readonly Change[];
  readonly urgent: boolean;
  readonly at: Instant;
};

/** A match by itself, or many of one competition that are gone from the list together, or came back together. */
export type NewsLine =
  | { readonly of: "match"; readonly news: MatchNews }
  | {
      readonly of: "many";
      readonly field: "gone" | "returned";
      readonly competition: string | null;
      readonly matches: readonly MatchNews[];
    };

export type News = {
  readonly matches: readonly MatchNews[];
  /** Matches of which nothing is new but that they are there, or how their people are reached. */
  readonly added: readonly string[];
  readonly contacts: readonly string[];
};

const key = (value: unknown): string => JSON.stringify(value);

/** A later change of the same field continues the earlier one. */
const joined = (earlier: Change, later: Change): Change => {
  const from = earlier.difference;
  const to = later.difference;
  if (!("before" in from && "after" in to) || from.field !== to.field) return later;
  // Both are of one field, which the compiler does not tie together.
  return { ...later, difference: { ...to, before: from.before } as Difference };
};

const cameToNothing = ({ difference }: Change): boolean =>
  "before" in difference && key(difference.before) === key(difference.after);

const opposites: ReadonlyMap<string, string> = new Map([
  ["gone", "returned"],
  ["returned", "gone"],
]);

/** What a match's changes, the oldest first, come to. A match that went and came back did neither. */
const summed = (changes: readonly Change[]): readonly Change[] => {
  const byField = new Map<string, Change>();
  for (const change of changes) {
    const { field } = change.difference;
    const opposite = opposites.get(field);
    if (opposite !== undefined && byField.delete(opposite)) continue;
    const before = byField.get(field);
    byField.set(field, before === undefined ? change : joined(before, change));
  }
  return [...byField.values()].filter((change) => !cameToNothing(change)).sort((a, b) => weightOf(b) - weightOf(a));
};

const weightOf = ({ difference }: Change): number => changeRule(difference).weight;

/** News by match: the urgent first, then by weight, then by kick-off. What matters to few is only counted. */
export const newsOf = (changes: readonly Change[], matchOf: (id: string) => MatchView | undefined): News => {
  const byMatch = new Map<string, Change[]>();
  for (const change of changes.toReversed()) {
    const known = byMatch.get(change.matchId);
    if (known === undefined) byMatch.set(change.matchId, [change]);
    else known.push(change);
  }
  const matches: Weighed[] = [];
  const added: string[] = [];
  const contacts: string[] = [];
  for (const [matchId, all] of byMatch) {
    const sum = summed(all);
    const [first] = sum;
    if (first === undefined) continue;
    // Of a match that is new everything else is new as well.
    if (sum.some(({ difference }) => difference.field === "added")) added.push(matchId);
    else if (weightOf(first) === 0) contacts.push(matchId);
    else {
      const at = all.at(-1)?.at ?? first.at;
      const told = sum.filter((change) => weightOf(change) > 0);
      const urgent = told.some((change) => change.urgent);
      const match = matchOf(matchId);
      const { kickoff = null, competition = null } = match ?? {};
      const title = match === undefined ? first.title : matchTitle(match);
      matches.push({
        news: { matchId, title, kickoff, competition, changes: told, urgent, at },
        weight: weightOf(first),
      });
    }
  }
  return { matches: matches.sort(byWeight).map(({ news }) => news), added, contacts };
};

/** `weight`: that of its weightiest change. */
type Weighed = { readonly news: MatchNews; readonly weight: number };

const byWeight = (a: Weighed, b: Weighed): number =>
  Number(b.news.urgent) - Number(a.news.urgent) ||
  b.weight - a.weight ||
  ((a.news.kickoff ?? "9") < (b.news.kickoff ?? "9") ? -1 : 1);

/** So many that go together are one piece of news. */
const manyFrom = 4;

/** Where all there is to say of a match is that it is gone, or back. */
const presenceOf = ({ changes: [change, ...others] }: MatchNews): "gone" | "returned" | null => {
  const field = change?.difference.field;
  return others.length === 0 && (field === "gone" || field === "returned") ? field : null;
};

/** News line by line, in their order: what befell many matches of a competition alike stands where the first of them does. */
export const newsLines = (news: readonly MatchNews[]): readonly NewsLine[] => {
  const keyOf = (one: MatchNews): string => key([presenceOf(one), one.competition]);
  const together = grouped(
    news.filter((one) => presenceOf(one) !== null),
    keyOf,
  );
  return news.flatMap((one): readonly NewsLine[] => {
    const field = presenceOf(one);
    const matches = field === null ? [] : (together.get(keyOf(one)) ?? []);
    if (field === null || matches.length < manyFrom) return [{ of: "match", news: one }];
    return matches[0] === one ? [{ of: "many", field, competition: one.competition, matches }] : [];
  });
};
