import { describe, expect, it } from "vitest";
import type { SyncResult } from "../../../shared/calendar.ts";
import { ProblemError } from "../../../shared/problem.ts";
import { calendarHandlers } from "./calendars.ts";

const problem = { kind: "calendar-unreachable", message: "No route." } as const;
const result = (matchId: string, outcome: SyncResult["outcome"]): SyncResult => ({
  matchId,
  target: "google",
  outcome,
  reason: null,
  problem: outcome === "failed" ? problem : null,
});
const notAsked = (): never => {
  throw new Error("not asked for");
};

const handlersOf = (options: {
  readonly results: readonly SyncResult[];
  readonly list?: { readonly url: string; readonly fetch: () => Promise<never> };
}) => {
  const asked: unknown[] = [];
  const handlers = calendarHandlers({
    config: () => ({ AVSPARK_MATCHES_URL: options.list?.url ?? null }),
    feed: {
      takeManual: async (matches) => ({ ids: matches.map(String), rejected: [] }),
      fetchNow: options.list?.fetch ?? notAsked,
      tell: null,
    },
    calendars: {
      sync: async (what) => {
        asked.push(what);
        return options.results;
      },
      preview: notAsked,
      held: notAsked,
      keep: notAsked,
      confirm: notAsked,
      answerTo: () => ({ ids: [], begins: false }),
      undo: async () => options.results,
      audit: notAsked,
    },
  });
  return { handlers, asked };
};

const refusalOf = async (work: Promise<unknown>): Promise<ProblemError> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error;
  throw new Error("it was not refused");
};

describe("matches that are handed in", () => {
  it("have their results in the order in which they were handed in, those of several targets together", async () => {
    const results = [
      result("2", "updated"),
      result("1", "inserted"),
      { ...result("2", "unchanged"), target: "ics" as const },
    ];
    const { handlers } = handlersOf({ results });
    const answer = await handlers.manualSync({ matches: ["1", "2"] });
    expect(answer.results.map(({ matchId, target }) => `${matchId} ${target}`)).toEqual([
      "1 google",
      "2 google",
      "2 ics",
    ]);
    expect(answer.matches_processed).toBe(2);
  });

  it("are a failure when one of them is not in a calendar, with what was done of the others", async () => {
    const { handlers } = handlersOf({ results: [result("1", "inserted"), result("2", "failed")] });
    const refusal = await refusalOf(handlers.manualSync({ matches: ["1", "2"] }));
    expect(refusal.problem).toMatchObject({ kind: "partly-failed", message: expect.stringContaining("1 of 2") });
    expect(refusal.data).toMatchObject({ message: "Manual sync completed in part", matches_processed: 2 });
  });
});

describe("an undo", () => {
  it("is a failure when something is still to be taken back, with why and what was done of the rest", async () => {
    const { handlers } = handlersOf({ results: [result("1", "updated"), result("2", "failed")] });
    const refusal = await refusalOf(handlers.undo({ target: "google" }));
    expect(refusal.problem).toEqual({
      kind: "partly-failed",
      message: "1 of 2 could not be taken back yet. No route.",
    });
    expect(refusal.data).toMatchObject({ message: "Undone in part", restored: 1, results: [{}, { problem }] });
  });

  it("counts what was put back", async () => {
    const { handlers } = handlersOf({ results: [result("1", "updated"), result("2", "unchanged")] });
    expect(await handlers.undo({ target: "google" })).toMatchObject({ message: "Undone", restored: 1 });
  });
});

describe("a sync", () => {
  it("fetches the list first when all is asked for, and none for one match or without a list", async () => {
    const fetch = () => Promise.reject(new ProblemError({ kind: "source-unreachable", message: "No list." }));
    const list = { url: "http://127.0.0.1/matches", fetch };
    const { handlers, asked } = handlersOf({ results: [result("1", "updated")], list });
    const refusal = await refusalOf(handlers.syncNow({}));
    expect(refusal.problem.kind).toBe("source-unreachable");
    expect(refusal.data).toMatchObject({ message: "Sync completed in part", results: [{ matchId: "1" }] });
    expect(await handlers.syncNow({ matchId: "1", target: "google" })).toMatchObject({ message: "Sync completed" });
    expect(asked).toEqual([{}, { matchIds: ["1"], target: "google" }]);
    expect(await handlersOf({ results: [] }).handlers.syncNow({})).toMatchObject({ results: [] });
  });

  it("passes on what is no problem of ours", async () => {
    const list = { url: "http://127.0.0.1/matches", fetch: () => Promise.reject(new Error("a fault")) };
    await expect(handlersOf({ results: [], list }).handlers.syncNow({})).rejects.toThrow("a fault");
  });
});
