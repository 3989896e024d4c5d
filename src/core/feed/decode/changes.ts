import type { MatchStatus } from "../../../shared/match.ts";
import type { MatchFacts } from "../../facts/facts.ts";
import { type Flags, statusOfFlags } from "../dialects/status.ts";
import { isFields } from "../dialects/wire.ts";
import { bounded, toldFlag, toldText } from "../dialects/words.ts";
import { fieldsOfNote, type MatchNote } from "../notes.ts";

/** What a publisher says of its own changes, beside the matches. */
export type ToldChanges = {
  /** The matches, with what only the changes tell of them. */
  readonly matches: readonly MatchFacts[];
  readonly notes: readonly MatchNote[];
  /** The ids of the matches that are urgent. */
  readonly urgent: ReadonlySet<string>;
};

const nobody: ReadonlySet<string> = new Set();

/** One change as it was told. */
type Told = {
  readonly note: MatchNote;
  /** What it says of the match's status. */
  readonly flags: Partial<Flags>;
  readonly isUrgent: boolean;
};

const urgentPriorities: ReadonlySet<string> = new Set(["critical", "high"]);
/** Changes of which everybody has to know at once, whatever priority stands beside them, and what they say. */
const statusCategories: ReadonlyMap<string, keyof Flags> = new Map([
  ["cancellation", "cancelled"],
  ["interruption", "abandoned"],
  ["postponement", "postponed"],
]);
const flagFields: ReadonlyMap<string, keyof Flags> = new Map([
  ["installd", "cancelled"],
  ["avbruten", "abandoned"],
  ["uppskjuten", "postponed"],
]);

/**
 * Reads what the publisher says of its changes. It only accompanies the matches, so what cannot be read of it is left out.
 * Schema 2.0 words a cancelled match as scheduled, and tells of the cancellation here alone. `high_priority` is said of the
 * whole message: where changes are named it means their matches.
 */
export const readChanges = (changes: unknown, highPriority: unknown, matches: readonly MatchFacts[]): ToldChanges => {
  if (changes === undefined && highPriority === undefined) return { matches, notes: [], urgent: nobody };
  const only = matches.length === 1 ? (matches[0]?.id ?? null) : null;
  const told = (Array.isArray(changes) ? changes : []).flatMap((change: unknown) => readChange(change, only) ?? []);
  const named = told.filter(({ isUrgent }) => isUrgent);
  const about = told.length > 0 ? told.map(({ note }) => note.matchId) : matches.map(({ id }) => id);
  return {
    matches: told.length === 0 ? matches : withStatuses(matches, told),
    notes: told.map(({ note }) => note),
    urgent: new Set(named.length === 0 && toldFlag(highPriority) ? about : named.map(({ note }) => note.matchId)),
  };
};

/** A change that names no match belongs to the only one there is. */
const readChange = (change: unknown, only: string | null): Told | null => {
  if (!isFields(change)) return null;
  const matchId = toldText(change.match_id) ?? only;
  if (matchId === null) return null;
  const field = toldText(change.field_name) ?? toldText(change.field);
  const [category, priority] = [toldText(change.category), toldText(change.priority)];
  return {
    note: {
      matchId,
      fields: fieldsOfNote(field, category),
      note: {
        category: shown(category),
        priority: shown(priority),
        description: shown(toldText(change.change_description) ?? toldText(change.description)),
      },
    },
    flags: flagsOf(category, field, toldFlag(change.current_value) ?? toldFlag(change.to)),
    isUrgent: urgentPriorities.has(folded(priority)) || statusCategories.has(folded(category)),
  };
};

const folded = (told: string | null): string => (told ?? "").toLowerCase();
const shown = (told: string | null): string | null => (told === null ? null : bounded(told));

const flagsOf = (category: string | null, field: string | null, now: boolean | undefined): Partial<Flags> => {
  const raised = statusCategories.get(folded(category));
  if (raised !== undefined) return { [raised]: true };
  const changed = flagFields.get(folded(field));
  return changed === undefined || now === undefined ? {} : { [changed]: now };
};

/** FOGIS's own flags know better; whoever says `scheduled` besides may mean any status. */
const withStatuses = (matches: readonly MatchFacts[], told: readonly Told[]): readonly MatchFacts[] => {
  const flags = new Map<string, Partial<Flags>>();
  for (const { note, flags: said } of told) flags.set(note.matchId, { ...flags.get(note.matchId), ...said });
  return matches.map((facts) => {
    const status = statusFrom(flags.get(facts.id));
    const { dialect, told: known } = facts;
    const isOpen = known.status === undefined || (dialect !== "fogis" && known.status === "scheduled");
    return status === undefined || !isOpen ? facts : { ...facts, told: { ...known, status } };
  });
};

const noFlags: Flags = { cancelled: undefined, abandoned: undefined, postponed: undefined, completed: undefined };

const statusFrom = (flags: Partial<Flags> | undefined): MatchStatus | undefined =>
  flags === undefined ? undefined : statusOfFlags({ ...noFlags, ...flags });
