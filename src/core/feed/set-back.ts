import type { Clock } from "../ports.ts";

/** Two readings differ by as much without anybody setting a clock. */
const toleranceMs = 20;

/** Says that the wall clock was set back, at the first look after it was. */
export const createSetBackWatch = (clock: Pick<Clock, "elapsed" | "now">, onSetBack: () => void) => {
  const ahead = (): number => clock.now() - clock.elapsed();
  let before = ahead();
  return {
    look: (): void => {
      const now = ahead();
      const wasSetBack = now < before - toleranceMs;
      before = now;
      if (wasSetBack) onSetBack();
    },
  };
};
