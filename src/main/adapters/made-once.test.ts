import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { silentLog } from "../../core/calendar/testing/records.ts";
import { calendarToken, serviceId } from "./made-once.ts";

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "avspark-token-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

test("is made once, kept for its owner alone, and the same at the next start", () => {
  const folder = aFolder();
  const token = calendarToken(folder, silentLog);
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(statSync(join(folder, "calendar-token")).mode & 0o777).toBe(0o600);
  expect(calendarToken(folder, silentLog)).toBe(token);
  expect(calendarToken(aFolder(), silentLog)).not.toBe(token);
});

test.each(["", "short", "with spaces in it, and long enough otherwise"])(
  "what is no token (%j) is replaced",
  (text) => {
    const folder = aFolder();
    writeFileSync(join(folder, "calendar-token"), text);
    const token = calendarToken(folder, silentLog);
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(calendarToken(folder, silentLog)).toBe(token);
  },
);

test("the service's own word is another", () => {
  const folder = aFolder();
  expect(serviceId(folder, silentLog)).toBe(serviceId(folder, silentLog));
  expect(serviceId(folder, silentLog)).not.toBe(calendarToken(folder, silentLog));
});

test("where it cannot be kept it holds for the run", () => {
  expect(calendarToken(join(aFolder(), "nowhere"), silentLog)).toMatch(/^[\w-]{32}$/);
});
