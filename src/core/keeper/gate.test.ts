import { beforeEach, describe, expect, test } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import type { ProblemKind } from "../../shared/problem.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import type { Concern, Failure } from "./failure.ts";
import { createGate, type GateEvent, type GateState, nextGate, openGate } from "./gate.ts";

const start = Date.parse("2027-05-01T10:00:00.000Z");
const since = instantOf(start - 60_000);
const now = instantOf(start);
const elapsed = 1_000_000;
const limits = { longestWaitMs: 5 * 60_000 };
const facts = { now, elapsed, random: 1, ...limits };

const failure = (kind: ProblemKind, concern: Concern, retryAfterMs: number | null = null): Failure => ({
  problem: { kind, message: "A sentence." },
  retryAfterMs,
  concern,
});
const earlier = failure("calendar-server", "call").problem;

describe("every state at every event", () => {
  const states = {
    open: openGate,
    "open, after four failures": { ...openGate, failures: 4 },
    waiting: { name: "waiting", since, until: elapsed + 30_000, problem: earlier, failures: 5, waits: 1 },
    "waiting as asked": {
      ...{ name: "waiting", since, until: elapsed + 30_000, failures: 1, waits: 1 },
      problem: failure("calendar-rate-limited", "call").problem,
    },
    probing: { name: "probing", since, problem: earlier, failures: 5, waits: 1 },
    "probing, after a first failure": { name: "probing", since, problem: earlier, failures: 1, waits: 1 },
    "needs-person": { name: "needs-person", since, until: elapsed + 60_000, problem: earlier, failures: 0, waits: 0 },
  } as const satisfies Record<string, GateState> & Record<GateState["name"], GateState>;

  const failed = (given: Failure): GateEvent => ({ name: "failed", failure: given });
  const events = {
    succeeded: { name: "succeeded" },
    "failed item": failed(failure("calendar-rejected", "item")),
    "failed call": failed(failure("calendar-server", "call")),
    "failed call, rate limit": failed(failure("calendar-rate-limited", "call", 90_000)),
    "failed collection": failed(failure("calendar-timeout", "collection")),
    "failed collection, sign-in": failed(failure("calendar-sign-in", "collection")),
    hurried: { name: "hurried" },
    due: { name: "due" },
  } as const satisfies Record<
    Exclude<GateEvent["name"], "failed"> | `failed ${Concern}` | `failed ${Concern}, ${string}`,
    GateEvent
  >;

  /** null: it stays as it is. */
  type Result = Partial<Omit<Extract<GateState, { name: "waiting" }>, "name">> & { readonly name: GateState["name"] };
  const table: Readonly<Record<keyof typeof states, Readonly<Record<keyof typeof events, Result | null>>>> = {
    open: {
      succeeded: openGate,
      "failed item": null,
      "failed call": { name: "open", failures: 1 },
      "failed call, rate limit": { name: "waiting", since: now, until: elapsed + 90_000 },
      "failed collection": { name: "waiting", since: now, until: elapsed + 1000, waits: 1 },
      "failed collection, sign-in": { name: "needs-person", since: now, until: elapsed + 15 * 60_000 },
      hurried: null,
      due: null,
    },
    "open, after four failures": {
      succeeded: openGate,
      "failed item": null,
      "failed call": { name: "waiting", since: now, until: elapsed + 1000, failures: 5, waits: 1 },
      "failed call, rate limit": { name: "waiting", since: now, until: elapsed + 90_000 },
      "failed collection": { name: "waiting", since: now, until: elapsed + 1000 },
      "failed collection, sign-in": { name: "needs-person", since: now },
      hurried: null,
      due: null,
    },
    waiting: {
      succeeded: null,
      "failed item": null,
      "failed call": null,
      "failed call, rate limit": { name: "waiting", since, until: elapsed + 90_000, waits: 1 },
      "failed collection": null,
      "failed collection, sign-in": { name: "needs-person", since },
      hurried: { name: "probing", since },
      due: { name: "probing", since },
    },
    "waiting as asked": {
      succeeded: null,
      "failed item": null,
      "failed call": null,
      "failed call, rate limit": { name: "waiting", since, until: elapsed + 90_000 },
      "failed collection": null,
      "failed collection, sign-in": { name: "needs-person", since },
      hurried: null,
      due: { name: "probing", since },
    },
    probing: {
      succeeded: openGate,
      "failed item": null,
      "failed call": { name: "waiting", since, until: elapsed + 2000, failures: 6, waits: 2 },
      "failed call, rate limit": { name: "waiting", since, until: elapsed + 90_000 },
      "failed collection": { name: "waiting", since, until: elapsed + 2000 },
      "failed collection, sign-in": { name: "needs-person", since },
      hurried: null,
      due: null,
    },
    "probing, after a first failure": {
      succeeded: openGate,
      "failed item": null,
      "failed call": { name: "probing", since, failures: 2 },
      "failed call, rate limit": { name: "waiting", since, until: elapsed + 90_000 },
      "failed collection": { name: "waiting", since, until: elapsed + 2000 },
      "failed collection, sign-in": { name: "needs-person", since },
      hurried: null,
      due: null,
    },
    "needs-person": {
      succeeded: null,
      "failed item": null,
      "failed call": null,
      "failed call, rate limit": null,
      "failed collection": null,
      "failed collection, sign-in": null,
      hurried: { name: "probing", since },
      due: { name: "probing", since },
    },
  };

  const rows = Object.entries(table).flatMap(([state, results]) =>
    Object.entries(results).map(([event, result]) => ({ state, event, result })),
  );
  const of = <T>(all: Readonly<Record<string, T>>, name: string): T => {
    const found = all[name];
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  };
  test.each(rows)("$state, $event", ({ state, event, result }) => {
    const before = of<GateState>(states, state);
    const after = nextGate(before, of<GateEvent>(events, event), facts);
    if (result === null) expect(after).toBe(before);
    else expect(after).toMatchObject(result);
  });
});

let probes = 0;
const gateFor = () => {
  const time = createVirtualClock({ start, random: () => 1, breathe: async () => undefined });
  const onProbe = (): void => {
    probes += 1;
  };
  const gate = createGate({ clock: time.clock, onProbe, ...limits });
  return { time, gate };
};
beforeEach(() => {
  probes = 0;
});

describe("a target that fails", () => {
  test("is left alone after five failures in a row, longer each time, and says since when", async () => {
    const { time, gate } = gateFor();
    for (let n = 0; n < 4; n += 1) gate.failed(failure("calendar-server", "call"));
    expect(gate.state().name).toBe("open");
    gate.failed(failure("calendar-server", "call"));
    expect(gate.state()).toMatchObject({ name: "waiting", since: now, until: time.elapsed() + 1000 });
    expect(gate.closed()).toMatchObject({ kind: "calendar-server" });

    await time.advance(1000);
    expect(gate.state()).toMatchObject({ name: "probing", since: now });
    expect(probes).toBe(1);
    gate.failed(failure("calendar-server", "call"));
    expect(gate.state()).toMatchObject({ name: "waiting", since: now, until: time.elapsed() + 2000 });
  });

  test("is trusted again after one call that works", async () => {
    const { time, gate } = gateFor();
    gate.failed(failure("calendar-unreachable", "collection"));
    await time.advance(1000);
    gate.succeeded();
    expect(gate.state()).toEqual(openGate);
    gate.failed(failure("calendar-unreachable", "call"));
    expect(gate.state().name).toBe("open");
  });

  test("is not waited for longer than its limit, whatever the wall clock is set to", async () => {
    const { time, gate } = gateFor();
    for (let n = 0; n < 20; n += 1) {
      gate.failed(failure("calendar-unreachable", "collection"));
      time.setWallClock(start + (n % 2 === 0 ? 1 : -1) * 86_400_000);
      const begun = probes;
      await time.advance(limits.longestWaitMs);
      expect(probes).toBe(begun + 1);
    }
  });

  test("is tried as late as it asks, also when it asks for more meanwhile", async () => {
    const { time, gate } = gateFor();
    gate.failed(failure("calendar-rate-limited", "call", 30_000));
    gate.failed(failure("calendar-rate-limited", "call", 60_000));
    await time.advance(59_999);
    expect(probes).toBe(0);
    await time.advance(1);
    expect(probes).toBe(1);
  });

  test("and needs a person is looked at every quarter of an hour, and at once when the person says so", async () => {
    const { time, gate } = gateFor();
    gate.failed(failure("calendar-sign-in", "collection"));
    await time.advance(15 * 60_000);
    expect(probes).toBe(1);
    gate.failed(failure("calendar-sign-in", "collection"));
    expect(gate.state()).toMatchObject({ name: "needs-person", since: now });
    gate.hurry();
    expect(probes).toBe(2);
    expect(gate.closed()).toBeNull();
  });

  test("is not tried any more when it is closed", async () => {
    const { time, gate } = gateFor();
    gate.failed(failure("calendar-sign-in", "collection"));
    gate.close();
    await time.advance(60 * 60_000);
    expect(probes).toBe(0);
  });
});
