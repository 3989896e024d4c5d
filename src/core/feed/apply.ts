import type { Change } from "../../shared/change.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Match } from "../../shared/match.ts";
import type { MatchFacts } from "../facts/facts.ts";
import { isLate } from "../matches/late.ts";
import { applyFacts } from "../matches/merge.ts";
import { differsInTimes, type MatchRecord } from "../matches/record.ts";
import { keptOf, type RetentionLimits } from "../matches/retention.ts";
import { type MatchNote, noteFor } from "./notes.ts";

/** Who told, when they say they did, and when we heard it. */
export type Telling = {
  readonly channel: string;
  readonly at: Instant;
  readonly receivedAt: Instant;
  /** It was heard before and is read again. */
  readonly isReplay: boolean;
  readonly limits: RetentionLimits;
};

/** What a working copy lies over: the current matches, or another one that is being journaled. */
export type Known = { readonly get: (id: string) => MatchRecord | undefined };

/** A working copy over what is known: kept when the journal has it, thrown away when not. */
export type Overlay = Known & {
  readonly set: (record: MatchRecord) => void;
  /** What was set, each match once. */
  readonly touched: () => readonly MatchRecord[];
  /** Of those the ones that differ from before in more than times. */
  readonly changed: () => readonly MatchRecord[];
  /** It was kept, so those who lie over it look through it at the current matches. */
  readonly release: (current: Known) => void;
};

export const createOverlay = (over: Known): Overlay => {
  let known = over;
  const touched = new Map<string, MatchRecord>();
  return {
    get: (id) => touched.get(id) ?? known.get(id),
    set: (record) => void touched.set(record.match.id, record),
    touched: () => [...touched.values()],
    changed: () => [...touched.values()].filter((record) => !differsInTimes(known.get(record.match.id), record)),
    release: (current) => {
      touched.clear();
      known = current;
    },
  };
};

export const titleOf = ({ home, away, id }: Match): string =>
  home === null && away === null ? `Match ${id}` : `${home ?? "?"} – ${away ?? "?"}`;

/** Brings told facts to the matches and answers what they changed; `nextId` numbers the changes. */
export const applyTold = (
  told: {
    readonly matches: readonly MatchFacts[];
    readonly notes: readonly MatchNote[];
    /** The ids of the matches that are urgent. */
    readonly urgent: ReadonlySet<string>;
  },
  telling: Telling,
  overlay: Overlay,
  nextId: () => number,
): readonly Change[] => {
  const notes = byMatch(told.notes);
  return told.matches.flatMap((said) => {
    const before = overlay.get(said.id);
    const facts = keptOf(said, before, telling.limits);
    if (facts === null) return [];
    // A first telling is news, whatever is said of it.
    const urgent = before !== undefined && told.urgent.has(facts.id);
    const origin = { at: telling.at, dialect: facts.dialect, channel: telling.channel };
    const { record, differences } = applyFacts(before, facts, {
      origin,
      receivedAt: telling.receivedAt,
      urgent,
      isReplay: telling.isReplay,
    });
    if (record !== before) overlay.set(record);
    return differences.map(
      (difference): Change => ({
        id: nextId(),
        matchId: facts.id,
        title: titleOf(record.match),
        at: telling.receivedAt,
        difference,
        origin,
        note: noteFor(notes.get(facts.id) ?? [], difference),
        urgent: urgent || isLate(difference, telling.receivedAt),
      }),
    );
  });
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
