import type { SyncResult } from "../../shared/calendar.ts";
import type { Clock } from "../ports.ts";
import type { Outcome } from "./target.ts";

type Waiter = {
  readonly pending: Set<string>;
  readonly results: Map<string, SyncResult>;
  /** What was written since the waiting began. */
  readonly written: Map<string, Outcome>;
  readonly onSettled: (() => void) | undefined;
  readonly end: () => void;
};

/** Those who wait until some items are settled in a target. They only look on: the rows and calls are shared. */
export const createWaiters = (options: {
  readonly clock: Clock;
  /** What has become of an item; null while that is open. `written`: what was written since the waiting began. */
  readonly resultOf: (id: string, written: Outcome | undefined) => SyncResult | null;
  /** What whoever waits is told after so long; null: the waiting has no end of its own. */
  readonly late: { readonly ms: number; readonly result: (id: string) => SyncResult } | null;
}) => {
  const { clock, resultOf, late } = options;
  const waiters = new Set<Waiter>();

  const conclude = (waiter: Waiter, id: string, result: SyncResult): void => {
    waiter.pending.delete(id);
    waiter.results.set(id, result);
    waiter.onSettled?.();
  };

  const look = (waiter: Waiter, ids: Iterable<string>): void => {
    for (const id of ids) {
      const result = waiter.pending.has(id) ? resultOf(id, waiter.written.get(id)) : null;
      if (result !== null) conclude(waiter, id, result);
    }
    if (waiter.pending.size === 0) waiter.end();
  };

  return {
    wait: (ids: Iterable<string>, onSettled?: () => void): Promise<readonly SyncResult[]> =>
      new Promise((resolve) => {
        const waiter: Waiter = {
          pending: new Set(ids),
          results: new Map(),
          written: new Map(),
          onSettled,
          end: () => {
            cancel();
            waiters.delete(waiter);
            resolve([...waiter.results.values()]);
          },
        };
        const isLate = (): void => {
          for (const id of [...waiter.pending]) if (late !== null) conclude(waiter, id, late.result(id));
          waiter.end();
        };
        const cancel = late === null ? () => undefined : clock.after(late.ms, isLate);
        waiters.add(waiter);
        look(waiter, [...waiter.pending]);
      }),
    wrote: (id: string, outcome: Outcome): void => {
      for (const { written } of waiters) written.set(id, outcome);
    },
    /** Something may have settled: for these items, or for all. */
    check: (ids?: readonly string[]): void => {
      for (const waiter of [...waiters]) look(waiter, ids ?? [...waiter.pending]);
    },
  };
};
