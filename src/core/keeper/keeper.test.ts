import { describe, expect, test } from "vitest";
import type { TargetName } from "../../shared/calendar.ts";
import { instant } from "../../shared/testing/instant.ts";
import { silentLog } from "../calendar/testing/records.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import { TargetProblem } from "./failure.ts";
import type { Batch, Found, KeeperStore, Known, OutboxRow, Wanted } from "./item.ts";
import { keepTarget } from "./kept-target.ts";
import type { Change, End, Limits } from "./target.ts";
import type { Turn, TurnTaker } from "./turn.ts";

const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** A store that keeps what it is told, for items of any kind. */
const memory = (): KeeperStore<Wanted> => {
  const outbox = new Map<string, OutboxRow<Wanted>>();
  const known = new Map<string, Known<Wanted>>();
  return {
    load: () => ({ outbox: [...outbox.values()], known: [...known.values()], meta: {} }),
    write: async (_target: TargetName, batch: Batch<Wanted>) => {
      for (const id of batch.outboxDone ?? []) outbox.delete(id);
      for (const row of batch.outbox ?? []) outbox.set(row.id, row);
      for (const one of batch.known ?? []) known.set(one.id, one);
    },
    lastRun: () => [],
    dropRuns: async () => undefined,
  };
};

const foundOf = ({ id, hash, start, cancelled }: Wanted): Found => ({
  id,
  remoteId: id,
  etag: null,
  hash,
  actual: hash,
  start,
  cancelled,
});
const done = ({ wanted }: Change<Wanted>): End<Wanted> => ({
  ok: true,
  written: { outcome: "inserted", found: wanted === null ? null : foundOf(wanted) },
});

/** An address book, say: it takes many items in one call and answers for each. */
const keep = (
  count: number,
  answer: (changes: readonly Change<Wanted>[]) => Promise<readonly End<Wanted>[]>,
  { account = {}, turn = null }: { readonly account?: { name?: string }; readonly turn?: Turn | null } = {},
) => {
  const time = createVirtualClock({ start: Date.parse("2027-05-01T10:00:00Z"), random: () => 1, breathe });
  const items = new Map<string, Wanted>(
    Array.from({ length: count }, (_, n) => [`${n}`, { id: `${n}`, hash: "a", start: null, cancelled: false }]),
  );
  /** What is there of each account as it was wanted. */
  const there = new Map<string | undefined, Map<string, Found>>();
  const calls: (readonly string[])[] = [];
  let underWay = 0;
  let most = 0;
  const limits: Limits = { batch: 200, calls: 2, longestWaitMs: 60_000, stopMs: 1000, late: null, keepPastDays: null };
  const kept = keepTarget<Wanted>({
    target: {
      name: "google",
      id: "contacts",
      label: () => "Contacts",
      isOwn: false,
      limits,
      list: async () => ({
        kind: "full",
        items: [...(there.get(account.name)?.values() ?? [])],
        removed: [],
        token: null,
        ...(account.name === undefined ? {} : { account: account.name }),
      }),
      apply: async (changes) => {
        calls.push(changes.map(({ id }) => id));
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise<void>((resolve) => time.clock.after(50, resolve));
        underWay -= 1;
        const ends = await answer(changes);
        const own = there.get(account.name) ?? new Map<string, Found>();
        there.set(account.name, own);
        for (const { found = null } of ends.flatMap((end) => (end.ok ? [end.written] : [])))
          if (found !== null && found.actual === found.hash) own.set(found.id, found);
        return ends;
      },
      isOursAlone: () => false,
      close: () => undefined,
    },
    turn,
    store: memory(),
    clock: time.clock,
    log: silentLog,
    digest: (text) => text,
    items: {
      ids: () => items.keys(),
      desired: (id) => {
        const item = items.get(id);
        return item === undefined ? undefined : { kind: "item", item };
      },
      urgent: () => false,
      about: (id) => ({ title: id, competition: null }),
    },
    previewFirst: false,
    startedAt: instant("2027-05-01T10:00:00.000Z"),
    signInExpiresAt: () => null,
    onTouched: () => undefined,
    onStats: () => undefined,
  });
  kept.start();
  return { kept, time, items, calls, most: () => most, status: () => kept.status(items.keys()) };
};

describe("a target that takes many items in one call", () => {
  test("is given them so, no more calls at once than it bears, and nothing when nothing has changed", async () => {
    const { time, calls, most, status, kept, items } = keep(450, async (changes) => changes.map(done));
    await time.advance(1000);
    expect(calls.map((ids) => ids.length)).toEqual([200, 200, 50]);
    expect(new Set(calls.flat()).size).toBe(450);
    expect(most()).toBe(2);
    expect(status()).toMatchObject({ state: { name: "idle" }, there: 450 });

    items.set("7", { id: "7", hash: "b", start: null, cancelled: false });
    kept.changed(["7", "8"]);
    await time.advance(1000);
    expect(calls.slice(3)).toEqual([["7"]]);
  });

  test("may refuse one of them, which alone is tried again", async () => {
    let refuses = true;
    const refusal = { kind: "calendar-rejected", message: "No." } as const;
    const answer = async (changes: readonly Change<Wanted>[]): Promise<readonly End<Wanted>[]> =>
      changes.map((change) =>
        refuses && change.id === "3"
          ? { ok: false, failure: { problem: refusal, retryAfterMs: null, concern: "item" } }
          : done(change),
      );
    const { time, calls, status, kept } = keep(10, answer);
    await time.advance(1000);
    expect(status()).toMatchObject({ state: { name: "idle" }, there: 9, failed: 1 });
    expect(kept.placement("3")).toMatchObject({ state: "failed", problem: refusal });
    refuses = false;
    await time.advance(60_000);
    expect(calls.slice(1)).toEqual([["3"]]);
    expect(status()).toMatchObject({ there: 10, failed: 0 });
  });

  test("has failed once when a call fails, however many it carried", async () => {
    let fails = 4;
    const { time, calls, status } = keep(150, async (changes) => {
      fails -= 1;
      if (fails >= 0) throw new TargetProblem({ kind: "calendar-server", message: "Not now." });
      return changes.map(done);
    });
    // Five in a row would be a reason to leave it alone.
    await time.advance(60);
    expect(status()).toMatchObject({ state: { name: "working" } });
    await time.advance(60_000);
    expect(calls.map((ids) => ids.length)).toEqual([150, 150, 150, 150, 150]);
    expect(status()).toMatchObject({ state: { name: "idle" }, there: 150 });
  });

  test("is not believed when an item is otherwise than it was written: that one is written again, and told when it is late", async () => {
    let isOdd = true;
    const odd = (change: Change<Wanted>): End<Wanted> => {
      const end = done(change);
      if (!isOdd || change.id !== "1" || !end.ok || end.written.found === null) return end;
      return { ok: true, written: { ...end.written, found: { ...end.written.found, actual: "something else" } } };
    };
    const { time, status, kept } = keep(3, async (changes) => changes.map(odd));
    await time.advance(1000);
    expect(kept.placement("1")).toMatchObject({ state: "failed", problem: { kind: "calendar-rejected" } });
    expect(status()).toMatchObject({ there: 2, failed: 1, late: null });
    await time.advance(60_000);
    expect(status()).toMatchObject({
      state: { name: "idle" },
      late: { count: 1, problem: { kind: "calendar-rejected" } },
    });
    isOdd = false;
    await time.advance(10 * 60_000);
    expect(status()).toMatchObject({ there: 3, failed: 0, late: null });
  });

  test("is another one when another account stands behind its name", async () => {
    const account = { name: "anna@example.com" };
    const known: unknown[] = [];
    const answer = async (changes: readonly Change<Wanted>[]): Promise<readonly End<Wanted>[]> => {
      known.push(...changes.map((change) => change.known));
      return changes.map(done);
    };
    const { time, calls, kept, status } = keep(3, answer, { account });
    await time.advance(1000);
    expect(calls).toHaveLength(1);
    account.name = "bo@example.com";
    kept.retry();
    await time.advance(1000);
    // What was written to Anna's says nothing of Bo's.
    expect(calls.slice(1).map((ids) => ids.length)).toEqual([3]);
    expect(known.slice(3)).toEqual([undefined, undefined, undefined]);
    expect(status()).toMatchObject({ there: 3, undoable: true });
  });

  test("is told to be late when one call never ends, however well the others do", async () => {
    const { time, status, items, kept } = keep(2, async (changes) =>
      changes.some(({ wanted }) => wanted?.hash === "hangs") ? new Promise(() => undefined) : changes.map(done),
    );
    await time.advance(1000);
    items.set("0", { id: "0", hash: "hangs", start: null, cancelled: false });
    kept.changed(["0"]);
    await time.advance(59_000);
    expect(status().late).toBeNull();
    items.set("1", { id: "1", hash: "b", start: null, cancelled: false });
    kept.changed(["1"]);
    await time.advance(2000);
    expect(status()).toMatchObject({ there: 1, late: { count: 1, problem: { kind: "calendar-timeout" } } });
  });

  test("is not believed when it answers for others than it was asked about", async () => {
    let isShort = true;
    const { time, status } = keep(3, async (changes) => (isShort ? changes.slice(1) : changes).map(done));
    await time.advance(1000);
    expect(status()).toMatchObject({ there: 0, failed: 3 });
    isShort = false;
    await time.advance(60_000);
    expect(status()).toMatchObject({ there: 3, failed: 0 });
  });
});

describe("a target that several nodes keep", () => {
  /** A turn that is ours, and who asks for it. */
  const ours = () => {
    let taker: TurnTaker | null = null;
    const turn: Turn = {
      isOurs: () => true,
      holder: () => "one",
      start: (given) => {
        taker = given;
      },
      stop: async () => undefined,
    };
    return { turn, canWrite: () => taker?.canWrite() };
  };

  test("is left to the others while a write is not answered for long", async () => {
    const { turn, canWrite } = ours();
    const waiting: (() => void)[] = [];
    const answer = (changes: readonly Change<Wanted>[]) =>
      new Promise<readonly End<Wanted>[]>((resolve) => waiting.push(() => resolve(changes.map(done))));
    const { time, status } = keep(3, answer, { turn });
    await time.advance(3500);
    expect([waiting.length, canWrite()]).toEqual([1, true]);
    await time.advance(1000);
    expect(canWrite()).toBe(false);
    for (const give of waiting) give();
    await time.advance(100);
    expect([status().there, canWrite()]).toEqual([3, true]);
  });

  test("is left to the others while it refuses to be written from here", async () => {
    const { turn, canWrite } = ours();
    let isAway = true;
    const answer = async (changes: readonly Change<Wanted>[]) => {
      if (isAway) throw new TargetProblem({ kind: "calendar-unreachable", message: "Away." });
      return changes.map(done);
    };
    const { time, status } = keep(2000, answer, { turn });
    await time.advance(2000);
    expect(canWrite()).toBe(false);
    isAway = false;
    await time.advance(120_000);
    expect([status().there, canWrite()]).toEqual([2000, true]);
  });
});
