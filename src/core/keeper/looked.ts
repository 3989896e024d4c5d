import type { Clock } from "../ports.ts";

/** So long a reading tells what is not there: for as long as a run of many may take without being held up by readings. */
const freshMs = 20_000;

/**
 * Whether anybody has looked if an item is there by now, since it came to be wanted: somebody may have made it by hand, or
 * another program, and a second one would be there for good. One reading tells of all that are wanted when it begins.
 */
export const createLooked = (clock: Pick<Clock, "elapsed">) => {
  /** Since when each is wanted of which nobody has looked. */
  const unlooked = new Map<string, number>();
  let begunAt = Number.NEGATIVE_INFINITY;
  let lookedAt = Number.NEGATIVE_INFINITY;
  return {
    /** These have come to be wanted. */
    wanted: (ids: readonly string[]): void => {
      for (const id of ids) unlooked.set(id, clock.elapsed());
    },
    begun: (): void => {
      begunAt = clock.elapsed();
    },
    /** What was read is known. */
    ended: (): void => {
      lookedAt = begunAt;
      for (const [id, since] of unlooked) if (since <= lookedAt) unlooked.delete(id);
    },
    mustLook: (id: string): boolean => unlooked.has(id) || clock.elapsed() - lookedAt > freshMs,
  };
};
