import { expect, test } from "vitest";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { StreamEntry, StreamLink } from "../ports.ts";
import type { Heard } from "./arrival.ts";
import { beforeAll } from "./stream-position.ts";
import { createStreamReader } from "./stream-reader.ts";
import { silentLog } from "./testing/silent-log.ts";

const start = Date.parse("2027-05-08T10:00:00Z");
const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** A stream of the server's, by when its entries were added there, and runs that read it on. */
const stream = () => {
  const entries: StreamEntry[] = [];
  const kept: Record<string, string> = {};
  const idOf = (one: StreamEntry | undefined): string => one?.id ?? beforeAll;
  const linkFrom = (newest: string): StreamLink => ({
    name: "s",
    newestBefore: () => newest,
    take: async (after, most) => ({
      state: {
        first: entries[0]?.id ?? null,
        last: idOf(entries.at(-1)),
        length: entries.length,
        added: entries.length,
        deleted: null,
      },
      entries: entries.slice(entries.findIndex(({ id }) => id === after) + 1).slice(0, most),
    }),
    wait: () => new Promise(() => undefined),
  });
  return {
    add: (...afterMs: readonly number[]): void =>
      void entries.push(...afterMs.map((ms) => ({ id: `${start + ms}-0`, fields: [] }))),
    /** What a run that begins at that time hears; `listening`: it had begun before there was anything. */
    read: async (atMs: number, listening = false): Promise<readonly (number | null)[]> => {
      const { clock } = createVirtualClock({ start: start + atMs, random: () => 1, breathe });
      const heard: Heard[] = [];
      const reader = createStreamReader({
        ...{ name: "s", clock, log: silentLog, stored: { ...kept }, waitMs: 1000, lookMs: 1000 },
        heardIn: (_entry, { now, saidAt }) => [{ channel: "s", payload: new Uint8Array(), receivedAt: now, saidAt }],
        ...{ room: async () => undefined, hasRoom: () => true },
        receive: (one) => {
          heard.push(one);
          for (const [name, text] of Object.entries(one.keeping ?? {})) kept[name] = text ?? "";
        },
        ...{ keep: async () => undefined, missed: async () => undefined },
      });
      reader.begin(linkFrom(listening ? beforeAll : idOf(entries.at(-1))));
      await breathe();
      reader.end();
      return heard.map(({ saidAt, receivedAt }) => (saidAt ?? receivedAt) - start);
    },
  };
};

test("what was added while we were away is as old as the server says, but no older than what came before it", async () => {
  const { add, read } = stream();
  add(1000);
  // Heard live, half a second late: dated by our receipt.
  expect(await read(1500, true)).toEqual([1500]);
  add(1200, 1499, 4000);
  // The run that heard it was killed; by the server's clock two of these would be older than what we have.
  expect(await read(9000)).toEqual([1500, 1500, 4000]);
  add(9500);
  expect(await read(20_000)).toEqual([9500]);
});
