import type { Gap } from "../../shared/connection.ts";
import { windowLimits } from "../../shared/snapshot.ts";
import { momentOf } from "../moment.ts";
import type { Clock } from "../ports.ts";
import { type GapEvent, type GapStep, needsListFrom, noteGap, openGapBook } from "./gaps.ts";

type GapKeeperOptions = {
  readonly clock: Clock;
  /** Newest first, as the journal has them. */
  readonly loaded: readonly Gap[];
  readonly lastId: number;
  /** When the run before knew for the last time that it heard; null when there was no such run. */
  readonly lastProofAt: number | null;
  readonly onChanged: (changed: readonly Gap[]) => void;
};

/** The book of gaps with its history, as a window shows it. */
export const createGapKeeper = ({ clock, loaded, lastId, lastProofAt, onChanged }: GapKeeperOptions) => {
  let { book, changed } = openGapBook({ lastId, gaps: loaded, lastProofAt }, momentOf(clock));
  let history = new Map(loaded.toReversed().map((gap) => [gap.id, gap]));

  const take = (step: GapStep): void => {
    ({ book, changed } = step);
    if (changed.length === 0) return;
    for (const gap of changed) history.set(gap.id, gap);
    if (history.size > windowLimits.gaps * 2) history = new Map([...history].slice(-windowLimits.gaps));
    onChanged(changed);
  };

  take({ book, changed });
  return {
    note: (event: GapEvent): void => take(noteGap(book, event, momentOf(clock))),
    /** The moment, by `elapsed`, from which on a list must be asked for to fill every gap that has ended. */
    needsListFrom: (): number | null => needsListFrom(book),
    unclosed: (): readonly Gap[] => book.gaps.map(({ gap }) => gap),
    /** Newest first. */
    gaps: (): readonly Gap[] => [...history.values()].slice(-windowLimits.gaps).reverse(),
  };
};
