import { describe, expect, test } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import { ProblemError } from "../../shared/problem.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { JournalBatch } from "../journal.ts";
import { applyFacts } from "../matches/merge.ts";
import type { MatchRecord } from "../matches/record.ts";
import { createRetirement } from "./retirement.ts";

const start = Date.parse("2027-05-08T12:00:00.000Z");
const day = 86_400_000;

const createRun = () => {
  const time = createVirtualClock({ start, random: () => 0.5, breathe: async () => undefined });
  const records = new Map<string, MatchRecord>();
  const batches: JournalBatch[] = [];
  const archived: string[] = [];
  const notes = new Map<string, string>();
  let refusing = false;
  const retirement = createRetirement({
    write: async (make) => {
      if (refusing) throw new ProblemError({ kind: "journal-full", message: "No room." });
      const { batch, known } = make();
      batches.push(batch);
      known?.();
    },
    clock: time.clock,
    records,
    days: () => ({ matches: 400, personal: 90 }),
    notes: {
      erasing: (eraser, ids) =>
        Object.fromEntries(
          ids.flatMap((id) => {
            const note = notes.get(id);
            return note === undefined ? [] : [[`note-${id}`, eraser.payload(note)]];
          }),
        ),
      forgetting: (ids) => Object.fromEntries(ids.filter((id) => notes.has(id)).map((id) => [`note-${id}`, null])),
    },
    onErased: (_ids, changed) => {
      for (const record of changed) records.set(record.match.id, record);
    },
    onArchived: (ids) => {
      archived.push(...ids);
      for (const id of ids) records.delete(id);
    },
  });
  return {
    time,
    records,
    batches,
    archived,
    notes,
    retirement,
    refuse: (now: boolean): void => {
      refusing = now;
    },
    /** A match that was played so many days before the run began, with a referee who can be called. */
    tell: (id: string, days: number): void => {
      const origin = { at: instantOf(time.now()), dialect: "fogis", channel: "c" } as const;
      const told = { kickoff: instantOf(start - days * day), officials: [{ name: "Ada", email: "ada@example.com" }] };
      const hearing = { origin, receivedAt: origin.at, urgent: false, isReplay: false };
      const { record } = applyFacts(
        records.get(id),
        { id, dialect: "fogis", wallClock: false, told, noted: [] },
        hearing,
      );
      records.set(id, record);
    },
    email: (id: string) => records.get(id)?.match.officials[0]?.email,
    all: async (): Promise<number> => {
      let slices = 0;
      while (await retirement.slice()) slices += 1;
      return slices;
    },
  };
};

describe("a played match", () => {
  test("loses how to reach its people after so many days, and not before", async () => {
    const run = createRun();
    run.tell("1", 0);
    await run.time.advance(90 * day);
    expect([await run.all(), run.email("1")]).toEqual([0, "ada@example.com"]);
    await run.time.advance(60_000);
    expect([await run.all(), run.email("1")]).toEqual([1, null]);
    expect(run.batches).toEqual([{ erased: { kind: "contacts", matchIds: ["1"] }, meta: {} }]);
    expect(run.records.get("1")?.match.officials).toMatchObject([{ name: "Ada" }]);
  });

  test("is archived after as many days as are wished, without its contacts", async () => {
    const run = createRun();
    run.tell("1", 401);
    run.tell("2", 399);
    await run.all();
    expect([run.archived, [...run.records.keys()]]).toEqual([["1"], ["2"]]);
    expect(run.batches[0]).toEqual({
      erased: { kind: "contacts", matchIds: ["1"] },
      archived: [{ id: "1", playedAt: instantOf(start - 401 * day) }],
      meta: {},
    });
  });

  test("takes what people wrote of it along, in the same write, whether it had contacts or not", async () => {
    const run = createRun();
    run.tell("1", 401);
    run.tell("2", 100);
    run.notes.set("1", "Ring 0701234567");
    run.notes.set("2", "Ring 0701234567");
    await run.all();
    expect(run.batches.map(({ meta }) => meta)).toEqual([
      { "note-1": null },
      { "note-2": expect.not.stringContaining("0701234567") },
    ]);
  });

  test("that is told of again is looked at again, and only then", async () => {
    const run = createRun();
    run.tell("1", 100);
    await run.all();
    expect(await run.all()).toBe(0);
    run.tell("1", 100);
    expect(await run.all()).toBe(1);
    expect(run.email("1")).toBeNull();
  });

  test("whose journal refuses stays as it was, and is tried again", async () => {
    const run = createRun();
    run.tell("1", 100);
    run.refuse(true);
    await expect(run.retirement.slice()).rejects.toThrow("No room.");
    expect(run.email("1")).toBe("ada@example.com");
    run.refuse(false);
    await run.all();
    expect(run.email("1")).toBeNull();
  });
});

test("many at once go in slices", async () => {
  const run = createRun();
  for (let id = 0; id < 1000; id += 1) run.tell(`${id}`, id % 2 === 0 ? 100 : 500);
  expect(await run.all()).toBe(10);
  expect([run.records.size, run.archived.length]).toEqual([500, 500]);
});
