import { renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "./database.ts";
import { problemOf, startHere, temporaryFolder } from "./harness.ts";
import { openJournal } from "./open.ts";
import { knownRow, matchRecord, outboxRow, runEntry, silentLog, validMessage, venueChange } from "./samples.ts";
import { type StartThread, startWorker } from "./worker.ts";

type Options = { readonly folder?: string; readonly start?: StartThread };

/** A journal whose thread can be killed, unless it is begun otherwise. */
const mortalJournal = async (options: Options = {}) => {
  const { folder = temporaryFolder() } = options;
  let latest: Worker | null = null;
  let begun = 0;
  const file = join(folder, "journal.db");
  const startMortal = startWorker((begin) => {
    begun += 1;
    latest = new Worker(new URL("./writer.ts", import.meta.url), { workerData: begin });
    return latest;
  });
  const opened = await openJournal({ file, log: silentLog, start: options.start ?? startMortal });
  onTestFinished(opened.close);
  return { ...opened, file, folder, begun: () => begun, kill: async () => latest?.terminate() };
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
    const written = Array.from({ length: 20 }, (_, index) => journal.append(batchOf(index + 2)));
    await kill();
    await Promise.all(written);
    expect(desk.begun()).toBe(2);
    expect(journal.load().lastIds).toMatchObject({ message: 21, change: 21 });
    expect(journal.messages({ limit: 100 })).toHaveLength(21);
    expect(criticalKinds(desk)).toEqual([]);
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
