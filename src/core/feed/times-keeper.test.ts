import { describe, expect, it } from "vitest";
import { ProblemError } from "../../shared/problem.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import type { MatchRecord } from "../matches/record.ts";
import { silentLog } from "./testing/silent-log.ts";
import { createTimesKeeper } from "./times-keeper.ts";

const record = (id: number): MatchRecord => aRecord(aMatch({ id: `${id}` }));

const createDesk = (count: number) => {
  const records = new Map(Array.from({ length: count }, (_, id) => [`${id}`, record(id)]));
  const written: number[] = [];
  let refusing = false;
  const times = createTimesKeeper({
    write: async (make) => {
      if (refusing) throw new ProblemError({ kind: "journal-full", message: "No room." });
      written.push(make().batch.matches?.length ?? 0);
    },
    records,
    log: silentLog,
  });
  return {
    times,
    records,
    written,
    refuse: (now: boolean): void => {
      refusing = now;
    },
  };
};

describe("the times of matches that were told of again", () => {
  it("are written later, some at a time, each once", async () => {
    const { times, records, written } = createDesk(1200);
    const all = [...records.values()];
    times.note({ matches: all, kept: [] });
    times.note({ matches: all, kept: all.slice(0, 100) });
    await times.keepSome();
    expect(written).toEqual([500]);
    await times.keepAll();
    await times.keepSome();
    expect(written).toEqual([500, 500, 100]);
  });

  it("wait while the journal refuses", async () => {
    const { times, records, written, refuse } = createDesk(3);
    times.note({ matches: [...records.values()], kept: [] });
    refuse(true);
    await times.keepAll();
    refuse(false);
    await times.keepAll();
    expect(written).toEqual([3]);
  });
});
