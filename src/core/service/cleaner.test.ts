import { describe, expect, it } from "vitest";
import { ProblemError } from "../../shared/problem.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import { silentLog } from "../feed/testing/silent-log.ts";
import { createCleaner } from "./cleaner.ts";

const minute = 60_000;
const megabyte = 1_000_000;

/** A journal that needs so many slices at each cleaning. */
const createDesk = (slices: number) => {
  const time = createVirtualClock({
    start: 0,
    random: () => 0.5,
    breathe: () => new Promise((resolve) => void setImmediate(resolve)),
  });
  let left = slices;
  let refusing = false;
  const begun: number[] = [];
  let cleaned = 0;
  const retired: number[] = [];
  let retiring = 0;
  const cleaner = createCleaner({
    journal: {
      cleanSlice: async ({ days, megabytes }) => {
        expect([days, megabytes]).toEqual([30, 200]);
        begun.push(time.now());
        if (refusing) throw new ProblemError({ kind: "journal-full", message: "No room." });
        left -= 1;
        if (left > 0) return true;
        left = slices;
        return false;
      },
    },
    clock: time.clock,
    log: silentLog,
    limits: () => ({ days: 30, megabytes: 200, personalDays: 90 }),
    retire: async () => {
      retiring -= 1;
      if (retiring >= 0) retired.push(time.elapsed());
      return retiring >= 0;
    },
    onCleaned: () => {
      cleaned += 1;
    },
  });
  return {
    time,
    cleaner,
    begun,
    retired,
    retire: (slices: number): void => {
      retiring = slices;
    },
    cleaned: () => cleaned,
    refuse: (now: boolean): void => {
      refusing = now;
    },
  };
};

const grown = (bytes: number) => ({ messages: [{ summary: { bytes } }] });

describe("cleaning", () => {
  it("comes regularly, in slices with pauses between them", async () => {
    const { time, cleaner, begun, cleaned } = createDesk(3);
    cleaner.start();
    await time.advance(9 * minute);
    expect(begun).toEqual([]);
    await time.advance(2 * minute);
    expect(begun).toHaveLength(3);
    expect((begun[1] ?? 0) - (begun[0] ?? 0)).toBeGreaterThanOrEqual(20);
    expect(cleaned()).toBe(1);
    await time.advance(10 * minute);
    expect(begun).toHaveLength(6);
  });

  it("comes sooner when the journal has grown much, once", async () => {
    const { time, cleaner, begun } = createDesk(2);
    cleaner.start();
    cleaner.note(grown(19 * megabyte));
    await time.advance(1000);
    expect(begun).toEqual([]);
    for (let more = 0; more < 100; more += 1) cleaner.note(grown(megabyte));
    await time.advance(1000);
    expect(begun).toHaveLength(2);
    cleaner.note(grown(megabyte));
    await time.advance(1000);
    expect(begun).toHaveLength(2);
  });

  it("is not put off by more that comes meanwhile", async () => {
    const { time, cleaner, begun } = createDesk(1);
    cleaner.start();
    for (let more = 0; more < 100; more += 1) {
      cleaner.note(grown(10 * megabyte));
      await time.advance(10);
    }
    expect(begun.length).toBeGreaterThan(1);
  });

  it("begins with the matches, a slice at a time", async () => {
    const { time, cleaner, begun, retired, retire } = createDesk(1);
    retire(3);
    cleaner.start();
    await time.advance(11 * minute);
    expect([retired.length, begun.length]).toEqual([3, 1]);
    expect((retired[1] ?? 0) - (retired[0] ?? 0)).toBeGreaterThanOrEqual(20);
  });

  it("that fails is tried again later", async () => {
    const { time, cleaner, begun, refuse, cleaned } = createDesk(1);
    refuse(true);
    cleaner.start();
    await time.advance(11 * minute);
    refuse(false);
    await time.advance(10 * minute);
    expect([begun.length, cleaned()]).toEqual([2, 2]);
  });

  it("ends when it is stopped", async () => {
    const { time, cleaner, begun } = createDesk(100);
    cleaner.start();
    await time.advance(10 * minute + 200);
    const sofar = begun.length;
    cleaner.stop();
    cleaner.note(grown(1000 * megabyte));
    await time.advance(60 * minute);
    expect(begun).toHaveLength(sofar);
  });
});
