import type { Change } from "../../shared/change.ts";
import type { Match } from "../../shared/match.ts";
import type { Cycle } from "../../shared/snapshot.ts";
import { errorTrail } from "../error-name.ts";
import type { MatchFacts } from "../facts/facts.ts";
import type { JournaledMessage } from "../journal.ts";
import type { MatchBook } from "../matches/book.ts";
import type { CompleteList } from "../matches/presence.ts";
import { differsInTimes, type MatchRecord } from "../matches/record.ts";
import type { RetentionLimits } from "../matches/retention-limits.ts";
import type { Log } from "../ports.ts";
import { type Arrival, ownFailure, type Way } from "./arrival.ts";
import { createDedupe } from "./dedupe.ts";
import { type Effect, effectOf, type Ground, refusedEffect } from "./effect.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { journaledMessage, verdictOf } from "./gist.ts";
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

export type BatchOptions = Pick<Ground, "encode"> & {
  readonly limits: () => RetentionLimits;
  /** Payloads larger than this are not kept. */
  readonly maxBytes: number;
  readonly book: Pick<MatchBook, "records" | "put">;
  readonly lastIds: { readonly message: number; readonly change: number };
  readonly log: Log;
};

const rememberedMessages = 20_000;

/** Owns the numbers of messages and changes, of which none is given out twice, and the memory of what was said. */
export const createBatches = ({ lastIds, book, limits, encode, maxBytes, log }: BatchOptions): Batches => {
  const dedupe = createDedupe({ capacity: rememberedMessages });
  let { message, change } = lastIds;
  let lastList: CompleteList | null = null;
  const nextChangeId = (): number => ++change;

  /** An arrival on which we ourselves fail must not hold up those behind it: it waits in quarantine until that is mended. */
  const attempt = (arrival: Arrival, ground: Ground): Effect => {
    try {
      return effectOf(arrival, ground);
    } catch (error) {
      // A list is given by somebody who can be told.
      if (arrival.kept.kind === "news") throw error;
      log.error("a message could not be taken in", { error: errorTrail(error) });
      return refusedEffect(arrival, ownFailure);
    }
  };

  return {
    apply: (way, arrivals) => {
      const ahead = new Map<string, MatchRecord>();
      const fresh = new Map<number, string>();
      const isDuplicate = (print: Fingerprint): boolean => fresh.get(print[1]) === print[0] || dedupe.knows(print);
      const ground: Ground = { records: book.records, ahead, lastList, limits: limits(), isDuplicate, encode };
      const messages: JournaledMessage[] = [];
      const released: number[] = [];
      const effects: Effect[] = [];
      for (const arrival of arrivals) {
        const effect = attempt(arrival, ground);
        const { said, kept, print, records } = effect;
        for (const record of records) ahead.set(record.match.id, record);
        if (print !== null) fresh.set(print[1], print[0]);
        if (kept.kind === "whole")
          messages.push(journaledMessage(arrival, said, { id: ++message, payload: kept.payload, maxBytes }));
        else if (kept.kind === "already" && verdictOf(said) === "valid") released.push(kept.id);
        effects.push(effect);
      }
      const matches = [...ahead.values()];
      return {
        way,
        messages,
        told: effects.flatMap(({ told }) => told),
        matches,
        kept: matches.filter((record) => !differsInTimes(book.records.get(record.match.id), record)),
        changes: effects.flatMap(({ changes }) => changes.map((news): Change => ({ id: nextChangeId(), ...news }))),
        cycles: effects.flatMap(({ cycle }) => cycle ?? []),
        reports: effects.flatMap(({ report }) => report ?? []),
        released,
        prints: effects.flatMap(({ print }) => (print === null ? [] : [print])),
        list: effects.findLast(({ list }) => list !== null)?.list ?? null,
        isWhole: effects.some(({ isWhole }) => isWhole),
      };
    },
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
