import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { silentLog } from "../../core/calendar/testing/records.ts";
import { calendarToken } from "./calendar-token.ts";

const aFile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "avspark-token-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "calendar-token");
};

test("is made once, kept for its owner alone, and the same at the next start", () => {
  const file = aFile();
  const token = calendarToken(file, silentLog);
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(calendarToken(file, silentLog)).toBe(token);
  expect(calendarToken(aFile(), silentLog)).not.toBe(token);
});

test.each(["", "short", "with spaces in it, and long enough otherwise"])(
  "what is no token (%j) is replaced",
  (text) => {
    const file = aFile();
    writeFileSync(file, text);
    const token = calendarToken(file, silentLog);
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(calendarToken(file, silentLog)).toBe(token);
  },
);

test("where it cannot be kept it holds for the run", () => {
  expect(calendarToken(join(aFile(), "nowhere"), silentLog)).toMatch(/^[\w-]{32}$/);
});
