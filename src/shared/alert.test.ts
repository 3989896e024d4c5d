import { describe, expect, it } from "vitest";
import { isQuiet, levelOf, notifyRule } from "./alert.ts";
import { severities } from "./message.ts";

describe("the rule of what interrupts a person", () => {
  it("lets through what is at least as severe as was wished, critical ones whatever the hour", () => {
    expect((["info", "warning", "critical"] as const).map((level) => notifyRule(level, "warning"))).toEqual([
      "never",
      "outside-quiet-hours",
      "always",
    ]);
    expect(notifyRule("info", "all")).toBe("outside-quiet-hours");
    expect(notifyRule("warning", "critical")).toBe("never");
    expect(notifyRule("critical", "none")).toBe("never");
  });

  it("folds every severity of the publisher into a level", () => {
    expect(severities.map(levelOf)).toEqual(["info", "warning", "warning", "info", "warning", "critical", "critical"]);
  });
});

describe("quiet hours", () => {
  it("span midnight or do not, and end when they say", () => {
    expect(["21:59", "22:00", "03:00", "06:59", "07:00"].map((time) => isQuiet("22:00-07:00", time))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(["11:59", "12:00", "13:00"].map((time) => isQuiet("12:00-13:00", time))).toEqual([false, true, false]);
  });

  it("are none when unset or of no length", () => {
    expect(isQuiet(null, "23:00")).toBe(false);
    expect(isQuiet("", "23:00")).toBe(false);
    expect(isQuiet("07:00-07:00", "07:00")).toBe(false);
  });
});
