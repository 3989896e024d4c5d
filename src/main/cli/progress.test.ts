import { describe, expect, it } from "vitest";
import { progressBar } from "./progress.ts";

describe("the progress bar", () => {
  const bar = (done: number, of: number, columns = 80) => progressBar({ name: "google", done, of, columns });

  it("fills as the work is done", () => {
    expect(bar(0, 4)).toBe(`Google [${"-".repeat(40)}] 0/4`);
    expect(bar(1, 4)).toBe(`Google [${"#".repeat(10)}${"-".repeat(30)}] 1/4`);
    expect(bar(4, 4)).toBe(`Google [${"#".repeat(40)}] 4/4`);
    expect(bar(0, 0)).toBe(`Google [${"-".repeat(40)}] 0/0`);
  });

  it("is never wider than the terminal", () => {
    for (let columns = 10; columns < 80; columns += 1) expect(bar(100, 300, columns).length).toBeLessThan(columns);
  });
});
