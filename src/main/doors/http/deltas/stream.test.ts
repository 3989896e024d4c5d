import { expect, test } from "vitest";
import { createVirtualClock } from "../../../../core/calendar/testing/virtual-clock.ts";
import { silentLog } from "../../../../core/feed/testing/silent-log.ts";
import type { Delta } from "../../../../shared/snapshot.ts";
import { delta } from "../../../../shared/testing/delta.ts";
import type { Sink } from "../sse.ts";
import { createDeltaStream } from "./stream.ts";

/** A service of which only the deltas are of interest. */
const createStream = () => {
  const { clock, advance } = createVirtualClock({ start: 0, random: () => 0.5, breathe: async () => undefined });
  const listeners = new Set<(told: Delta) => void>();
  let seq = 10;
  const stream = createDeltaStream({
    service: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      lastDelta: () => seq,
    },
    serviceId: "here",
    version: "1.2.3",
    clock,
    log: silentLog,
  });
  return {
    stream,
    advance,
    listeners,
    tell: () => {
      seq += 1;
      for (const listener of listeners) listener(delta(seq));
    },
  };
};

/** A reader that takes what it is sent, or lets it pile up. */
const createReader = () => {
  const told: { readonly name: string; readonly seq: number }[] = [];
  let heartbeats = 0;
  let waiting = 0;
  let goOn: () => void = () => undefined;
  let cut = false;
  const sink: Sink = {
    write: (chunk) => {
      const text = Buffer.from(chunk).toString();
      const [, name = "", data = ""] = /^event: (\w+)\ndata: (.*)\n\n$/.exec(text) ?? [];
      if (name === "") heartbeats += 1;
      else told.push({ name, seq: JSON.parse(data).seq });
    },
    waiting: () => waiting,
    drained: () =>
      new Promise((resolve) => {
        goOn = resolve;
      }),
    end: () => undefined,
    destroy: () => {
      cut = true;
    },
  };
  return {
    sink,
    told: () => told.map(({ name, seq }) => `${name} ${seq}`),
    heartbeats: () => heartbeats,
    wasCut: () => cut,
    pileUp: () => {
      waiting = 2 * 1024 * 1024;
    },
    takeAll: async () => {
      waiting = 0;
      goOn();
      await new Promise(setImmediate);
    },
  };
};

test("every window hears the same deltas under the same numbers", () => {
  const { stream, tell, listeners } = createStream();
  const [one, other] = [createReader(), createReader()];
  const leave = stream.join(one.sink, "act");
  tell();
  stream.join(other.sink, "look");
  tell();
  expect(one.told()).toEqual(["hello 10", "delta 11", "delta 12"]);
  expect(other.told()).toEqual(["hello 11", "delta 12"]);
  leave();
  tell();
  expect(one.told()).toHaveLength(3);
  stream.close();
  expect(listeners.size).toBe(0);
});

test("a window that reads too slowly is told so when it goes on, and gets nothing of what it missed", async () => {
  const { stream, tell } = createStream();
  const [slow, quick] = [createReader(), createReader()];
  stream.join(slow.sink, "act");
  stream.join(quick.sink, "act");
  slow.pileUp();
  tell();
  tell();
  expect(slow.told()).toEqual(["hello 10"]);
  await slow.takeAll();
  tell();
  expect(slow.told()).toEqual(["hello 10", "behind 12", "delta 13"]);
  expect(quick.told()).toEqual(["hello 10", "delta 11", "delta 12", "delta 13"]);
});

test("a window that takes nothing at all is dropped, and one that leaves meanwhile is told nothing", async () => {
  const { stream, tell, advance } = createStream();
  const [stuck, gone, quick] = [createReader(), createReader(), createReader()];
  stream.join(stuck.sink, "act");
  const leave = stream.join(gone.sink, "act");
  stream.join(quick.sink, "act");
  stuck.pileUp();
  gone.pileUp();
  tell();
  leave();
  await gone.takeAll();
  expect(gone.told()).toEqual(["hello 10"]);
  await advance(26_000);
  expect(stuck.wasCut()).toBe(true);
  expect(stuck.heartbeats()).toBe(0);
  expect(quick.wasCut()).toBe(false);
  expect(quick.heartbeats()).toBe(13);
});
