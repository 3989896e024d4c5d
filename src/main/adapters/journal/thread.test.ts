import { renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { failed } from "../../../shared/problem.ts";
import { openDatabase } from "./database.ts";
import { problemOf, startHere, temporaryFolder } from "./harness.ts";
import { openJournal } from "./open.ts";
import { knownRow, matchRecord, outboxRow, runEntry, silentLog, validMessage, venueChange } from "./samples.ts";
import { createThread } from "./thread.ts";
import { type StartThread, startWorker } from "./worker.ts";

type Options = { readonly folder?: string; readonly start?: StartThread };

/** The thread's program, which dies when it is told to, between two orders. */
const mortalProgram = `
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", (order) => order === "die" && process.exit(1));
  void import(${JSON.stringify(new URL("./writer.ts", import.meta.url).href)});
`;

/** A journal whose thread can be killed, unless it is begun otherwise. */
const mortalJournal = async (options: Options = {}) => {
  const { folder = temporaryFolder() } = options;
  let latest: Worker | null = null;
  let begun = 0;
  const file = join(folder, "journal.db");
  const startMortal = startWorker((begin) => {
    begun += 1;
    latest = new Worker(mortalProgram, { eval: true, workerData: begin });
    return latest;
  });
  const opened = await openJournal({ file, log: silentLog, start: options.start ?? startMortal });
  onTestFinished(opened.close);
  return { ...opened, file, folder, begun: () => begun, kill: () => latest?.postMessage("die") };
};

const batchOf = (id: number) => ({
  messages: [validMessage({ id, matchIds: [`match-${id}`] })],
  matches: [matchRecord(`match-${id}`)],
  changes: [venueChange(id, `match-${id}`)],
  stats: [],
  meta: { last: String(id) },
});

const criticalKinds = ({ journal }: Awaited<ReturnType<typeof mortalJournal>>) =>
  journal.troubles().flatMap(({ level, problem }) => (level === "critical" ? [problem.kind] : []));

describe("the journal's thread", () => {
  it("is replaced when it is killed, and every batch is written once", async () => {
    const desk = await mortalJournal();
    const { journal, kill } = desk;
    await journal.append(batchOf(1));
    const some = (from: number) => Array.from({ length: 10 }, (_, index) => journal.append(batchOf(from + index)));
    const before = some(2);
    kill();
    await Promise.all([...before, ...some(12)]);
    expect(desk.begun()).toBe(2);
    expect(journal.load().lastIds).toMatchObject({ message: 21, change: 21 });
    expect(journal.messages({ limit: 100 })).toHaveLength(21);
    expect(criticalKinds(desk)).toEqual([]);
  });
});

/**
 * Threads that have the file in turn: `dies` writes what it is given and ends before it answers, `is-shut-out` does not get
 * the file, and `answers` does what it should. The last one goes on for ever.
 */
type Life = "dies" | "is-shut-out" | "answers";

const threadOf = (lives: readonly Life[]) => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate"] });
  onTestFinished(() => void vi.useRealTimers());
  const ids = { main: "1", log: "1", index: "1" };
  const written = new Set<number>();
  let writes = 0;
  let begun = 0;
  const start: StartThread = (_, hear) => {
    const life = lives[Math.min(begun++, lives.length - 1)];
    const soon = (task: () => void): void => void setImmediate(task);
    if (life === "is-shut-out") {
      soon(() => hear.answer({ kind: "unopened", problem: failed("journal-locked", "Locked.").problem }));
      soon(hear.ended);
    } else soon(() => hear.answer({ kind: "opened", opened: { ids, whole: true, problem: null } }));
    return {
      give: (order) => {
        if (order.kind === "go-on") soon(() => hear.answer({ kind: "going-on" }));
        if (order.kind !== "do") return;
        const { number, again, deadly } = order;
        const isKnown = again && written.has(number);
        if (!isKnown && deadly) {
          soon(() => hear.answer({ kind: "refused", number, problem: failed("journal-failed", "Deadly.").problem }));
          return;
        }
        if (!isKnown) writes += 1;
        written.add(number);
        soon(life === "dies" ? hear.ended : () => hear.answer({ kind: "done", number, more: false }));
      },
    };
  };
  const nothing = (): void => undefined;
  const thread = createThread({
    file: "",
    log: silentLog,
    start,
    missing: () => [],
    onOpened: nothing,
    onRoom: nothing,
  });
  return { thread, writes: () => writes };
};

describe("an order that may be written", () => {
  const append = { kind: "append", batch: {} } as const;
  const shutOut = (times: number): readonly Life[] => Array.from({ length: times }, () => "is-shut-out");

  it.for([1, 9, 10, 50])("is never refused, though %i threads cannot find out, and is written once", async (times) => {
    const { thread, writes } = threadOf(["dies", ...shutOut(times), "answers"]);
    const asked = thread.ask(append);
    const refused = vi.fn();
    asked.catch(refused);
    await vi.advanceTimersByTimeAsync(500);
    // What is asked for now is in no file.
    for (const task of [append, { kind: "look", thoroughly: false }] as const)
      expect(await problemOf(() => thread.ask(task))).toBe("journal-locked");
    await vi.advanceTimersByTimeAsync(times * 1000);
    await asked;
    expect([refused.mock.calls, writes()]).toEqual([[], 1]);
  });

  it("is written once though it ends one thread after the other before they can say so", async () => {
    const { thread, writes } = threadOf([...Array.from({ length: 6 }, (): Life => "dies"), "answers"]);
    const asked = thread.ask(append);
    await vi.advanceTimersByTimeAsync(10_000);
    await asked;
    expect(writes()).toBe(1);
  });
});

describe("the journal's files", () => {
  const lose: Readonly<Record<string, (file: string) => void>> = {
    "are all removed": (file) => {
      for (const suffix of ["", "-wal", "-shm"]) rmSync(`${file}${suffix}`);
    },
    "lose the main one": (file) => rmSync(file),
    "lose the log": (file) => rmSync(`${file}-wal`),
    "lose the index": (file) => rmSync(`${file}-shm`),
    "are replaced": (file) => {
      writeFileSync(`${file}.other`, "another file");
      renameSync(`${file}.other`, file);
    },
    "are emptied": (file) => truncateSync(file),
    "have their log emptied": (file) => truncateSync(`${file}-wal`),
  };
  // One of them with a real thread, whose beginning takes long where much else is going on.
  const startOf = (what: string): Pick<Options, "start"> => (what === "are all removed" ? {} : { start: startHere });
  for (const [what, act] of Object.entries(lose)) {
    it(`${what}: all that was known is in new ones, and what comes goes on`, async () => {
      const first = await mortalJournal(startOf(what));
      const { journal, calendars, file, folder } = first;
      journal.load();
      await journal.append(batchOf(1));
      await calendars.write("google", {
        known: [knownRow("match-1")],
        outbox: [outboxRow("match-1")],
        run: [runEntry(1, "match-1")],
        meta: { token: "t" },
      });
      act(file);
      await journal.append(batchOf(2));
      expect(criticalKinds(first)).toEqual(["journal-lost"]);
      const { matches, meta } = journal.load();
      expect(matches.map(({ match }) => match.id)).toEqual(["match-1", "match-2"]);
      await first.close();

      const second = await mortalJournal({ folder, ...startOf(what) });
      const loaded = second.journal.load();
      expect(loaded.matches.map(({ match }) => match.id)).toEqual(["match-1", "match-2"]);
      expect(loaded.changes.map(({ id }) => id)).toEqual([2, 1]);
      expect([loaded.meta, loaded.lastIds.message]).toEqual([meta, 2]);
      expect(second.calendars.load("google")).toEqual({
        known: [knownRow("match-1")],
        outbox: [outboxRow("match-1")],
        meta: { token: "t" },
      });
      expect(second.calendars.lastRun("google")).toEqual([runEntry(1, "match-1")]);
      expect(criticalKinds(second)).toEqual([]);
    });
  }

  it("are held by another program: it is said at once, and what is written then is refused", async () => {
    const desk = await mortalJournal();
    const other = openDatabase({ file: desk.file, log: silentLog, mode: "write" });
    other.exec("BEGIN IMMEDIATE");
    expect(await problemOf(() => desk.journal.append(batchOf(1)))).toBe("journal-locked");
    expect(desk.journal.load().matches).toEqual([]);
    other.exec("ROLLBACK");
    await desk.journal.append(batchOf(1));
    other.close();
  });
});
