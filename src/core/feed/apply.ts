import type { Change } from "../../shared/change.ts";
import { matchTitle } from "../../shared/match.ts";
import type { MatchFacts } from "../facts/facts.ts";
import type { Telling } from "../facts/origin.ts";
import { applyFacts } from "../matches/merge.ts";
import type { MatchRecord } from "../matches/record.ts";
import { keptOf, type RetentionLimits } from "../matches/retention-limits.ts";
import { isUrgentChange } from "../matches/urgent.ts";
import { type MatchNote, noteFor } from "./notes.ts";

/** What is known of the matches: as the journal has them, and of some what arrivals just before have made of them. */
export type Known = {
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly ahead: ReadonlyMap<string, MatchRecord>;
};

export const knownRecord = (id: string, { records, ahead }: Known): MatchRecord | undefined =>
  ahead.get(id) ?? records.get(id);

/** A change that has no number yet. */
export type News = Omit<Change, "id">;

/** What news amounts to: matches as they are with it, and what it changed in them. */
export type Brought = { readonly records: readonly MatchRecord[]; readonly changes: readonly News[] };

/** Brings told facts to what is known of the matches, each of which is told of once. */
export const applyTold = (
  told: {
    readonly matches: readonly MatchFacts[];
    readonly notes: readonly MatchNote[];
    /** The ids of the matches that are urgent. */
    readonly urgent: ReadonlySet<string>;
    readonly limits: RetentionLimits;
  },
  telling: Telling,
  known: Known,
): Brought => {
  const notes = byMatch(told.notes);
  const records: MatchRecord[] = [];
  const changes: News[] = [];
  for (const said of told.matches) {
    const before = knownRecord(said.id, known);
    const facts = keptOf(said, before, told.limits);
    if (facts === null) continue;
    const origin = { at: telling.at, dialect: facts.dialect, channel: telling.channel };
    const { receivedAt, isReplay } = telling;
    // A first telling is news, whatever is said of it.
    const urgent = before !== undefined && told.urgent.has(facts.id);
    const isAskedAfter = telling.toldSince !== null && !telling.toldSince.has(facts.id);
    const hearing = { origin, receivedAt, urgent, isReplay, isAskedAfter };
    const { record, differences } = applyFacts(before, facts, hearing);
    if (record !== before) records.push(record);
    for (const difference of differences)
      changes.push({
        matchId: facts.id,
        title: matchTitle(record.match),
        at: receivedAt,
        difference,
        origin,
        note: noteFor(notes.get(facts.id) ?? [], difference),
        urgent: urgent || isUrgentChange(difference, record.match.kickoff, receivedAt),
      });
  }
  return { records, changes };
};

const byMatch = (notes: readonly MatchNote[]): ReadonlyMap<string, readonly MatchNote[]> => {
  const found = new Map<string, MatchNote[]>();
  for (const note of notes) {
    const known = found.get(note.matchId);
    if (known === undefined) found.set(note.matchId, [note]);
    else known.push(note);
  }
  return found;
};
