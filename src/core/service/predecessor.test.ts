import { describe, expect, test } from "vitest";
import type { TargetStatus } from "../../shared/calendar.ts";
import { hourMs } from "../../shared/duration.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Health } from "../../shared/snapshot.ts";
import { instant } from "../../shared/testing/instant.ts";
import { predecessorHealth } from "./predecessor.ts";
import { aTarget } from "./testing/target.ts";

const since = instant("2027-05-06T16:00:00.000Z");
const problem = (kind: Problem["kind"]): Problem => ({ kind, message: "It is not well." });
const fine: Health = { level: "ok", since };
const answer = (calendars: readonly TargetStatus[], health: Health = fine) =>
  predecessorHealth({ mode: "live", health, calendars }, Date.parse(since));

describe("the sign-in to Google, as the predecessor told it", () => {
  test.each<[string, readonly TargetStatus[], string]>([
    ["where no Google calendar is kept", [aTarget({ name: "caldav" })], "not-required"],
    ["where it is switched off", [aTarget({ state: { name: "off", reason: "demo" } })], "not-required"],
    ["where it holds", [aTarget({})], "authenticated"],
    [
      "where something else asks for a person",
      [aTarget({ state: { name: "needs-person", since, problem: problem("calendar-forbidden") } })],
      "authenticated",
    ],
    [
      "where somebody must sign in",
      [aTarget({ state: { name: "needs-person", since, problem: problem("calendar-sign-in") } })],
      "initializing",
    ],
  ])("%s", (_where, calendars, status) => {
    expect(answer(calendars)).toMatchObject({ auth_status: status, oauth_info: { status } });
  });

  test("its end is told where Google says when that is", () => {
    const signInExpiresAt = instant(new Date(Date.parse(since) + 1.52 * hourMs).toISOString());
    expect(answer([aTarget({ signInExpiresAt })]).oauth_info).toEqual({
      ...{ status: "authenticated", token_expiry: signInExpiresAt, expires_in_hours: 1.5 },
    });
    expect(answer([aTarget({})]).oauth_info).toEqual({ status: "authenticated" });
  });
});

test("healthy is said until something is broken: a warning is no reason to start anew", () => {
  const wrong = (level: "working" | "warning" | "critical"): Health => ({
    ...{ level, since, problem: problem("redis-frozen"), target: null, action: "wait", alert: null },
  });
  expect(answer([]).healthy).toBe(true);
  expect(answer([], wrong("working")).healthy).toBe(true);
  expect(answer([], wrong("warning")).healthy).toBe(true);
  expect(answer([], wrong("critical")).healthy).toBe(false);
});
