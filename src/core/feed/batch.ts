import type { Change } from "../../shared/change.ts";
import type { Match } from "../../shared/match.ts";
import type { Cycle } from "../../shared/snapshot.ts";
import { errorName } from "../error-name.ts";
import type { MatchFacts } from "../facts/facts.ts";
import type { JournalBatch, JournaledMessage } from "../journal.ts";
import type { MatchBook } from "../matches/book.ts";
import type { CompleteList } from "../matches/presence.ts";
import { differsInTimes, type MatchRecord } from "../matches/record.ts";
import type { RetentionLimits } from "../matches/retention-limits.ts";
import type { Log } from "../ports.ts";
import type { Arrival, Way } from "./arrival.ts";
import { createDedupe, type Dedupe, type Fingerprint } from "./dedupe.ts";
import { type Effect, type EffectTools, effectOf, failedEffect } from "./effect.ts";
import type { Report } from "./message.ts";

/** What some arrivals amount to, before any of it is acted on. */
export type Outcome = {
  readonly way: Way;
  readonly messages: readonly JournaledMessage[];
  /** What they told of matches, in order, whether it was news or not. */
  readonly told: readonly MatchFacts[];
  /** Every match they speak of, as it is now. */
  readonly matches: readonly MatchRecord[];
  /** Of those the ones the journal must have: of the others only the times are newer. */
  readonly kept: readonly MatchRecord[];
  readonly changes: readonly Change[];
  readonly cycles: readonly Cycle[];
  /** What the publisher says of itself, in the order in which it was said. */
  readonly reports: readonly Report[];
  /** Messages that were in quarantine and are now accepted whole. */
  readonly released: readonly number[];
  /** By these a later message is known for a duplicate. */
  readonly prints: readonly Fingerprint[];
  /** The last complete list among them. */
  readonly list: CompleteList | null;
  /** A complete list was among them, and no match is current that it does not have. */
  readonly isWhole: boolean;
};

/** What the journal has, and the matches about which something has changed with it, as they were and as they are. */
export type Taken = Outcome & { readonly moved: readonly Match[] };

export const emptyOutcome = (way: Way): Outcome => ({
  way,
  messages: [],
  told: [],
  matches: [],
  kept: [],
  changes: [],
  cycles: [],
  reports: [],
  released: [],
  prints: [],
  list: null,
  isWhole: false,
});

export type Batches = {
  /** Numbers arrivals, and says what they amount to on the ground of what is known now. */
  readonly apply: (way: Way, arrivals: readonly Arrival[]) => Outcome;
  readonly nextChangeId: () => number;
  /** The journal has it, so it is known from now on. What fails may be asked for again. */
  readonly commit: (outcome: Outcome) => Taken;
  /** The wall clock was set back: when the last list was asked for says nothing of what is heard from now on. */
  readonly forgetList: () => void;
};

export type BatchOptions = Pick<EffectTools, "encode" | "maxBytes"> & {
  readonly limits: () => RetentionLimits;
  readonly book: Pick<MatchBook, "records" | "put">;
  readonly lastIds: { readonly message: number; readonly change: number };
  readonly log: Log;
};

const rememberedMessages = 20_000;

/** Owns the numbers of messages and changes, of which none is given out twice, and the memory of what was said. */
export const createBatches = ({ lastIds, book, ...options }: BatchOptions): Batches => {
  const dedupe = createDedupe({ capacity: rememberedMessages });
  let { message, change } = lastIds;
  let lastList: CompleteList | null = null;
  const nextMessageId = (): number => ++message;
  const nextChangeId = (): number => ++change;
  return {
    apply: (way, arrivals) =>
      applyAll(way, arrivals, {
        ...options,
        records: book.records,
        dedupe,
        lastList,
        nextMessageId,
        nextChangeId,
      }),
    nextChangeId,
    commit: (outcome) => {
      dedupe.remember(outcome.prints);
      lastList = outcome.list ?? lastList;
      return { ...outcome, moved: book.put(outcome.matches, outcome.changes) };
    },
    forgetList: () => {
      lastList = null;
    },
  };
};

type BatchTools = Omit<EffectTools, "get" | "isDuplicate" | "limits"> & {
  readonly limits: () => RetentionLimits;
  readonly dedupe: Pick<Dedupe, "knows">;
  readonly log: Log;
};

/** Arrivals are applied to a working copy of the matches, in which each finds what those before it brought. */
const applyAll = (way: Way, arrivals: readonly Arrival[], tools: BatchTools): Outcome => {
  const working = new Map<string, MatchRecord>();
  const fresh = new Map<number, string>();
  const effects: Effect[] = [];
  const toolsOfOne: EffectTools = {
    ...tools,
    limits: tools.limits(),
    get: (id) => working.get(id) ?? tools.records.get(id),
    isDuplicate: (print) => fresh.get(print[1]) === print[0] || tools.dedupe.knows(print),
  };

  for (const arrival of arrivals) {
    const effect = attempt(arrival, toolsOfOne, tools.log);
    effects.push(effect);
    for (const record of effect.records) working.set(record.match.id, record);
    if (effect.print !== null) fresh.set(effect.print[1], effect.print[0]);
  }
  const matches = [...working.values()];
  return {
    way,
    messages: effects.flatMap(({ message }) => message ?? []),
    told: effects.flatMap(({ told }) => told),
    matches,
    kept: matches.filter((record) => !differsInTimes(tools.records.get(record.match.id), record)),
    changes: effects.flatMap(({ changes }) => changes),
    cycles: effects.flatMap(({ cycle }) => cycle ?? []),
    reports: effects.flatMap(({ report }) => report ?? []),
    released: effects.flatMap(({ released }) => released ?? []),
    prints: effects.flatMap(({ print }) => (print === null ? [] : [print])),
    list: effects.findLast(({ list }) => list !== null)?.list ?? null,
    isWhole: effects.some(({ isWhole }) => isWhole),
  };
};

/** An arrival on which we ourselves fail must not hold up those behind it: it waits in quarantine until that is mended. */
const attempt = (arrival: Arrival, tools: EffectTools, log: Log): Effect => {
  try {
    return effectOf(arrival, tools);
  } catch (error) {
    // A list is given by somebody who can be told.
    if (arrival.kept.kind === "news") throw error;
    log.error("a message could not be taken in", { error: errorName(error) });
    return failedEffect(arrival, tools);
  }
};

/** What the journal has to have of it. */
export const journaledOf = ({ messages, kept, changes, cycles, released }: Outcome): JournalBatch => ({
  messages,
  matches: kept,
  changes,
  cycles,
  released,
});
