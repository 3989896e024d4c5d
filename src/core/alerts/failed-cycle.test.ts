import { describe, expect, test } from "vitest";
import { type CycleReport, type CycleStep, type Failure, noteCycle } from "./failed-cycle.ts";

const failed = (cycle: number | null): CycleReport => ({ kind: "failed", cycle });
const completed = (cycle: number): CycleReport => ({ kind: "completed", cycle });
const reason = (text: string): CycleReport => ({ kind: "reason", text });

const play = (reports: readonly CycleReport[]) => {
  let failure: Failure | null = null;
  const news: CycleStep["news"][] = [];
  for (const report of reports) {
    const step = noteCycle(failure, report);
    failure = step.failure;
    news.push(step.news);
  }
  return { failure, news };
};

describe("a failed cycle", () => {
  test("is over when a later one completes, and news when one fails after that", () => {
    const { news } = play([failed(7), completed(8), failed(9)]);
    expect(news).toEqual(["failed", "over", "failed"]);
  });

  test.each([
    ["the reason first, as the publisher does", [reason("Timeout"), failed(7)]],
    ["the status first", [failed(7), reason("Timeout")]],
  ])("told twice is one failure: %s", (_, reports) => {
    const { failure, news } = play(reports);
    expect(news).toEqual(["failed", "learnt"]);
    expect(failure).toEqual({ cycle: 7, text: "Timeout", told: "both" });
  });

  test("after a failed cycle is one more, however the two are told", () => {
    expect(play([reason("a"), failed(7), reason("b"), failed(8)]).news).toEqual([
      "failed",
      "learnt",
      "failed",
      "learnt",
    ]);
    expect(play([failed(7), failed(8)]).news).toEqual(["failed", "failed"]);
    expect(play([reason("a"), reason("b")]).news).toEqual(["failed", "failed"]);
    expect(play([reason("a"), failed(null), failed(null)]).news).toEqual(["failed", "learnt", "failed"]);
  });

  test("that completes without having failed is nothing", () => {
    expect(play([completed(1), completed(2)]).news).toEqual(["none", "none"]);
  });
});
