import fc from "fast-check";
import { expect, it } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { MatchRecord } from "../matches/record.ts";
import { limitsAt } from "../matches/retention-limits.ts";
import { unfailing } from "../unfailing-log.ts";
import { listArrival } from "./arrival.ts";
import { createBatches, type Taken } from "./batch.ts";
import { decodeMatches } from "./decode/matches.ts";
import { decodeMessage } from "./decode.ts";
import { createIngest } from "./ingest.ts";
import { replayQuarantine } from "./replay.ts";
import { bookOf } from "./testing/book.ts";
import { createMemoryJournal } from "./testing/memory-journal.ts";
import { silentLog } from "./testing/silent-log.ts";

const start = Date.UTC(2027, 4, 6);
const decoding = { text: (bytes: Uint8Array) => new TextDecoder().decode(bytes), utf8Only: true, maxBytes: 1e6 };

/** Callbacks that throw, each once, at the call that was chosen for it. */
const createFaults = (chosen: readonly (readonly [name: string, call: number])[]) => {
  const left = new Map(chosen.map(([name, call]) => [name, call]));
  return <A extends readonly unknown[], R>(name: string, work: (...args: A) => R) =>
    (...args: A): R => {
      const call = left.get(name);
      if (call !== undefined) left.set(name, call - 1);
      if (call === 0) throw new Error(`${name} failed`);
      return work(...args);
    };
};
type Faulty = ReturnType<typeof createFaults>;

const createDesk = (faulty: Faulty) => {
  const time = createVirtualClock({
    start: start + 10_000,
    random: () => 0.5,
    breathe: () => new Promise<void>((resolve) => void setImmediate(resolve)),
  });
  const journal = createMemoryJournal(time.clock);
  const known = new Map<string, MatchRecord>();
  const acted: Taken[] = [];
  const log = unfailing({
    ...silentLog,
    info: faulty("log.info", () => undefined),
    error: faulty("log.error", () => undefined),
  });
  const book = bookOf(known);
  const batches = createBatches({
    book: { ...book, put: faulty("put", book.put) },
    lastIds: { message: 0, change: 0 },
    encode: faulty("encode", (text: string) => new TextEncoder().encode(text)),
    limits: () => limitsAt(start, { matches: 400, personal: 90 }),
    maxBytes: 1e6,
    log,
  });
  const decode = (payload: Uint8Array) => decodeMessage(payload, decoding);
  const ingest = createIngest({
    journal: { append: faulty("append", journal.append), spilled: faulty("spilled", journal.spilled) },
    clock: time.clock,
    log,
    decode: faulty("decode", decode),
    batches: { apply: faulty("apply", batches.apply), commit: faulty("commit", batches.commit) },
    limits: { queue: { messages: 5, bytes: 1e6 }, overflow: { messages: 1000, bytes: 1e6 }, spillBytes: 1e6 },
    spilled: { messages: 0, bytes: 0 },
  });
  const listen = faulty("listener", () => undefined);
  ingest.taken(() => listen());
  ingest.taken((taken) => void acted.push(taken));
  ingest.troubled(faulty("trouble", () => undefined));
  return { time, journal, known, acted, ingest, decode };
};

const callbacks = [
  "append",
  "spilled",
  "decode",
  "apply",
  "commit",
  "put",
  "listener",
  "trouble",
  "encode",
  "make",
  "known",
  "log.info",
  "log.error",
] as const;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("hear" as const),
      count: fc.integer({ min: 1, max: 12 }),
      ms: fc.integer({ min: 0, max: 20 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("by-hand" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("write" as const) }) },
);

it("whatever callback throws, and whenever: it goes on within a second, and nothing is lost or written twice", async () => {
  const fault = fc.tuple(fc.constantFrom(...callbacks), fc.integer({ min: 0, max: 8 }));
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fault, { selector: ([name]) => name, maxLength: 4 }),
      fc.array(step, { minLength: 2, maxLength: 8 }),
      async (faults, steps) => {
        const faulty = createFaults(faults);
        const { time, journal, known, acted, ingest, decode } = createDesk(faulty);
        let said = 0;
        let byHand = 0;
        const update = (id: number): object => ({ matchid: id, hemmalag: "A", anlaggningnamn: `Plan ${said}` });
        const hear = (): void => {
          said += 1;
          const payload = { matches: [update(1 + (said % 3))] };
          // No two are said in the same millisecond: of such the one that is read last counts.
          const timestamp = instantOf(start + said);
          const message = { message_id: `m${said}`, timestamp, type: "match_updates", payload };
          ingest.receive({
            channel: `c${said}`,
            payload: new TextEncoder().encode(JSON.stringify(message)),
            receivedAt: time.now(),
          });
        };
        const takeByHand = async (): Promise<void> => {
          const now = instantOf(time.now());
          const matches = [{ matchid: 9, hemmalag: "B", anlaggningnamn: `Plan ${now}` }];
          const telling = { channel: "manual", at: now, receivedAt: now, completeAt: null };
          await ingest.take("manual", [listArrival(matches, decodeMatches(matches, "matches"), telling)]).then(
            () => {
              byHand += 1;
            },
            () => undefined,
          );
        };
        for (const each of steps) {
          if (each.kind === "hear") {
            for (let count = 0; count < each.count; count += 1) hear();
            await time.advance(each.ms);
          } else if (each.kind === "by-hand") void takeByHand();
          else
            void ingest
              .write(faulty("make", () => ({ batch: {}, known: faulty("known", () => undefined) })))
              .catch(() => undefined);
        }
        // Each fault costs at most one attempt.
        await time.advance(100 + faults.length * 1100);
        const heardOf = () =>
          [...journal.journaled.values()].map(({ summary }) => summary.channel).filter((name) => name !== "manual");
        expect(heardOf()).toEqual(Array.from({ length: said }, (_, index) => `c${index + 1}`));
        hear();
        await time.advance(100 + faults.length * 1100);
        expect(heardOf()).toHaveLength(said);
        expect([journal.twice, journal.spillSize(), ingest.isBusy()]).toEqual([[], 0, false]);
        // All was told to those who listen, once.
        const told = acted.flatMap(({ messages }) => messages.map(({ summary }) => summary.id));
        expect(new Set(told).size).toBe(told.length);
        expect(told.length).toBe(journal.journaled.size);
        expect(byHand > 0).toBe(known.has("9"));
        // What is known is what the journal has.
        expect(new Map([...known].map(([id, { match }]) => [id, match]))).toEqual(
          new Map([...journal.matches].map(([id, { match }]) => [id, match])),
        );
        // A message on which decoding or applying failed waits in quarantine, and loses nothing by that.
        for (let again = 0; again <= faults.length; again += 1) {
          const replayed = replayQuarantine(null, { journal, decode, clock: time.clock, take: ingest.take });
          const settled = Promise.allSettled([replayed]);
          await time.advance(1100);
          await settled;
        }
        expect(journal.quarantine({ limit: 100 })).toEqual([]);
        for (const id of [1, 2, 3]) {
          const last = Array.from({ length: said }, (_, index) => index + 1).findLast((each) => 1 + (each % 3) === id);
          if (last !== undefined) expect(known.get(String(id))?.match.venue).toBe(`Plan ${last}`);
        }
      },
    ),
    { numRuns: import.meta.env.AVSPARK_LONG === undefined ? 200 : 2000 },
  );
});
