import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProblemError } from "../../../shared/problem.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { createMatchBook } from "../../matches/book.ts";
import { applyFacts } from "../../matches/merge.ts";
import type { MatchRecord } from "../../matches/record.ts";
import { createViews } from "../../window/views.ts";
import { matchHandlers } from "./matches.ts";

const at = instant("2027-05-01T10:00:00.000Z");
const fail = (): never => {
  throw new Error("not asked for");
};

/** `day`: of its kick-off; null when it has none. */
const record = (id: string, day: number | null): MatchRecord => {
  const kickoff = day === null ? null : instant(`2027-05-0${day}T10:00:00.000Z`);
  const facts = { id, dialect: "fogis", wallClock: false, told: { home: `Hemma ${id}`, kickoff }, noted: [] } as const;
  const origin = { at, dialect: "fogis", channel: "c" } as const;
  return applyFacts(undefined, facts, { origin, receivedAt: at, urgent: false, isReplay: false }).record;
};

const handlersOf = (records: readonly MatchRecord[]) => {
  const book = createMatchBook({ records, changes: [], now: () => Date.parse(at), placements: () => ({}) });
  const journal = { archivedMatch: () => null, changesOf: () => [], messages: () => [] };
  const feed = {
    takeManual: fail,
    decide: fail,
    gaps: fail,
    comparison: { counts: fail, changed: fail, told: fail, note: fail },
    fetchNow: fail,
  };
  const views = createViews({ book, placed: () => 0 });
  return { book, handlers: matchHandlers({ book, views, journal, feed, random: fail, startedAt: at }) };
};

describe("the matches, asked for page by page", () => {
  const days = fc.array(fc.option(fc.integer({ min: 1, max: 3 })), { maxLength: 12 });

  it("are all there once and in order, and what goes between two pages takes no other with it", async () => {
    await fc.assert(
      fc.asyncProperty(days, fc.integer({ min: 1, max: 5 }), fc.nat(), async (kickoffs, limit, gone) => {
        const records = kickoffs.map((day, index) => record(`m${index}`, day));
        const { book, handlers } = handlersOf(records);
        const whole = (await handlers.matches({})).matches.map(({ id }) => id);
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await handlers.matches({ limit, ...(cursor !== undefined && { cursor }) });
          seen.push(...page.matches.map(({ id }) => id));
          cursor = page.next ?? undefined;
          // The last of this page, perhaps: the cursor names it all the same.
          if (gone % 2 === 1) book.remove(seen.slice(-1));
        } while (cursor !== undefined);
        expect(seen).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  it("are refused with a cursor that is none", async () => {
    const { handlers } = handlersOf([record("1", 1)]);
    await expect(handlers.matches({ cursor: "nonsense" })).rejects.toThrow(ProblemError);
  });

  it("are found by what is searched in them, and one that is not there is said to be none", async () => {
    const { handlers } = handlersOf([record("1", 1), record("2", null)]);
    expect((await handlers.matches({ search: "hemma 2" })).matches.map(({ id }) => id)).toEqual(["2"]);
    await expect(handlers.match({ id: "3" })).rejects.toThrow(ProblemError);
  });
});
