import { describe, expect, it } from "vitest";
import type { Difference } from "../../shared/change.ts";
import { instant } from "../../shared/testing/instant.ts";
import { anOfficial } from "../../shared/testing/people.ts";
import { isLateMove, isUrgentChange } from "./urgent.ts";

const at = instant("2026-11-26T12:00:00.000Z");
const near = instant("2026-11-28T11:59:00.000Z");
const far = instant("2026-11-28T12:00:00.000Z");
const past = instant("2026-11-26T11:00:00.000Z");

const texts = (field: "venue" | "status"): Difference =>
  field === "venue"
    ? { field, before: "Heden 1", after: "Heden 2" }
    : { field, before: "scheduled", after: "cancelled" };

describe("isUrgentChange", () => {
  it.each(["venue", "status"] as const)("is urgent within 48 hours of the kick-off: %s", (field) => {
    expect(isUrgentChange(texts(field), near, at)).toBe(true);
    expect(isUrgentChange(texts(field), far, at)).toBe(false);
    expect(isUrgentChange(texts(field), past, at)).toBe(false);
    expect(isUrgentChange(texts(field), null, at)).toBe(false);
  });

  it("takes a withdrawal, an open place and a match that is gone for urgent as well", () => {
    const official = anOfficial({ role: "Huvuddomare", name: "Prov Domare" });
    expect(isUrgentChange({ field: "officials", before: [official], after: [] }, near, at)).toBe(true);
    expect(isUrgentChange({ field: "openPlaces", before: [], after: ["Huvuddomare"] }, near, at)).toBe(true);
    expect(isUrgentChange({ field: "gone" }, near, at)).toBe(true);
    expect(isUrgentChange({ field: "declined" }, near, at)).toBe(false);
    expect(isUrgentChange({ field: "number", before: "1", after: "2" }, near, at)).toBe(false);
  });

  it("does not hurry anybody because somebody is reached otherwise", () => {
    const before = anOfficial({ role: "Huvuddomare", name: "Prov Domare" });
    const after = anOfficial({ role: "Huvuddomare", name: "Prov Domare", phone: "070-000 00 00" });
    expect(isUrgentChange({ field: "officials", before: [before], after: [after] }, near, at)).toBe(false);
    const other = anOfficial({ role: "Assisterande 1", name: "Prov Domare" });
    expect(isUrgentChange({ field: "officials", before: [before], after: [other] }, near, at)).toBe(true);
  });

  it("looks at both ends of a move", () => {
    expect(isUrgentChange({ field: "kickoff", before: near, after: far }, far, at)).toBe(true);
    expect(isUrgentChange({ field: "kickoff", before: far, after: near }, near, at)).toBe(true);
    expect(isUrgentChange({ field: "kickoff", before: far, after: null }, null, at)).toBe(false);
  });
});

describe("isLateMove", () => {
  it("is only a kick-off's", () => {
    expect(isLateMove({ field: "kickoff", before: near, after: far }, at)).toBe(true);
    expect(isLateMove(texts("venue"), at)).toBe(false);
  });
});
