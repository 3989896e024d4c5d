import type { Clock } from "../ports.ts";

/** An item that has been tried for so long, and is not done, is late. */
export const lateMs = 60_000;

/**
 * How long items have been tried, by the clock's `elapsed`: one that nobody answers for, or that is refused again and again, is
 * told after a minute, however well all the others do. What only waits for its turn is not late.
 */
export const createLateness = (options: {
  readonly clock: Clock;
  /** The item is still to be done. */
  readonly isOpen: (id: string) => boolean;
  /** Something has become late. */
  readonly onLate: () => void;
}) => {
  const { clock, isOpen, onLate } = options;
  /** When each was tried first, in that order. */
  const begun = new Map<string, number>();
  let cancel: (() => void) | null = null;

  const open = (): readonly (readonly [string, number])[] => [...begun].filter(([id]) => isOpen(id));

  const arm = (): void => {
    if (cancel !== null) return;
    const next = open().find(([, at]) => clock.elapsed() - at < lateMs);
    if (next === undefined) return;
    cancel = clock.after(next[1] + lateMs - clock.elapsed(), () => {
      cancel = null;
      for (const id of [...begun.keys()]) if (!isOpen(id)) begun.delete(id);
      onLate();
      arm();
    });
  };

  return {
    tried: (ids: Iterable<string>): void => {
      for (const id of ids) if (!begun.has(id)) begun.set(id, clock.elapsed());
      arm();
    },
    done: (id: string): void => void begun.delete(id),
    /** What is late, and for how long the first of it has been tried; null when nothing is. */
    late: (): { readonly ids: readonly string[]; readonly ms: number } | null => {
      const late = open().filter(([, at]) => clock.elapsed() - at >= lateMs);
      const [first] = late;
      return first === undefined ? null : { ids: late.map(([id]) => id), ms: clock.elapsed() - first[1] };
    },
    stop: (): void => cancel?.(),
  };
};
export type Lateness = ReturnType<typeof createLateness>;
