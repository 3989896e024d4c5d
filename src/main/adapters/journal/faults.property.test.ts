import { existsSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate as breath } from "node:timers/promises";
import fc from "fast-check";
import Sqlite from "libsql";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { JournalBatch } from "../../../core/journal.ts";
import { ProblemError } from "../../../shared/problem.ts";
import { mountSmallDisk, temporaryFolder } from "./harness.ts";
import { type Act, type Fault, letThreadsBeMortal, startMortal } from "./mortal.ts";
import { type OpenJournal, openJournal } from "./open.ts";
import { freeBytes } from "./room.ts";
import { channel, knownRow, matchRecord, noon, outboxRow, silentLog, validMessage, venueChange } from "./samples.ts";

/**
 * Whatever goes wrong with the journal's thread, its files and their disk, at any step and two things at once: it goes on
 * within a second, nothing that is known is lost, and nothing is written twice.
 */

/** Where the system lets nobody mount a disk, none is filled. */
const hasDisks = ((): boolean => {
  const disk = mountSmallDisk();
  disk?.unmount();
  return disk !== null;
})();
let undo = (): void => undefined;
beforeAll(() => {
  undo = letThreadsBeMortal();
  // Pauses are counted rather than waited for.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
});
afterAll(() => {
  vi.useRealTimers();
  undo();
});

const onFiles: Readonly<Record<string, (file: string) => void>> = {
  "all removed": (file) => {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(`${file}${suffix}`, { force: true });
  },
  "main removed": (file) => rmSync(file, { force: true }),
  "log removed": (file) => rmSync(`${file}-wal`, { force: true }),
  "index removed": (file) => rmSync(`${file}-shm`, { force: true }),
  replaced: (file) => {
    writeFileSync(`${file}.other`, "another file");
    renameSync(`${file}.other`, file);
  },
  "main emptied": (file) => {
    if (existsSync(file)) truncateSync(file);
  },
  "main cut": (file) => {
    if (existsSync(file)) truncateSync(file, 20_000);
  },
  "log emptied": (file) => {
    if (existsSync(`${file}-wal`)) truncateSync(`${file}-wal`);
  },
};

/** Another program writes, if it is let in. Answers how it ends. */
const holdLock = (file: string): (() => void) => {
  if (!existsSync(file)) return () => undefined;
  const other = new Sqlite(file, { timeout: 0 });
  try {
    other.exec("BEGIN IMMEDIATE");
  } catch {
    // It came too late, or the file is none.
  }
  return () => void other.close();
};

/** Answers how there is room again. */
const fillDisk =
  (leave: number) =>
  (file: string): (() => void) => {
    const filler = `${file}.filler`;
    const bytes = freeBytes(dirname(file)) - leave;
    if (bytes > 0) writeFileSync(filler, new Uint8Array(bytes));
    return () => rmSync(filler, { force: true });
  };

const lastingMs = 1500;
const ms = fc.integer({ min: 1, max: lastingMs });
const happening: fc.Arbitrary<{ readonly name: string; readonly act: Act }> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ name: "killed", act: { kind: "killed" as const } }) },
  fc.constant({ name: "throws", act: { kind: "throws" as const } }),
  fc
    .integer({ min: 1, max: 4 })
    .map((commits) => ({ name: `${commits} commits refused`, act: { kind: "full" as const, commits } })),
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(...Object.entries(onFiles))
      .map(([name, act]) => ({ name, act: { kind: "files" as const, act } })),
  },
  ms.map((held) => ({ name: `locked for ${held} ms`, act: { kind: "lasting" as const, begin: holdLock, ms: held } })),
  ...(hasDisks
    ? [
        fc.tuple(fc.integer({ min: 0, max: 600_000 }), ms).map(([leave, full]) => ({
          name: `${leave} bytes left for ${full} ms`,
          act: { kind: "lasting" as const, begin: fillDisk(leave), ms: full },
        })),
      ]
    : []),
);
const fault: fc.Arbitrary<Fault & { readonly name: string }> = fc
  .tuple(fc.nat({ max: 2 }), fc.nat({ max: 160 }), happening)
  .map(([thread, step, { name, act }]) => ({ thread, step, name, act }));

/** Of a few matches, each batch tells of one. */
const batches = 12;
const matches = 4;
const batchOf = (id: number): JournalBatch => ({
  messages: [validMessage({ id, payload: new Uint8Array(3000).fill(id) })],
  matches: [matchRecord(`m${id % matches}`, { venue: `Plan ${id}` })],
  changes: [venueChange(id, `m${id % matches}`)],
  meta: { last: String(id), [`told-${id}`]: "yes" },
  stats: [
    {
      minute: noon,
      channels: { [channel]: { valid: 1, invalid: 0, duplicates: 0 } },
      latency: {},
      calendarDone: 0,
      calendarFailed: 0,
    },
  ],
});

/** Time passes only while something is refused or nothing happens, so that it measures how long that takes. */
const tickMs = 10;
const idleBreaths = 50;
/** Nothing lasts so long. */
const hopelessMs = 20_000;
const createTime = () => {
  let now = 0;
  let wrongAt = 0;
  let refusedAt = 0;
  let refusal = "";
  let tick: Promise<void> | null = null;
  let answers = 0;
  const pass = (most: number): void => {
    now += most;
    vi.advanceTimersByTime(most);
  };
  /** Whoever is refused meanwhile waits for the same. */
  const nextTick = (): Promise<void> => {
    tick ??= breath().then(() => {
      tick = null;
      pass(tickMs);
    });
    return tick;
  };
  /** Lets time pass while nothing is answered, until something is done. */
  const whileIdle = async (work: Promise<unknown>): Promise<void> => {
    let done = false;
    const end = (): void => {
      done = true;
    };
    void work.then(end, end);
    let idle = 0;
    while (!done) {
      const before = answers;
      await breath();
      idle = before === answers ? idle + 1 : 0;
      if (idle < idleBreaths) continue;
      refusedAt = now;
      pass(tickMs);
    }
    await work;
  };
  return {
    pass,
    whileIdle,
    /** Something has gone wrong, or it is over. */
    wrong: (): void => {
      wrongAt = now;
    },
    /** How long it was still refusing when nothing was wrong any more. */
    lateness: (): number => refusedAt - wrongAt,
    lastRefusal: (): string => refusal,
    /** As core does it: what is refused is asked for again, and what follows waits. */
    untilTaken: async <T>(ask: () => Promise<T>): Promise<T> => {
      for (;;) {
        try {
          const answer = await ask();
          answers += 1;
          return answer;
        } catch (error) {
          if (!(error instanceof ProblemError) || now > hopelessMs) throw error;
          answers += 1;
          refusedAt = now;
          refusal = error.problem.message;
          await nextTick();
        }
      }
    },
  };
};
type Time = ReturnType<typeof createTime>;

const work = async ({ journal, calendars }: OpenJournal, { untilTaken }: Time): Promise<void> => {
  const feed = async (): Promise<void> => {
    for (let id = 1; id <= batches; id += 1) await untilTaken(() => journal.append(batchOf(id)));
  };
  const facts = async (): Promise<void> => {
    for (let count = 1; count <= 6; count += 1)
      await untilTaken(() => journal.append({ meta: { fact: String(count) }, more: true }));
  };
  const books = async (): Promise<void> => {
    for (let id = 1; id <= 6; id += 1) {
      await untilTaken(() =>
        calendars.write("google", {
          known: [knownRow(`k${id}`)],
          outbox: [outboxRow(`o${id}`)],
          outboxDone: [`o${id - 1}`],
          meta: { token: String(id) },
        }),
      );
    }
  };
  await Promise.all([feed(), facts(), books()]);
};

const isLong = import.meta.env.AVSPARK_LONG !== undefined;
const numRuns = isLong ? 2000 : 25;

const newFile = (): { readonly file: string; readonly done: () => void } => {
  const disk = hasDisks ? mountSmallDisk() : null;
  return { file: join(disk?.folder ?? temporaryFolder(), "journal.db"), done: () => disk?.unmount() };
};

/** Answers how long it was still refusing when nothing was wrong any more. */
const live = async (file: string, faults: readonly Fault[]): Promise<number> => {
  const time = createTime();
  const start = startMortal(faults, time.wrong);
  const first = await time.untilTaken(() => openJournal({ file, log: silentLog, start }));
  await time.untilTaken(async () => first.journal.load());
  await time.untilTaken(async () => first.calendars.load("google"));
  try {
    await time.whileIdle(work(first, time));
  } finally {
    await first.close();
  }
  expect(time.lateness(), time.lastRefusal()).toBeLessThanOrEqual(1000);
  const mayHaveLost = first.journal.troubles().some(({ kind }) => kind === "incident");
  // Whatever lasted is over.
  time.pass(lastingMs);

  const { journal, calendars, close } = await openJournal({ file, log: silentLog, start: startMortal([]) });
  const loaded = journal.load();
  const told = Array.from({ length: batches }, (_, index) => index + 1);
  expect(new Map(loaded.matches.map(({ match }) => [match.id, match.venue]))).toEqual(
    new Map(told.map((id) => [`m${id % matches}`, `Plan ${id}`])),
  );
  expect(loaded.changes.map(({ id }) => id)).toEqual(told.toReversed());
  expect(loaded.lastIds).toMatchObject({ message: batches, change: batches });
  const facts = Object.fromEntries(told.map((id) => [`told-${id}`, "yes"]));
  expect(loaded.meta).toEqual({ ...facts, last: String(batches), fact: "6" });
  const { known, outbox, meta } = calendars.load("google");
  expect(known.map(({ id }) => id).sort()).toEqual([1, 2, 3, 4, 5, 6].map((id) => `k${id}`));
  expect([outbox.map(({ id }) => id), meta]).toEqual([["o6"], { token: "6" }]);

  // What is history, and not known by heart, may be lost with a file; it is said then.
  const messages = journal.messages({ limit: 100 }).map(({ id }) => id);
  expect(messages).toEqual([...new Set(messages)]);
  const counted = journal
    .stats("1h", noon)
    .buckets.reduce((sum, { channels }) => sum + (channels[channel]?.valid ?? 0), 0);
  expect(counted).toBe(messages.length);
  if (!mayHaveLost) expect(messages).toEqual(told.toReversed());
  for (const id of messages) expect(journal.payload(id)?.payload).toEqual(new Uint8Array(3000).fill(id));
  await close();
  return time.lateness();
};

it(`whatever happens to the thread, to its files${hasDisks ? " and to their disk" : ""}, it goes on within a second, and nothing known is lost or written twice`, async () => {
  let slowest = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 2 }), async (faults) => {
      const { file, done } = newFile();
      try {
        slowest = Math.max(slowest, await live(file, faults));
      } finally {
        done();
      }
    }),
    { numRuns },
  );
  if (isLong) process.stdout.write(`${numRuns} runs: at most ${slowest} ms until what was refused was taken\n`);
});

/** How many steps a thread takes to which nothing happens. */
const undisturbedSteps = async (): Promise<number> => {
  const { file, done } = newFile();
  let last = 0;
  const watched = Array.from(
    { length: 400 },
    (_, step): Fault => ({
      thread: 0,
      step,
      act: {
        kind: "files",
        act: () => {
          last = step;
        },
      },
    }),
  );
  await live(file, watched);
  done();
  return last + 1;
};

/** From the order to end on. */
const closingSteps = 8;

it("what happens to the files while they are let go loses nothing, since memory goes last", async () => {
  const steps = await undisturbedSteps();
  const late = fc.tuple(fc.constantFrom(...Object.entries(onFiles)), fc.integer({ min: 1, max: closingSteps }));
  await fc.assert(
    fc.asyncProperty(late, async ([[, act], beforeEnd]) => {
      const { file, done } = newFile();
      try {
        await live(file, [{ thread: 0, step: steps - beforeEnd, act: { kind: "files", act } }]);
      } finally {
        done();
      }
    }),
    { numRuns: isLong ? 200 : 15 },
  );
});
