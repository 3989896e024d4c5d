import { describe, expect, it } from "vitest";
import type { Alert } from "../shared/alert.ts";
import { ProblemError } from "../shared/problem.ts";
import { instant } from "../shared/testing/instant.ts";
import { createVirtualClock } from "./calendar/testing/virtual-clock.ts";
import { silentLog } from "./feed/testing/silent-log.ts";
import type { JournalBatch } from "./journal.ts";
import { createWriteBehind } from "./write-behind.ts";

const at = instant("2027-05-06T12:00:00.000Z");
const alert = (id: number, count = 1): Alert => ({
  id,
  key: `${id}`,
  cause: { kind: "cycle-failed", cycle: id, text: null },
  level: "warning",
  severity: null,
  firstAt: at,
  lastAt: at,
  count,
  state: { name: "active" },
});

const full = new ProblemError({ kind: "journal-full", message: "No room." });

const createDesk = () => {
  const time = createVirtualClock({ start: 0, random: () => 0.5, breathe: async () => undefined });
  const written: JournalBatch[] = [];
  let refusal: unknown = null;
  const writeBehind = createWriteBehind({
    journal: {
      append: async (batch) => {
        if (refusal !== null) throw refusal;
        written.push(batch);
      },
    },
    clock: time.clock,
    log: silentLog,
  });
  return {
    time,
    writeBehind,
    written,
    refuse: (now: unknown): void => {
      refusal = now;
    },
  };
};

describe("small facts", () => {
  it("that come together are one write, with the latest word on each alert", async () => {
    const { time, writeBehind, written } = createDesk();
    for (let count = 1; count <= 1000; count += 1) writeBehind.write({ alerts: [alert(count % 2, count)] });
    writeBehind.write({ meta: { a: "1", b: "1" } });
    writeBehind.write({ meta: { a: "2", b: null } });
    expect(written).toEqual([]);
    await time.advance(100);
    expect(written).toMatchObject([{ meta: { a: "2", b: null } }]);
    expect(written[0]?.alerts?.map(({ id, count }) => [id, count])).toEqual([
      [1, 999],
      [0, 1000],
    ]);
    await time.advance(10_000);
    expect(written).toHaveLength(1);
  });

  it.for([
    ["refuses", full],
    ["fails in a way that nobody has thought of", new TypeError("x")],
  ] as const)("wait while the journal %s, and are written when it takes again", async ([, error]) => {
    const { time, writeBehind, written, refuse } = createDesk();
    refuse(error);
    writeBehind.write({ meta: { a: "1" } });
    await time.advance(5000);
    writeBehind.write({ meta: { b: "2" }, alerts: [alert(1)] });
    await time.advance(5000);
    refuse(null);
    await time.advance(1000);
    expect(written).toMatchObject([{ meta: { a: "1", b: "2" }, alerts: [{ id: 1 }] }]);
  });

  it("are written at once when it stops", async () => {
    const { time, writeBehind, written } = createDesk();
    writeBehind.write({ meta: { a: "1" } });
    await writeBehind.stop();
    expect(written).toMatchObject([{ meta: { a: "1" } }]);
    await time.advance(10_000);
    expect(written).toHaveLength(1);
  });

  it("are given up when it stops while the journal refuses", async () => {
    const { time, writeBehind, written, refuse } = createDesk();
    refuse(full);
    writeBehind.write({ meta: { a: "1" } });
    await writeBehind.stop();
    refuse(null);
    await time.advance(10_000);
    expect(written).toEqual([]);
  });
});
