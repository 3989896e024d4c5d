import { expect, test } from "vitest";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import { type Concern, type Failure, failureOf, TargetProblem } from "./failure.ts";
import type { OutboxRow, Wanted } from "./item.ts";
import { isUrgent } from "./outbox.ts";
import { createQueue } from "./queue.ts";

const now = Date.parse("2027-05-01T10:00:00.000Z");
const at = (hours: number): Instant => instantOf(now + hours * 3_600_000);

const row = (id: string, facts: Partial<OutboxRow<Wanted>> = {}): OutboxRow<Wanted> => ({
  target: "google",
  id,
  wanted: null,
  urgent: false,
  queuedAt: at(0),
  state: "ready",
  ...facts,
});
const wanted = (hash: string): Wanted => ({ id: "1", hash, start: null, cancelled: false });

const queueOf = (rows: readonly (readonly [OutboxRow<Wanted>, Instant | null])[]) => {
  const outbox = new Map(rows.map(([one]) => [one.id, one]));
  const starts = new Map(rows.map(([one, start]) => [one.id, start]));
  const time = createVirtualClock({ start: now, random: () => 1, breathe: async () => undefined });
  const queue = createQueue({ clock: time.clock, outbox, startOf: ({ id }) => starts.get(id) ?? null });
  const take = (count: number, busy: readonly string[] = []) =>
    queue.take(count, new Map(busy.map((id) => [id, 1]))).map(({ id }) => id);
  return { outbox, queue, take, time };
};

const failure = (concern: Concern, retryAfterMs: number | null = null): Failure =>
  failureOf(new TargetProblem({ kind: "calendar-server", message: "A sentence." }, { concern, retryAfterMs }));

test("urgent ones go first, then what is yet to be played, each by kick-off; what has been played comes last", () => {
  const { take } = queueOf([
    [row("played"), at(-5)],
    [row("next month"), at(700)],
    [row("next week"), at(160)],
    [row("tomorrow", { urgent: true }), at(24)],
    [row("tonight", { urgent: true }), at(8)],
  ]);
  expect(take(10)).toEqual(["tonight", "tomorrow", "next week", "next month", "played"]);
});

test("a kick-off within 48 hours is urgent, and what the publisher calls so", () => {
  const urgent = (start: Instant | null, flagged = false) => isUrgent({ start, flagged, now });
  expect([urgent(at(0)), urgent(at(48)), urgent(at(49)), urgent(at(-1)), urgent(null)]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect([urgent(at(300), true), urgent(null, true)]).toEqual([true, true]);
});

test("a match that is busy is passed over, and found again when the outbox has changed", () => {
  const { queue, take } = queueOf([
    [row("1"), at(1)],
    [row("2"), at(2)],
  ]);
  expect(take(2, ["1"])).toEqual(["2"]);
  expect(take(2)).toEqual([]);
  queue.changed();
  expect(take(2)).toEqual(["1", "2"]);
});

test("what is held is not given", () => {
  expect(queueOf([[row("1", { state: "held" }), at(2)]]).take(10)).toEqual([]);
});

test("what failed waits longer each time, or as long as it was asked to, and the queue says when it may go", async () => {
  const { queue, take, time } = queueOf([[row("1"), at(1)]]);
  for (const wait of [500, 1000, 2000]) {
    expect(take(10)).toEqual(["1"]);
    queue.failed(row("1"), failure("call"));
    expect(take(10)).toEqual([]);
    expect(queue.nextDue()).toBe(time.elapsed() + wait);
    expect(queue.isExpecting()).toBe(true);
    // What the wall clock is set to meanwhile makes no difference.
    time.setWallClock(now - 86_400_000);
    await time.advance(wait);
  }
  queue.failed(row("1"), failure("call", 9000));
  expect(take(10)).toEqual([]);
  expect(queue.nextDue()).toBe(time.elapsed() + 9000);
  expect(queue.retryOf("1")).toMatchObject({ failures: 4 });
});

test("what failed is not waited for longer than five minutes", () => {
  const { queue, take, time } = queueOf([[row("1"), at(1)]]);
  for (let n = 0; n < 100; n += 1) queue.failed(row("1"), failure("call"));
  expect(take(10)).toEqual([]);
  expect(queue.nextDue()).toBe(time.elapsed() + 5 * 60_000);
});

test("what was refused waits by itself, longer each time, or until it is revived; a newer wish does not", async () => {
  const { outbox, queue, take, time } = queueOf([[row("1", { wanted: wanted("a") }), at(1)]]);
  queue.failed(row("1", { wanted: wanted("before") }), failure("item"));
  expect(take(10)).toEqual(["1"]);
  for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
    queue.failed(row("1", { wanted: wanted("a") }), failure("item"));
    expect(take(10)).toEqual([]);
    expect(queue.isExpecting()).toBe(false);
    expect(queue.nextDue()).toBe(time.elapsed() + minutes * 60_000);
    await time.advance(minutes * 60_000);
    expect(take(10)).toEqual(["1"]);
  }
  queue.failed(row("1", { wanted: wanted("a") }), failure("item"));
  queue.revive(outbox.keys());
  expect(take(10)).toEqual(["1"]);
});

test("what every item would fail with leaves each as it was", () => {
  const { queue } = queueOf([[row("1"), at(1)]]);
  queue.failed(row("1"), failure("collection"));
  expect(queue.retryOf("1")).toBeUndefined();
});

test("a row that was replaced meanwhile is not given in its old form", () => {
  const { outbox, take } = queueOf([
    [row("1"), at(1)],
    [row("2"), at(2)],
  ]);
  expect(take(1)).toEqual(["1"]);
  outbox.set("2", row("2", { urgent: true }));
  expect(take(1)).toEqual([]);
});
