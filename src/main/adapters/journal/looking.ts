import type { Log } from "../../../core/ports.ts";
import { failed, ProblemError } from "../../../shared/problem.ts";
import type { FolderLock } from "./lock.ts";
import type { Thread } from "./thread.ts";
import type { Troubles } from "./troubles.ts";

const everyMs = 2000;
/** A disk that takes longer does not answer. */
const slowMs = 10_000;

/**
 * Looks after the journal while nothing happens: whether its files are still its own, whether they could be written, and
 * whether the folder's lock is still held.
 */
export const createLooking = (options: {
  readonly thread: Thread;
  readonly lock: FolderLock;
  readonly troubles: Troubles;
  readonly log: Log;
}) => {
  const { thread, lock, troubles, log } = options;
  /** When the look began that the thread has not answered yet. */
  let askedAt: number | null = null;

  const problemOf = (error: unknown) =>
    error instanceof ProblemError
      ? error.problem
      : failed("journal-failed", "The journal cannot be looked after.").problem;

  const lookAtFile = async (thoroughly: boolean): Promise<void> => {
    askedAt = performance.now();
    try {
      await thread.ask({ kind: "look", thoroughly });
      troubles.note("writing", null);
    } catch (error) {
      troubles.note("writing", problemOf(error));
    } finally {
      askedAt = null;
    }
  };

  /** Without the lock another Avspark may begin on the same folder. */
  const lookAtLock = (): void => {
    if (lock.isHeld()) return;
    try {
      lock.renew();
      log.error("the lock of the data folder was removed, and is taken anew");
      troubles.note("lock", null);
      troubles.happened(failed("journal-lost", "The lock of the data folder was removed. It was taken anew.").problem);
    } catch (error) {
      troubles.note("lock", problemOf(error));
    }
  };

  const look = (): void => {
    lookAtLock();
    if (askedAt === null) void lookAtFile(false);
    else if (performance.now() - askedAt > slowMs)
      troubles.note(
        "writing",
        failed("journal-failed", "The disk of the journal has not answered for ten seconds.").problem,
      );
  };

  const timer = setInterval(look, everyMs).unref();
  return {
    /** What was read cannot be right. */
    lookThoroughly: (): void => {
      if (askedAt === null) void lookAtFile(true);
    },
    stop: (): void => clearInterval(timer),
  };
};
