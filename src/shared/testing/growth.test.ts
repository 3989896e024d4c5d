import { expect, it } from "vitest";
import { growth, linearGrowth } from "./growth.ts";

/** Time of the processor: that others use it too makes no difference. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const now = cpuMs;

it("tells work that grows with the length from work that grows with its square", () => {
  const blanks = (length: number): string => `${" ".repeat(length)}x`;
  expect(growth(blanks, (text) => text.replace(/ +$/, ""), now)).toBeGreaterThan(linearGrowth);
  expect(growth(blanks, (text) => text.trimStart(), now)).toBeLessThan(linearGrowth);
  expect(growth(blanks, () => undefined, now)).toBeLessThan(linearGrowth);
});
