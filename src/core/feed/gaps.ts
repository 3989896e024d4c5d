import type { Gap, GapCause } from "../../shared/connection.ts";
import { instantOf } from "../../shared/instant.ts";
import type { Effect } from "./connection-state.ts";

/**
 * The book of gaps: stretches of time in which messages may have been missed, and what filled them. Pure; the journal
 * keeps what each step changed.
 */
export type GapBook = {
  readonly lastId: number;
  /** Every gap that is not closed, oldest first. */
  readonly gaps: readonly Gap[];
  /** The subscription was proven live at least once, in this run or an earlier one. Before that nothing can be missed. */
  readonly hasHeard: boolean;
};

export type GapEvent =
  /** From the connection; with cause `journal` from the journal, while it refuses what is heard. */
  | Extract<Effect, { kind: "gap-began" | "gap-ended" }>
  | { readonly kind: "journal-ended"; readonly at: number }
  /** A complete list was applied; it was asked for at `fetchedFrom`. */
  | {
      readonly kind: "filled";
      readonly fetchedFrom: number;
      readonly at: number;
      readonly brought: { readonly matches: number; readonly changes: number };
    };

export type GapStep = { readonly book: GapBook; readonly changed: readonly Gap[] };

/** Without a source of lists nothing is ever filled: what is older than these stays as it is. */
const most = 1000;

/**
 * The book as a new run finds it. Since the last proof of life nobody listened, unless a gap was open already: then that
 * one goes on.
 */
export const openGapBook = (options: {
  readonly lastId: number;
  readonly gaps: readonly Gap[];
  /** When the run before knew for the last time that it heard; null when there was no such run. */
  readonly lastProofAt: number | null;
}): GapStep => {
  const book: GapBook = {
    lastId: options.lastId,
    gaps: options.gaps.filter((gap) => gap.state !== "closed").toSorted((a, b) => a.id - b.id),
    hasHeard: options.lastProofAt !== null || options.lastId > 0,
  };
  if (options.lastProofAt === null) return { book, changed: [] };
  return noteGap(book, { kind: "gap-began", from: options.lastProofAt, cause: { kind: "not-running" } });
};

export const noteGap = (book: GapBook, event: GapEvent): GapStep => {
  switch (event.kind) {
    case "gap-began":
      return begin(book, event.from, event.cause);
    case "gap-ended":
      return replace({ ...book, hasHeard: true }, (gap) =>
        isOpen(gap) && !ofJournal(gap) ? ended(gap, event.at) : gap,
      );
    case "journal-ended":
      return replace(book, (gap) => (isOpen(gap) && ofJournal(gap) ? ended(gap, event.at) : gap));
    case "filled":
      return replace(book, (gap) => {
        // A list asked for while still deaf may be older than what was said last.
        if (gap.state !== "unfilled" || gap.to === null || Date.parse(gap.to) > event.fetchedFrom) return gap;
        return { ...gap, state: "closed", filledAt: instantOf(event.at), brought: event.brought };
      });
  }
};

const isOpen = (gap: Gap): boolean => gap.state === "open";
const ofJournal = (gap: Gap): boolean => gap.cause.kind === "journal";

const ended = (gap: Gap, at: number): Gap => ({
  ...gap,
  state: "unfilled",
  to: instantOf(Math.max(at, Date.parse(gap.from))),
});

const begin = (book: GapBook, from: number, cause: GapCause): GapStep => {
  const journal = cause.kind === "journal";
  if (!journal && !book.hasHeard) return { book, changed: [] };
  const related = book.gaps.filter((gap) => ofJournal(gap) === journal);
  if (related.some(isOpen)) return { book, changed: [] };
  // One that begins where another, not filled yet, ended is the same deafness: a flapping server is not a hundred gaps.
  const last = related.at(-1);
  if (last?.state === "unfilled" && last.to !== null && from <= Date.parse(last.to))
    return replace(book, (gap) => (gap === last ? { ...gap, state: "open", to: null } : gap));
  const gap: Gap = {
    id: book.lastId + 1,
    from: instantOf(from),
    to: null,
    cause,
    state: "open",
    filledAt: null,
    brought: null,
  };
  return { book: { ...book, lastId: gap.id, gaps: [...book.gaps, gap].slice(-most) }, changed: [gap] };
};

const replace = (book: GapBook, change: (gap: Gap) => Gap): GapStep => {
  const gaps = book.gaps.map(change);
  return {
    book: { ...book, gaps: gaps.filter((gap) => gap.state !== "closed") },
    changed: gaps.filter((gap, index) => gap !== book.gaps[index]),
  };
};

/** The earliest moment at which a list must be asked for to fill every gap that has ended; null when there is none. */
export const needsListFrom = (book: GapBook): number | null =>
  book.gaps.reduce<number | null>((latest, gap) => {
    if (gap.state !== "unfilled" || gap.to === null) return latest;
    return Math.max(latest ?? 0, Date.parse(gap.to));
  }, null);
