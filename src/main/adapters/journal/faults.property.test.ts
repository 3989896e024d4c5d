import { existsSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as breath } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JournalBatch } from "../../../core/journal.ts";
import { ProblemError } from "../../../shared/problem.ts";
import { temporaryFolder } from "./harness.ts";
import { type Act, type Fault, letThreadsBeMortal, startMortal } from "./mortal.ts";
import { type OpenJournal, openJournal } from "./open.ts";
import { channel, knownRow, matchRecord, noon, outboxRow, silentLog, validMessage, venueChange } from "./samples.ts";

/**
 * Whatever goes wrong with the journal's thread and with its files, at any step and two things at once: it goes on, nothing
 * that is known is lost, and nothing is written twice.
 */

let undo = (): void => undefined;
beforeAll(() => {
  undo = letThreadsBeMortal();
});
afterAll(() => undo());

const files: Readonly<Record<string, (file: string) => void>> = {
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
const namedFiles = Object.keys(files);

type NamedAct = Exclude<Act, { readonly kind: "files" }> | { readonly kind: "files"; readonly what: string };
const act: fc.Arbitrary<NamedAct> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: "killed" as const }) },
  fc.constant({ kind: "throws" as const }),
  fc.record({ kind: fc.constant("full" as const), commits: fc.integer({ min: 1, max: 4 }) }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("files" as const), what: fc.constantFrom(...namedFiles) }) },
);
const fault = fc.record({ thread: fc.nat({ max: 2 }), step: fc.nat({ max: 160 }), act });

const acted = ({ act: named, ...rest }: { thread: number; step: number; act: NamedAct }): Fault => ({
  ...rest,
  act: named.kind === "files" ? { kind: "files", act: files[named.what] ?? (() => undefined) } : named,
});

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

/** As core does it: what is refused is asked for again, and what follows waits. */
const untilTaken = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      await breath();
    }
  }
};

const work = async ({ journal, calendars }: OpenJournal): Promise<void> => {
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

const numRuns = import.meta.env.AVSPARK_LONG === undefined ? 60 : 2000;

it("whatever happens to the thread and to its files, it goes on, and nothing known is lost or written twice", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 2 }), async (faults) => {
      const file = join(temporaryFolder(), "journal.db");
      const start = startMortal(faults.map(acted));
      const first = await untilTaken(() => openJournal({ file, log: silentLog, start }));
      await untilTaken(async () => first.journal.load());
      await untilTaken(async () => first.calendars.load("google"));
      await work(first);
      await first.close();
      const mayHaveLost = first.journal.troubles().some(({ kind }) => kind === "incident");

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
    }),
    { numRuns },
  );
});
