import type { Gap, GapCause } from "../../shared/connection.ts";
import { instantOf } from "../../shared/instant.ts";
import { type Moment, wallOf } from "../moment.ts";
import type { Effect } from "./connection-state.ts";
import type { StreamLoss } from "./stream-position.ts";

/** A gap that is not closed. What it says is for people; what follows from it is reckoned by the clock that nobody sets. */
type Booked = {
  readonly gap: Gap;
  /** null: not in this run, or nobody knows when by that clock. */
  readonly began: Moment | null;
  /** By `elapsed`; null: not yet, or in a run before. */
  readonly endedAt: number | null;
};

/**
 * The book of gaps: stretches of time in which messages may have been missed, and what filled them. Pure; the journal
 * keeps what each step changed.
 */
export type GapBook = {
  readonly lastId: number;
  /** Oldest first. */
  readonly gaps: readonly Booked[];
  /** The subscription was proven live at least once, in this run or an earlier one. Before that nothing can be missed. */
  readonly hasHeard: boolean;
};

export type GapEvent =
  /** From the connection. */
  | Extract<Effect, { kind: "gap-began" | "gap-ended" }>
  /** The journal refuses what is heard; the first that was let go came at `from` by the wall clock. */
  | { readonly kind: "journal-began"; readonly from: number }
  | { readonly kind: "journal-ended" }
  /** Entries of the stream are gone that were not read; the first was added after `from`, by the wall clock. */
  | { readonly kind: "stream-missed"; readonly from: number; readonly loss: StreamLoss }
  /** A complete list was applied; it was asked for at `fetchedFrom`, by `elapsed`. */
  | {
      readonly kind: "filled";
      readonly fetchedFrom: number;
      readonly brought: { readonly matches: number; readonly changes: number };
    };

export type GapStep = { readonly book: GapBook; readonly changed: readonly Gap[] };

/** Without a source of lists nothing is ever filled: what is older than these stays as it is. */
const most = 1000;

/**
 * The book as a new run finds it. Since the last proof of life nobody listened, unless a gap was open already: then that
 * one goes on. What the run before wrote may lie in the future, when one of the two had a wrong clock.
 */
export const openGapBook = (
  options: {
    readonly lastId: number;
    readonly gaps: readonly Gap[];
    /** When the run before knew for the last time that it heard; null when there was no such run. */
    readonly lastProofAt: number | null;
  },
  now: Moment,
): GapStep => {
  const { lastId, lastProofAt } = options;
  const unclosed = options.gaps.filter((gap) => gap.state !== "closed").toSorted((a, b) => a.id - b.id);
  const { book, changed } = inThePast(
    {
      lastId,
      gaps: unclosed.map((gap) => ({ gap, began: null, endedAt: null })),
      hasHeard: lastProofAt !== null || lastId > 0,
    },
    now,
  );
  if (lastProofAt === null) return { book, changed };
  const step = begin(book, { from: Math.min(lastProofAt, now.wall), began: null, cause: { kind: "not-running" } });
  return { book: step.book, changed: [...changed, ...step.changed] };
};

export const noteGap = (before: GapBook, event: GapEvent, now: Moment): GapStep => {
  const { book, changed } = inThePast(before, now);
  const step = take(book, event, now);
  return { book: step.book, changed: [...changed, ...step.changed] };
};

const take = (book: GapBook, event: GapEvent, now: Moment): GapStep => {
  switch (event.kind) {
    case "gap-began":
      return begin(book, { from: wallOf(event.from, now), began: event.from, cause: event.cause });
    case "gap-ended":
      return replace({ ...book, hasHeard: true }, (booked) =>
        isOpen(booked) && kinOf(booked) === "subscription" ? ended(booked, now) : booked,
      );
    case "journal-began":
      return begin(book, { from: Math.min(event.from, now.wall), began: null, cause: { kind: "journal" } });
    case "journal-ended":
      return replace(book, (booked) => (isOpen(booked) && kinOf(booked) === "journal" ? ended(booked, now) : booked));
    case "stream-missed":
      return streamMissed(book, event, now);
    case "filled":
      return replace(book, (booked) => {
        // A list asked for while still deaf may be older than what was said last.
        if (booked.gap.state !== "unfilled" || neededFrom(booked) > event.fetchedFrom) return booked;
        const { brought } = event;
        return { ...booked, gap: { ...booked.gap, state: "closed", filledAt: instantOf(now.wall), brought } };
      });
  }
};

const isOpen = ({ gap }: Booked): boolean => gap.state === "open";

/** Gaps of another kin are another matter: they begin and end by themselves. */
const kinOf = ({ gap }: Pick<Booked, "gap">): "journal" | "stream" | "subscription" => kinds[gap.cause.kind];
const kinds = {
  journal: "journal",
  stream: "stream",
  "not-running": "subscription",
  restart: "subscription",
  asleep: "subscription",
  lost: "subscription",
} as const satisfies Readonly<Record<GapCause["kind"], string>>;

const ended = (booked: Booked, now: Moment): Booked => ({
  ...booked,
  endedAt: now.elapsed,
  gap: { ...booked.gap, state: "unfilled", to: instantOf(now.wall) },
});

/** A list that is asked for from then on fills the gap: any list of this run, when it ended in a run before. */
const neededFrom = ({ endedAt }: Booked): number => endedAt ?? Number.NEGATIVE_INFINITY;

/** A clock that was set back leaves moments in the future: they become as late as they can have been. */
const inThePast = (book: GapBook, now: Moment): GapStep =>
  replace(book, (booked) => {
    const { gap, began } = booked;
    const latest = instantOf(now.wall);
    if (gap.from <= latest && (gap.to === null || gap.to <= latest)) return booked;
    const from = began === null ? now.wall : wallOf(began, now);
    return {
      ...booked,
      gap: {
        ...gap,
        from: gap.from > latest ? instantOf(from) : gap.from,
        to: gap.to !== null && gap.to > latest ? latest : gap.to,
      },
    };
  });

const streamMissed = (book: GapBook, event: Extract<GapEvent, { kind: "stream-missed" }>, now: Moment): GapStep => {
  const cause = { kind: "stream", loss: event.loss } as const;
  const begun = begin(book, { from: Math.min(event.from, now.wall), began: null, cause });
  return replace(begun.book, (booked) => (isOpen(booked) && kinOf(booked) === "stream" ? ended(booked, now) : booked));
};

type Beginning = { readonly from: number; readonly began: Moment | null; readonly cause: GapCause };

const begin = (book: GapBook, { from, began, cause }: Beginning): GapStep => {
  const kin = kinds[cause.kind];
  if (kin === "subscription" && !book.hasHeard) return { book, changed: [] };
  const related = book.gaps.filter((booked) => kinOf(booked) === kin);
  if (related.some(isOpen)) return { book, changed: [] };
  // One that begins where another, not filled yet, ended is the same deafness: a flapping server is not a hundred gaps.
  // Nor is a stream that is trimmed faster than it is read.
  const last = related.at(-1);
  if (last !== undefined && (kin === "stream" || touches(last, { from, began })))
    return replace(book, (booked) =>
      booked === last ? { ...last, endedAt: null, gap: { ...last.gap, state: "open", to: null } } : booked,
    );
  const gap: Gap = {
    id: book.lastId + 1,
    from: instantOf(from),
    to: null,
    cause,
    state: "open",
    filledAt: null,
    brought: null,
  };
  const booked: Booked = { gap, began, endedAt: null };
  return { book: { ...book, lastId: gap.id, gaps: [...book.gaps, booked].slice(-most) }, changed: [gap] };
};

/** By the clock that nobody sets, where both moments are of this run; else by what was written down. */
const touches = ({ gap, endedAt }: Booked, { from, began }: Pick<Beginning, "from" | "began">): boolean => {
  if (began !== null && endedAt !== null) return began.elapsed <= endedAt;
  return gap.to !== null && from <= Date.parse(gap.to);
};

const replace = (book: GapBook, change: (booked: Booked) => Booked): GapStep => {
  const gaps = book.gaps.map(change);
  return {
    book: { ...book, gaps: gaps.filter(({ gap }) => gap.state !== "closed") },
    changed: gaps.filter((booked, index) => booked !== book.gaps[index]).map(({ gap }) => gap),
  };
};

/** The earliest moment, by `elapsed`, at which a list must be asked for to fill every gap that has ended; null: there is none. */
export const needsListFrom = (book: GapBook): number | null =>
  book.gaps.reduce<number | null>((latest, booked) => {
    if (booked.gap.state !== "unfilled") return latest;
    return Math.max(latest ?? Number.NEGATIVE_INFINITY, neededFrom(booked));
  }, null);
