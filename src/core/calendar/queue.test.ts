import { expect, test } from "vitest";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { createQueue } from "./queue.ts";
import { isUrgent } from "./rows.ts";
import type { OutboxRow } from "./store.ts";

const now = Date.parse("2027-05-01T10:00:00.000Z");
const at = (hours: number): Instant => instantOf(now + hours * 3_600_000);

const row = (matchId: string, facts: Partial<OutboxRow> = {}): OutboxRow => ({
  target: "google",
  matchId,
  wanted: null,
  urgent: false,
  queuedAt: at(0),
  attempts: 0,
  notBefore: null,
  problem: null,
  state: "ready",
  ...facts,
});

const queueOf = (rows: readonly (readonly [OutboxRow, Instant | null])[]) => {
  const outbox = new Map(rows.map(([one]) => [one.matchId, one]));
  const starts = new Map(rows.map(([one, start]) => [one.matchId, start]));
  const queue = createQueue({ outbox, startOf: ({ matchId }) => starts.get(matchId) ?? null });
  const take = (count: number, busy: readonly string[] = [], when = now) =>
    queue.take({ count, busy: new Map(busy.map((id) => [id, 1])), now: when }).map(({ matchId }) => matchId);
  return { outbox, queue, take };
};

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

test("what must wait is not given before its time, and the queue says when that is", () => {
  const { queue, take } = queueOf([
    [row("1", { notBefore: at(1) }), at(1)],
    [row("2", { state: "held" }), at(2)],
    [row("3", { state: "dead" }), at(3)],
  ]);
  expect(take(10)).toEqual([]);
  expect(queue.nextDue()).toBe(now + 3_600_000);
  expect(take(10, [], now + 3_600_000)).toEqual(["1"]);
});

test("a row that was replaced meanwhile is not given in its old form", () => {
  const { outbox, take } = queueOf([
    [row("1"), at(1)],
    [row("2"), at(2)],
  ]);
  expect(take(1)).toEqual(["1"]);
  outbox.set("2", row("2", { attempts: 1 }));
  expect(take(1)).toEqual([]);
});
