import { createAbort } from "../abort.ts";
import { errorTrail } from "../error-name.ts";
import type { Clock, Log, Turns } from "../ports.ts";

/** Whoever has the turn has it for so long, and asks for it again this often. */
const turnMs = 4000;
const askEveryMs = 1000;
/** So long before it ends no call is begun any more. */
const marginMs = 500;
/** A call for the turn that takes longer is given up. */
const answerWithinMs = 2000;

/** Who wants the turn. */
export type TurnTaker = {
  /** Whether anything can come of it: who cannot reach the target leaves it to those who perhaps can. */
  readonly canWrite: () => boolean;
  /** It has become ours; somebody else may have written until now. */
  readonly onOurs: () => void;
};

/** Whose turn it is to write to a target that several nodes keep. */
export type Turn = {
  /** Whether it is ours, by a clock that nobody sets. */
  readonly isOurs: () => boolean;
  /** Who has it, as far as is known. */
  readonly holder: () => string | null;
  readonly start: (writer: TurnTaker) => void;
  /** Lets the others have it. */
  readonly stop: () => Promise<void>;
};

/**
 * Asks for the turn again and again. It is ours until so long after we asked, not after we were answered: whoever was stopped
 * meanwhile finds that it is over. It keeps two nodes from doing the same work; that nothing is written twice, or older over
 * newer, does not rest on it but on the target's own refusals and on `rev`.
 */
export const createTurn = (options: {
  readonly name: string;
  readonly turns: Turns;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether this node learns what is to be written: who does not leaves it to those who do. */
  readonly isFollowing: () => boolean;
}): Turn => {
  const { name, turns, clock, log, isFollowing } = options;
  let until = Number.NEGATIVE_INFINITY;
  let holder: string | null = null;
  let state: "new" | "running" | "stopped" = "new";
  let cancel = (): void => undefined;
  let asking = 0;

  const isOurs = (): boolean => state === "running" && clock.elapsed() < until - marginMs;

  const pass = (): void => {
    if (!isOurs()) return;
    until = Number.NEGATIVE_INFINITY;
    holder = null;
    log.info("This node cannot write as it should: another one may.", { target: name });
    void turns.leave(name).catch(() => undefined);
  };

  const ask = (taker: TurnTaker): void => {
    if (!isFollowing() || !taker.canWrite()) {
      pass();
      cancel = clock.after(askEveryMs, () => ask(taker));
      return;
    }
    const asked = ++asking;
    const { signal, abort } = createAbort();
    const askedAt = clock.elapsed();
    let isOver = false;
    const next = (): void => {
      if (isOver || state !== "running") return;
      isOver = true;
      cancel();
      cancel = clock.after(askEveryMs, () => ask(taker));
    };
    cancel = clock.after(answerWithinMs, () => {
      abort();
      next();
    });
    void turns
      .take(name, turnMs, signal)
      .then(
        (answer) => {
          if (asked !== asking || state !== "running") return;
          const wasOurs = isOurs();
          holder = answer.holder;
          until = answer.isOurs ? askedAt + turnMs : Number.NEGATIVE_INFINITY;
          if (isOurs() && !wasOurs) {
            log.info("It is this node's turn to write.", { target: name });
            taker.onOurs();
          } else if (wasOurs && !answer.isOurs) log.info("Another node writes from now on.", { target: name, holder });
        },
        (error: unknown) => {
          log.debug("whose turn it is cannot be asked", { target: name, error: errorTrail(error) });
        },
      )
      .then(next);
  };

  return {
    isOurs,
    holder: () => holder,
    start: (taker) => {
      if (state !== "new") return;
      state = "running";
      ask(taker);
    },
    stop: async () => {
      const had = isOurs();
      state = "stopped";
      cancel();
      if (had) await turns.leave(name).catch(() => undefined);
    },
  };
};
