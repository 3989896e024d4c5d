/** How far something is. */
export type Progress = { readonly done: number; readonly of: number };

type Working = Progress & { readonly startedAt: string };

/** Several at once as one; the slowest decides how long it takes. null: nothing is under way. */
export const progressOf = (
  working: readonly Working[],
  now: number,
): (Progress & { readonly leftMs: number | null }) | null => {
  if (working.length === 0) return null;
  const lefts = working.map((each) => timeLeft(each, now));
  return {
    done: working.reduce((sum, { done }) => sum + done, 0),
    of: working.reduce((sum, { of }) => sum + of, 0),
    leftMs: lefts.reduce<number | null>(
      (longest, left) => (longest === null || left === null ? null : Math.max(longest, left)),
      0,
    ),
  };
};

/** Before this, or before a few are done, any guess would jump about. */
const soonestMs = 500;
const fewestDone = 3;

/** By the pace so far, to the second; null while there is no pace to go by. */
const timeLeft = ({ done, of, startedAt }: Working, now: number): number | null => {
  const elapsed = now - Date.parse(startedAt);
  if (done >= of) return 0;
  if (done < fewestDone || elapsed < soonestMs) return null;
  return Math.ceil(((elapsed / done) * (of - done)) / 1000) * 1000;
};

/** From 0 to 1. */
export const shareDone = ({ done, of }: Progress): number => (of === 0 ? 0 : Math.min(1, Math.max(0, done / of)));
