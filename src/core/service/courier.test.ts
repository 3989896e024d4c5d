import { describe, expect, it } from "vitest";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { MatchRecord } from "../matches/record.ts";
import { createCourier } from "./courier.ts";

const record = (id: number, venue = "Heden"): MatchRecord => aRecord(aMatch({ id: `${id}`, venue }));

const createDesk = () => {
  const time = createVirtualClock({ start: 0, random: () => 0.5, breathe: async () => undefined });
  const delivered: (readonly MatchRecord[])[] = [];
  let busy = false;
  const courier = createCourier({
    clock: time.clock,
    isBusy: () => busy,
    deliver: (records) => delivered.push(records),
  });
  return {
    time,
    courier,
    delivered,
    busy: (now: boolean): void => {
      busy = now;
    },
  };
};

describe("the calendars hear of changed matches", () => {
  it("soon, each once as it is now", async () => {
    const { time, courier, delivered } = createDesk();
    courier.add([record(1), record(2)]);
    courier.add([record(1, "Ullevi")]);
    courier.add([]);
    await time.advance(200);
    expect(delivered).toEqual([[record(1, "Ullevi"), record(2)]]);
  });

  it("some at a time when there are many, so that messages are read in between", async () => {
    const { time, courier, delivered } = createDesk();
    courier.add(Array.from({ length: 250 }, (_, id) => record(id)));
    await time.advance(200);
    expect(delivered.map((records) => records.length)).toEqual([100, 100, 50]);
  });

  it("when the feed has time, but not never", async () => {
    const { time, courier, delivered, busy } = createDesk();
    busy(true);
    courier.add([record(1)]);
    await time.advance(20_000);
    expect(delivered).toEqual([]);
    await time.advance(15_000);
    expect(delivered).toHaveLength(1);
    courier.add([record(2)]);
    await time.advance(1000);
    busy(false);
    await time.advance(200);
    expect(delivered).toHaveLength(2);
  });

  it("at once and in one piece when a whole list says so", async () => {
    const { time, courier, delivered, busy } = createDesk();
    busy(true);
    courier.add(Array.from({ length: 250 }, (_, id) => record(id)));
    courier.flush();
    expect(delivered.map((records) => records.length)).toEqual([250]);
    await time.advance(60_000);
    courier.flush();
    expect(delivered).toHaveLength(1);
  });
});
