import { describe, expect, it } from "vitest";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { MatchRecord } from "../matches/record.ts";
import { createCourier } from "./courier.ts";

const record = (id: string, venue = "Heden"): MatchRecord => aRecord(aMatch({ id, venue }));
const many = Array.from({ length: 250 }, (_, id) => `${id}`);

const kept = (ids: readonly string[]) => ({ way: "redis" as const, kept: ids.map((id) => record(id)) });

const createDesk = ({ onDelivered = (_: readonly MatchRecord[]): void => undefined } = {}) => {
  const time = createVirtualClock({ start: 0, random: () => 0.5, breathe: async () => undefined });
  const records = new Map(many.map((id) => [id, record(id)]));
  const delivered: (readonly MatchRecord[])[] = [];
  let busy = false;
  const courier = createCourier({
    clock: time.clock,
    isBusy: () => busy,
    records,
    deliver: (records) => {
      delivered.push(records);
      onDelivered(records);
    },
  });
  return {
    time,
    courier,
    delivered,
    records,
    busy: (now: boolean): void => {
      busy = now;
    },
  };
};

describe("the calendars hear of changed matches", () => {
  it("soon, each once as it is now, and of none that is current no more", async () => {
    const { time, courier, delivered, records } = createDesk();
    courier.note(kept(["1", "2", "3"]));
    courier.note(kept(["1"]));
    courier.note(kept([]));
    // Erased and archived while it waited.
    records.set("1", record("1", "Ullevi"));
    records.delete("3");
    await time.advance(200);
    expect(delivered).toEqual([[record("1", "Ullevi"), record("2")]]);
  });

  it("some at a time when there are many, so that messages are read in between", async () => {
    const { time, courier, delivered } = createDesk();
    courier.note(kept(many));
    await time.advance(200);
    expect(delivered.map((records) => records.length)).toEqual([100, 100, 50]);
  });

  it("when the feed has time, but not never", async () => {
    const { time, courier, delivered, busy } = createDesk();
    busy(true);
    courier.note(kept(["1"]));
    await time.advance(20_000);
    expect(delivered).toEqual([]);
    await time.advance(15_000);
    expect(delivered).toHaveLength(1);
    courier.note(kept(["2"]));
    await time.advance(1000);
    busy(false);
    await time.advance(200);
    expect(delivered).toHaveLength(2);
  });

  it("of each match once in that time, however fast they change and however long", async () => {
    const { time, courier, delivered, busy } = createDesk({
      onDelivered: (records) => {
        // As in a flood, which is over sometime.
        if (delivered.length < 60) courier.note(kept(records.map(({ match }) => match.id)));
      },
    });
    busy(true);
    courier.note(kept(many));
    await time.advance(65_000);
    expect(delivered.map((records) => records.length)).toEqual([100, 100, 50, 100, 100, 50]);
  });

  it("at once and in one piece when a whole list says so", async () => {
    const { time, courier, delivered, busy } = createDesk();
    busy(true);
    courier.note(kept(many));
    courier.flush();
    expect(delivered.map((records) => records.length)).toEqual([250]);
    await time.advance(60_000);
    courier.flush();
    expect(delivered).toHaveLength(1);
  });
});
