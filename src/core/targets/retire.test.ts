import { describe, expect, test } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import type { MatchRecord } from "../matches/record.ts";
import { withoutContacts } from "../matches/testing/without-contacts.ts";
import { contactsEraser } from "../retention/eraser.ts";
import { createBench } from "./testing/bench.ts";

const day = 24 * 60 * 60_000;
const start = Date.parse("2027-05-01T10:00:00.000Z");
const phone = "0700000001";

/** Matches that were played while this was watched, each of them in both calendars. */
const played = async (count: number) => {
  const records = Array.from({ length: count }, (_, n) =>
    aRecord(aMatch({ id: `${n + 1}`, kickoff: instantOf(start + day) })),
  );
  const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  const made = createBench({ start, breathe, names: ["google", "ics"] });
  const { engine, told } = made.begin(records);
  await made.finish(engine.sync());
  await made.time.advance(100 * day);
  return { ...made, records, engine, told };
};

const descriptions = ({ model }: Awaited<ReturnType<typeof played>>, name: "google" | "ics"): readonly string[] =>
  model(name)
    .events()
    .map(({ content }) => content.description);

describe("how to reach people", () => {
  test("is erased from what is known of the events and from our own file, and in nobody else's calendar", async () => {
    const run = await played(2);
    const erased = run.records.map((record): MatchRecord => ({ ...record, match: withoutContacts(record.match) }));
    run.engine.erased(erased, contactsEraser);
    await run.time.advance(5000);
    expect(descriptions(run, "ics").filter((text) => text.includes(phone))).toEqual([]);
    expect(descriptions(run, "google").filter((text) => text.includes(phone))).toHaveLength(2);
    for (const target of ["google", "ics"] as const)
      expect(run.store.load(target).known.map(({ written }) => written?.description.includes(phone))).toEqual([
        false,
        false,
      ]);
    // It is no difference that somebody would have to repair.
    await run.time.advance(2 * day);
    expect(run.engine.status().map(({ there, differs, waiting }) => [there, differs, waiting])).toEqual([
      [2, 0, 0],
      [2, 0, 0],
    ]);
  });
});

describe("an archived match", () => {
  test("is forgotten, leaves our own file, and is not found again in somebody else's calendar", async () => {
    const run = await played(3);
    run.engine.forget(["1", "2"]);
    await run.time.advance(2 * day);
    expect(descriptions(run, "ics")).toHaveLength(1);
    expect(descriptions(run, "google")).toHaveLength(3);
    for (const target of ["google", "ics"] as const)
      expect(run.store.load(target).known.map(({ id }) => id)).toEqual(["3"]);
    expect(run.engine.status().map(({ there }) => there)).toEqual([1, 1]);
    expect(run.engine.placements("1")).toEqual({});
  });
});

describe("taking back a run", () => {
  /** A run that is made now, and what a calendar shows when it is taken back after something happened to its matches. */
  const takenBack = async (
    happens: (run: Awaited<ReturnType<typeof played>>, upcoming: MatchRecord) => void,
    runMs = 5000,
  ) => {
    const run = await played(0);
    const upcoming = aRecord(aMatch({ id: "9", kickoff: instantOf(start + 110 * day) }));
    run.engine.changed([upcoming]);
    await run.time.advance(5000);
    // The run that is taken back wrote over a description with a telephone number in it.
    run.engine.changed([{ ...upcoming, match: { ...upcoming.match, venue: "Heden" } }]);
    await run.time.advance(runMs);
    happens(run, upcoming);
    await run.time.advance(5000);
    const undone = run.engine.undo("google").catch(() => []);
    await run.time.advance(5000);
    return { undone: (await undone).length, shown: descriptions(run, "google") };
  };

  test.each([1, 20, 40, 5000])("brings back nothing that was erased %i ms after it began", async (runMs) => {
    const { undone, shown } = await takenBack(
      ({ engine }, upcoming) =>
        engine.erased([{ ...upcoming, match: withoutContacts(upcoming.match) }], contactsEraser),
      runMs,
    );
    expect([undone, shown.filter((text) => text.includes(phone))]).toEqual([1, []]);
  });

  test("leaves a match that is archived", async () => {
    const { undone, shown } = await takenBack(({ engine }) => engine.forget(["9"]));
    expect([undone, shown.length]).toEqual([0, 1]);
  });
});
