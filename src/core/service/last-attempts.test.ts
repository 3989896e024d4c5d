import { describe, expect, test } from "vitest";
import type { Connection, SourceStatus } from "../../shared/connection.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { createLastAttempts } from "./last-attempts.ts";

const at = (minute: number): Instant => instantOf(Date.UTC(2027, 4, 1, 10, minute));
const problem = { kind: "source-timeout", message: "The source did not answer in time." } as const;
const failed = (minute: number): SourceStatus => ({ state: "failed", at: at(minute), problem, nextAt: null });
const fetched: SourceStatus = { state: "fetched", at: at(0), matches: 1, changes: 0, unchanged: false, nextAt: null };

const createRun = () => {
  let minute = 0;
  const attempts = createLastAttempts({ hasSource: true, now: () => at(minute) });
  return {
    attempts,
    pass: (): void => {
      minute += 1;
    },
  };
};

describe("the list", () => {
  test("has failed since the first of its failures in a row", () => {
    const { attempts, pass } = createRun();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      attempts.noteSource({ state: "fetching", since: at(9) });
      attempts.noteSource(failed(attempt));
      pass();
    }
    expect([attempts.sourceFailingSince(), attempts.source()]).toEqual([at(0), failed(2)]);
    attempts.noteSource(fetched);
    expect(attempts.sourceFailingSince()).toBeNull();
    attempts.noteSource(failed(3));
    expect(attempts.sourceFailingSince()).toBe(at(3));
  });
});

describe("the connection", () => {
  test("is what the last attempt came to, while the next is under way", () => {
    const { attempts } = createRun();
    const lost: Connection = { state: "reconnecting", since: at(0), attempt: 1, retryAt: at(1), cause: problem };
    const again: Connection = { state: "connecting", since: at(0), attempt: 2 };
    attempts.noteConnection(again);
    expect(attempts.connection()).toBe(again);
    attempts.noteConnection(lost);
    attempts.noteConnection(again);
    expect(attempts.connection()).toBe(lost);
  });
});
