import type { Change } from "../../shared/change.ts";
import { type Cycle, windowLimits } from "../../shared/snapshot.ts";
import type { Outcome } from "../feed/batch.ts";
import type { Loaded } from "../journal.ts";
import type { Eraser } from "../retention/eraser.ts";

/** The newest changes and the publisher's last cycle, as a window shows them when it opens. */
export const createNewest = (loaded: Pick<Loaded, "changes" | "lastCycle">) => {
  let { changes, lastCycle } = loaded;
  return {
    /** Newest first. */
    changes: (): readonly Change[] => changes,
    lastCycle: (): Cycle | null => lastCycle,
    note: (taken: Pick<Outcome, "changes" | "cycles">): void => {
      changes = [...taken.changes.toReversed(), ...changes].slice(0, windowLimits.changes);
      lastCycle = taken.cycles.at(-1) ?? lastCycle;
    },
    erase: (eraser: Eraser): void => {
      changes = changes.map(eraser.change);
    },
  };
};
