import { describe, expect, it } from "vitest";
import { type CheckResult, checkIdSchema, checkPhaseSchema } from "../../../shared/checks.ts";
import { idsIn, supportText, tallyOf } from "./summary.ts";

const passed: CheckResult = {
  id: "journal",
  phase: "before",
  title: "Journal can be written",
  outcome: "passed",
  found: "The journal takes writes.",
  finding: { kind: "journal", messages: 3, bytes: 100 },
  remedy: null,
  problem: null,
  durationMs: 1.6,
};
const failed: CheckResult = {
  ...passed,
  id: "calendar-target",
  title: "Calendar identified",
  outcome: "failed",
  found: "No calendar is configured.",
  finding: null,
  problem: { kind: "configuration-invalid", message: "No calendar is configured.", at: "AVSPARK_CALENDARS" },
};

describe("the checklist", () => {
  it("has every check in exactly one phase", () => {
    expect(checkPhaseSchema.options.flatMap(idsIn).toSorted()).toEqual(checkIdSchema.options.toSorted());
  });

  it("counts what was found, and what was not asked yet", () => {
    expect(tallyOf(idsIn("before"), { journal: passed, "calendar-target": failed })).toEqual({
      all: 4,
      passed: 1,
      failed: 1,
      skipped: 0,
      unknown: 2,
    });
  });

  it("is told to support with kind and place", () => {
    const at = "2027-05-08T12:00:00.000Z";
    const text = supportText({ version: "1.2.3", mode: "live", at, results: { "calendar-target": failed } });
    expect(text).toMatch(/^Avspark 1\.2\.3, live, 2027-05-08T12:00:00\.000Z\n/);
    expect(text).toContain(
      "[failed] Calendar identified: No calendar is configured. (configuration-invalid, AVSPARK_CALENDARS) 2 ms",
    );
    expect(text).toContain("[not run] redis");
  });
});
