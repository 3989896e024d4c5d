import { setImmediate as breath } from "node:timers/promises";
import type { Log } from "../../../core/ports.ts";
import { failed, type Problem, ProblemError } from "../../../shared/problem.ts";
import { type FileIds, lookAt } from "./file-ids.ts";
import { givenTask, givenWriting } from "./given.ts";
import { lostProblem } from "./opening.ts";
import type { Answer, Opened, Order, Task, WritingTask } from "./protocol.ts";
import type { RunningThread, StartThread } from "./worker.ts";

/** A file that cannot be had is tried again after this, so that we go on within a second after it can be. */
const retryMs = 900;
/**
 * What has ended so many threads is not tried again: the next one only says whether it is written. And after so many threads
 * that ended before they had the file there is a pause.
 */
const mostDeaths = 3;

type Asked = {
  readonly number: number;
  readonly task: Task;
  readonly resolve: (more: boolean) => void;
  readonly reject: (error: ProblemError) => void;
  /** It was given to a thread, this one or one before. */
  given: boolean;
  deaths: number;
};

export type ThreadOptions = {
  readonly file: string;
  readonly log: Log;
  readonly start: StartThread;
  /** What a new file lacks of what the lost one had. */
  readonly missing: () => readonly WritingTask[];
  /** The journal is open, for the first time or once more. */
  readonly onOpened: (opened: Opened) => void;
  readonly onRoom: (bytes: number) => void;
};

/**
 * The journal's own thread, seen from the main one. It is given tasks by number and answers each. When it dies, another one
 * begins, and is given once more what has not been answered; what it finds written already it does not write again. When
 * the file was lost, it is first given what memory holds.
 */
export const createThread = (options: ThreadOptions) => {
  const { file, log } = options;
  const opening = createPromise<Opened>();
  /** In the order in which they were asked for. */
  const unanswered: Asked[] = [];
  let thread: RunningThread | null = null;
  let known: FileIds | null = null;
  let lost: Problem | null = null;
  /** What memory holds is in the file. */
  let isWhole = true;
  /** The thread takes tasks. */
  let talking = false;
  /** The thread has said that it ends. */
  let hasLeft = false;
  /** Why the file cannot be had at present: tasks are refused at once. */
  let refusal: Problem | null = null;
  let vainStarts = 0;
  let lastNumber = 0;
  let retry: NodeJS.Timeout | null = null;
  let ending: Ending | null = null;
  /** How long the main file was when a thread let go of it, with all that was written. */
  let closedAt: number | null = null;
  let ends = 0;

  const post = (order: Order, handedOver: readonly ArrayBuffer[] = []): void => thread?.give(order, handedOver);

  const give = (asked: Asked): void => {
    const { number, given: again } = asked;
    const { task, handedOver } = givenTask(asked.task);
    asked.given = true;
    const oldest = unanswered[0]?.number ?? number;
    post({ kind: "do", number, oldest, again, deadly: asked.deaths >= mostDeaths, task }, handedOver);
  };

  const answered = (number: number): Asked | null => {
    const place = unanswered.findIndex((asked) => asked.number === number);
    return place < 0 ? null : (unanswered.splice(place, 1)[0] ?? null);
  };

  /**
   * What was given to a thread may be written. Whoever were told that it is not would have it written twice, so it waits,
   * however long it takes, until a thread has the file and finds out by its number.
   */
  const refuseAll = (problem: Problem): void => {
    talking = false;
    refusal = problem;
    const mayBeWritten = ({ given, task }: Asked): boolean => given && changesRows(task);
    const refused = unanswered.filter((asked) => !mayBeWritten(asked));
    unanswered.splice(0, unanswered.length, ...unanswered.filter(mayBeWritten));
    for (const { reject } of refused) reject(new ProblemError(problem));
  };

  const endNow = (done: Ending, problem: Problem): void => {
    for (const { reject } of unanswered.splice(0)) reject(new ProblemError(problem));
    done.resolve();
  };

  const later = (task: () => void): void => {
    if (retry !== null) clearTimeout(retry);
    retry = setTimeout(task, retryMs).unref();
  };

  /** Tells the thread what the file lacks, and gives it what has not been answered. */
  const talk = async (): Promise<void> => {
    const mine = thread;
    for (const task of isWhole ? [] : options.missing()) {
      post({ kind: "hold", task: givenWriting(task).task });
      // A large part takes a while to be copied.
      await breath();
      if (thread !== mine) return;
    }
    post({ kind: "go-on" });
    talking = true;
    refusal = null;
    for (const asked of unanswered) give(asked);
    if (ending !== null) post({ kind: "end" });
  };

  const hear = (answer: Answer): void => {
    switch (answer.kind) {
      case "opened": {
        const { opened } = answer;
        vainStarts = 0;
        // What the first one of the process finds is all there is.
        if (known !== null && !opened.whole) isWhole = false;
        known = opened.ids;
        lost = null;
        options.onOpened(opened);
        opening.resolve(opened);
        void talk();
        return;
      }
      case "unopened":
        opening.reject(new ProblemError(answer.problem));
        hasLeft = true;
        refuseAll(answer.problem);
        return;
      case "going-on":
        isWhole = true;
        return;
      case "not-going-on":
        refuseAll(answer.problem);
        later(() => void talk());
        return;
      case "done":
        answered(answer.number)?.resolve(answer.more);
        return;
      case "refused":
        answered(answer.number)?.reject(new ProblemError(answer.problem));
        return;
      case "leaving":
        hasLeft = true;
        lost = answer.lost;
        return;
      case "closing":
        closedAt = answer.bytes;
        return;
      case "room":
        options.onRoom(answer.bytes);
        return;
      case "said":
        log[answer.level](answer.message, answer.fields);
        return;
    }
  };

  const begin = (): void => {
    hasLeft = false;
    thread = options.start(
      { file, known, lost },
      {
        answer: hear,
        failed: (error) => log.error("the journal's thread has died", { reason: String(error) }),
        ended,
      },
    );
  };

  /** The file is as it was when it was let go. */
  const isClosed = (): boolean => {
    if (closedAt === null) return false;
    const { ids, sizes } = lookAt(file);
    return ids.main === known?.main && sizes.main >= closedAt;
  };

  /** What was written last may have gone with files that were lost meanwhile: then another thread writes what memory holds. */
  const finish = (done: Ending): void => {
    ends += 1;
    if (refusal !== null || ends >= mostDeaths || isClosed()) {
      if (!isWhole) log.error("the journal was closed without all that it should have");
      done.resolve();
      return;
    }
    if (closedAt !== null) lost = lostProblem();
    closedAt = null;
    talking = false;
    begin();
  };

  const ended = (): void => {
    thread = null;
    if (ending !== null && unanswered.length === 0) {
      finish(ending);
      return;
    }
    if (talking && !hasLeft) blame();
    talking = false;
    vainStarts += 1;
    if (refusal === null && vainStarts >= mostDeaths) {
      const { problem } = failed("journal-failed", "The journal's thread ends as soon as it begins.");
      opening.reject(new ProblemError(problem));
      refuseAll(problem);
    }
    // What has ended a thread that only looked whether it is written may end them all.
    const isHopeless = (unanswered[0]?.deaths ?? 0) > mostDeaths;
    if (ending !== null && (refusal !== null || isHopeless)) endNow(ending, refusal ?? closedProblem());
    else if (refusal === null && !isHopeless) begin();
    else later(begin);
  };

  /** What was being done when a thread died may be why. */
  const blame = (): void => {
    const [first] = unanswered;
    if (first?.given === true) first.deaths += 1;
  };

  begin();
  return {
    /** Resolves when the file is open; rejects with why it cannot be opened, which is tried again. */
    opened: opening.promise,
    /** Resolves when it is done, with whether there is more of the kind to do; rejects with ProblemError. */
    ask: (task: Task): Promise<boolean> =>
      new Promise((resolve, reject) => {
        const refused = ending === null ? refusal : closedProblem();
        if (refused !== null) {
          reject(new ProblemError(refused));
          return;
        }
        lastNumber += 1;
        const asked: Asked = { number: lastNumber, task, resolve, reject, given: false, deaths: 0 };
        unanswered.push(asked);
        if (talking) give(asked);
      }),
    /** Resolves when all that was asked for is answered and the file is let go. */
    end: (): Promise<void> => {
      if (ending === null) {
        ending = createPromise();
        if (retry !== null) clearTimeout(retry);
        // What could not be done yet is tried once more.
        if (thread === null) begin();
        else if (talking) post({ kind: "end" });
        else if (refusal !== null) void talk();
      }
      return ending.promise;
    },
  };
};

const changesRows = ({ kind }: Task): boolean => kind !== "look" && kind !== "clean";

const closedProblem = (): Problem => failed("journal-failed", "The journal is closed.").problem;

/** Promise.withResolvers, which the oldest Node that we run on does not have. */
const createPromise = <T>() => {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: ProblemError) => void = () => undefined;
  const promise = new Promise<T>((onResolved, onRejected) => {
    resolve = onResolved;
    reject = onRejected;
  });
  return { promise, resolve, reject };
};

type Ending = ReturnType<typeof createPromise<void>>;

export type Thread = ReturnType<typeof createThread>;
