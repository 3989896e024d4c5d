import { beforeEach, describe, expect, test } from "vitest";
import { createGate } from "./gate.ts";
import type { Failure } from "./patience.ts";
import { createVirtualClock } from "./testing/virtual-clock.ts";

const start = Date.parse("2027-05-01T10:00:00.000Z");
const failure = (kind: Failure["problem"]["kind"], retryAfterMs: number | null = null): Failure => ({
  problem: { kind, message: "A sentence." },
  retryAfterMs,
});

let probes = 0;
const gateFor = () => {
  const time = createVirtualClock({ start, random: () => 1, breathe: async () => undefined });
  const onProbe = (): void => {
    probes += 1;
  };
  const gate = createGate({ clock: time.clock, onProbe });
  return { time, gate };
};
beforeEach(() => {
  probes = 0;
});

describe("a calendar that fails", () => {
  test("is left alone after five failures in a row, longer each time, and says since when", async () => {
    const { time, gate } = gateFor();
    for (let n = 0; n < 4; n += 1) gate.failed(failure("calendar-server"));
    expect(gate.state()).toEqual({ name: "open" });
    gate.failed(failure("calendar-server"));
    expect(gate.state()).toMatchObject({ name: "waiting", since: start, until: start + 1000 });
    expect(gate.closed()).toMatchObject({ kind: "calendar-server" });

    await time.advance(1000);
    expect(gate.state()).toMatchObject({ name: "probing", since: start });
    expect(probes).toBe(1);
    gate.failed(failure("calendar-server"));
    expect(gate.state()).toMatchObject({ name: "waiting", since: start, until: start + 3000 });
  });

  test("is trusted again after one call that works", async () => {
    const { time, gate } = gateFor();
    gate.failed(failure("calendar-unreachable"), true);
    await time.advance(1000);
    gate.succeeded();
    expect(gate.state()).toEqual({ name: "open" });
    gate.failed(failure("calendar-unreachable"));
    expect(gate.state()).toEqual({ name: "open" });
  });

  test("is not waited for longer than five minutes", async () => {
    const { time, gate } = gateFor();
    for (let n = 0; n < 20; n += 1) {
      gate.failed(failure("calendar-unreachable"), true);
      const state = gate.state();
      if (state.name !== "waiting") throw new Error("it waits");
      expect(state.until - time.now()).toBeLessThanOrEqual(5 * 60_000);
      await time.advance(state.until - time.now());
    }
  });

  test("because of one event is well otherwise", () => {
    const { gate } = gateFor();
    for (let n = 0; n < 20; n += 1) gate.failed(failure("calendar-rejected"));
    expect(gate.state()).toEqual({ name: "open" });
  });
});

describe("a calendar that asks for fewer calls", () => {
  test("gets its peace at once, and for as long as it asks", async () => {
    const { time, gate } = gateFor();
    gate.failed(failure("calendar-rate-limited", 30_000));
    expect(gate.state()).toMatchObject({ name: "waiting", until: start + 30_000 });
    gate.hurry();
    expect(probes).toBe(0);
    // A call that was under way asks for more.
    gate.failed(failure("calendar-rate-limited", 60_000));
    expect(gate.state()).toMatchObject({ until: start + 60_000 });
    await time.advance(60_000);
    expect(probes).toBe(1);
  });
});

describe("a calendar that needs a person", () => {
  test("waits for one, and looks by itself every quarter of an hour", async () => {
    const { time, gate } = gateFor();
    gate.failed(failure("calendar-sign-in"));
    expect(gate.state()).toMatchObject({ name: "needs-person", since: start });
    // What ends now was under way before.
    gate.failed(failure("calendar-server"));
    gate.succeeded();
    expect(gate.state()).toMatchObject({ name: "needs-person", problem: { kind: "calendar-sign-in" } });
    await time.advance(15 * 60_000);
    expect(probes).toBe(1);
    gate.failed(failure("calendar-sign-in"));
    expect(gate.state()).toMatchObject({ name: "needs-person", since: start });
  });

  test("is tried at once when the person says so", () => {
    const { gate } = gateFor();
    gate.failed(failure("calendar-sign-in"));
    gate.hurry();
    expect(probes).toBe(1);
    expect(gate.closed()).toBeNull();
  });
});
