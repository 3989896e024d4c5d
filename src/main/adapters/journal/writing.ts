import { dirname } from "node:path";
import type { Log } from "../../../core/ports.ts";
import { dayMs } from "../../../shared/duration.ts";
import { failed, type Problem, ProblemError, type ProblemKind } from "../../../shared/problem.ts";
import { removeOldBackups } from "./backup.ts";
import { createCleaning } from "./clean.ts";
import { isDamaged } from "./damage.ts";
import type { Database } from "./database.ts";
import { areCut, areSame, beginsAsLog, type FileIds, type FileSizes, lookAt } from "./file-ids.ts";
import { lostProblem, openFile, rescue } from "./opening.ts";
import type { Answer, Begin, GivenWriting, Order, Task } from "./protocol.ts";
import { fewestBytes, freeBytes } from "./room.ts";
import { damagedProblem, fullProblem, storageProblem } from "./storage-problem.ts";
import { writeTask } from "./tasks.ts";

type Do = Extract<Order, { readonly kind: "do" }>;
/** The file as it was opened, and how long it was after the last order. */
type OpenFile = {
  readonly database: Database;
  readonly cleanSlice: (limits: Extract<Task, { readonly kind: "clean" }>["limits"]) => boolean;
  readonly ids: FileIds;
  readonly sizes: FileSizes;
};

/** What passes by itself, and leaves the file as it was. */
const passing: ReadonlySet<ProblemKind> = new Set(["journal-full", "journal-locked"]);

/**
 * What the journal's thread does: opens the file, carries out one order after the other, and gives the file up when it is no
 * longer what was opened. `end` is called when nothing more can be done.
 */
export const createWriting = (options: {
  readonly begin: Begin;
  readonly log: Log;
  readonly answer: (answer: Answer) => void;
  readonly end: () => void;
}) => {
  const { begin, log, answer, end } = options;
  const { file } = begin;
  const folder = dirname(file);
  let open: OpenFile | null = null;
  /** Until the main thread has said what the file lacks. */
  let waiting = true;
  let held: GivenWriting[] = [];
  /** Since it was cleaned the main file may become shorter, whenever the log is emptied into it. */
  let mayShrink = false;

  const problemOf = (error: unknown): Problem => storageProblem({ error, folder, log }).problem;

  /** The next thread begins with what could be copied, or with what memory holds. */
  const giveUp = (database: Database, problem: Problem): void => {
    log.error("the journal's files are not what they were", { kind: problem.kind });
    open = null;
    rescue(database, file);
    answer({ kind: "leaving", lost: problem });
    end();
  };

  const openIt = (): void => {
    try {
      const { database, ids, whole, problem } = openFile(begin, log);
      if (ids === null) {
        giveUp(database, lostProblem());
        return;
      }
      open = {
        database,
        cleanSlice: createCleaning(database, () => freeBytes(folder)),
        ids,
        sizes: lookAt(file).sizes,
      };
      answer({ kind: "opened", opened: { ids, whole, problem } });
    } catch (error) {
      answer({ kind: "unopened", problem: problemOf(error) });
      end();
    }
  };

  const isOurs = ({ ids, sizes }: OpenFile): boolean => {
    const now = lookAt(file);
    return areSame(ids, now.ids) && !areCut(sizes, now.sizes) && beginsAsLog(file);
  };

  /** Answers whether it could be done: another program may be reading. */
  const emptyLog = (database: Database): boolean => {
    try {
      database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      return true;
    } catch (error) {
      log.debug("the journal's log could not be emptied", { kind: problemOf(error).kind });
      return false;
    }
  };

  /** What is in the log must find room in the main file one day, so it never grows beyond the room that is left. */
  const transaction = ({ database, sizes }: OpenFile, work: () => void, flush = true): void => {
    if (sizes.log > 0 && freeBytes(folder) < sizes.log + fewestBytes) emptyLog(database);
    try {
      database.transaction(work, { flush });
    } catch (error) {
      if (problemOf(error).kind !== "journal-full") throw error;
      emptyLog(database);
      database.transaction(work, { flush });
    }
  };

  const isWritten = ({ database }: OpenFile, number: number): boolean =>
    database.number("SELECT count(*) FROM written WHERE number = ?", [number]) > 0;

  const write = (opened: OpenFile, { number, oldest, again }: Do, task: GivenWriting): void => {
    const { database } = opened;
    // Asked before anything that could be refused: what is written is not refused.
    if (again && isWritten(opened, number)) return;
    const once = (): void => {
      writeTask(database, task);
      database.run("INSERT INTO written (number) VALUES (?)", [number]);
      database.run("DELETE FROM written WHERE number < ?", [oldest]);
    };
    transaction(opened, once, task.kind !== "append" || task.batch.more !== true);
  };

  const look = ({ database }: OpenFile, thoroughly: boolean): void => {
    if (thoroughly && isDamaged(file)) throw new ProblemError(damagedProblem());
    const bytes = freeBytes(folder);
    answer({ kind: "room", bytes });
    database.transaction(() => undefined, { flush: false });
    if (bytes < fewestBytes) throw new ProblemError(fullProblem());
  };

  /** Answers whether there is more of the kind to do. */
  const perform = (opened: OpenFile, order: Do): boolean => {
    const { task, number, deadly } = order;
    if (deadly && !isWritten(opened, number)) throw new ProblemError(deadlyProblem());
    switch (task.kind) {
      case "clean": {
        mayShrink = true;
        const more = opened.cleanSlice(task.limits);
        if (!more) removeOldBackups(file, Date.parse(task.limits.now) - task.limits.personalDays * dayMs);
        return more;
      }
      case "look":
        look(opened, task.thoroughly);
        return false;
      default:
        write(opened, order, task);
        return false;
    }
  };

  /** Does something with the file, while it is the one that was opened. Answers null when it could not be done. */
  const attempt = (opened: OpenFile, work: () => Answer, refused: (problem: Problem) => Answer): Answer | null => {
    try {
      if (isOurs(opened)) return work();
      giveUp(opened.database, lostProblem());
    } catch (error) {
      const problem = problemOf(error);
      if (problem.kind === "journal-damaged") {
        giveUp(opened.database, problem);
        return null;
      }
      answer(refused(problem));
      if (passing.has(problem.kind)) {
        open = { ...opened, sizes: lookAt(file).sizes };
        return null;
      }
      // What came unexpected may have left anything behind; the next thread begins clean.
      open = null;
      answer({ kind: "leaving", lost: null });
      end();
    }
    return null;
  };

  /**
   * Says what was done with the file, if it is still the one that was opened. What is thrown here ends the thread: it is not
   * refused, since it is written, and the next thread finds that out.
   */
  const confirm = (opened: OpenFile, done: Answer): void => {
    const { sizes } = lookAt(file);
    const isShorter = sizes.main < opened.sizes.main;
    if (isShorter && !mayShrink) {
      giveUp(opened.database, lostProblem());
      return;
    }
    if (isShorter) mayShrink = false;
    open = { ...opened, sizes };
    answer(done);
  };

  const carryOut = (opened: OpenFile, work: () => Answer, refused: (problem: Problem) => Answer): void => {
    const done = attempt(opened, work, refused);
    if (done !== null) confirm(opened, done);
  };

  const follow = (opened: OpenFile, order: Do): void => {
    const { number } = order;
    carryOut(
      opened,
      () => ({ kind: "done", number, more: perform(opened, order) }),
      (problem) => ({ kind: "refused", number, problem }),
    );
  };

  /** Puts into the file what the main thread has said it lacks, all of it or nothing, and takes orders again. */
  const goOn = (opened: OpenFile): void => {
    const parts = held;
    held = [];
    const putBack = (): void => {
      for (const part of parts) writeTask(opened.database, part);
    };
    carryOut(
      opened,
      () => {
        if (parts.length > 0) transaction(opened, putBack);
        waiting = false;
        return { kind: "going-on" };
      },
      (problem) => ({ kind: "not-going-on", problem }),
    );
  };

  /**
   * The log is emptied into the file, so that the journal is one whole file when Avspark is not running. Memory is let go
   * after this, so it is the last moment at which files that are not ours any more can be noticed.
   */
  const leave = (opened: OpenFile): void => {
    const { database, ids, sizes } = opened;
    const wasOurs = isOurs(opened);
    const isEmptied = wasOurs && emptyLog(database);
    const now = lookAt(file);
    const isCut = (!mayShrink && now.sizes.main < sizes.main) || (!isEmptied && now.sizes.log < sizes.log);
    // What was cut while the log was emptied is as long as it was, with holes.
    if (!wasOurs || !areSame(ids, now.ids) || isCut || isDamaged(file)) {
      giveUp(database, lostProblem());
      return;
    }
    answer({ kind: "closing", bytes: now.sizes.main });
    open = null;
    database.close();
    end();
  };

  const take = (order: Order): void => {
    switch (order.kind) {
      case "hold":
        held.push(order.task);
        return;
      case "go-on":
        if (open !== null) goOn(open);
        return;
      case "do":
        // What comes while we wait is ordered once more afterwards.
        if (open !== null && !waiting) follow(open, order);
        return;
      case "end":
        if (open === null) end();
        else leave(open);
        return;
    }
  };

  openIt();
  return { take };
};

const deadlyProblem = (): Problem =>
  failed("journal-failed", "The journal's thread has died of this several times.").problem;
