import { expect, test } from "vitest";
import type { AlertCause } from "../../shared/alert.ts";
import { instant } from "../../shared/testing/instant.ts";
import { alertKey } from "./key.ts";

const problem = { kind: "calendar-unreachable", message: "ECONNREFUSED" } as const;

/** One of each kind: a kind without one does not compile. */
const causes: { readonly [K in AlertCause["kind"]]: Extract<AlertCause, { readonly kind: K }> } = {
  system: { kind: "system", alertType: "slow", text: "a" },
  feed: { kind: "feed", problem },
  "quiet-channel": { kind: "quiet-channel", channel: "c", lastAt: instant("2027-05-08T12:00:00.000Z") },
  gap: { kind: "gap", from: instant("2027-05-08T12:00:00.000Z") },
  source: { kind: "source", problem },
  calendar: { kind: "calendar", target: "google", label: "Matcher", problem },
  "sign-in-expiring": {
    kind: "sign-in-expiring",
    target: "google",
    label: "Matcher",
    at: instant("2027-05-08T12:00:00.000Z"),
  },
  "confirm-removal": { kind: "confirm-removal", target: "google", label: "Matcher", events: 3 },
  "other-tag": { kind: "other-tag", target: "google", label: "Matcher", tag: "DISTRIKTET", events: 3 },
  journal: { kind: "journal", problem },
  incident: { kind: "incident", problem },
  door: { kind: "door", problem },
  "feeds-door": { kind: "feeds-door", problem },
  stream: { kind: "stream", problem },
  messenger: { kind: "messenger", messenger: "mail", problem },
  node: { kind: "node", node: "one", state: "lost" },
  "invalid-rising": { kind: "invalid-rising", invalid: 5, of: 10 },
  "cycle-failed": { kind: "cycle-failed", cycle: 7, text: null },
};

const keyOf = (cause: AlertCause): string => alertKey(cause);

test("every kind has a key of its own", () => {
  const keys = Object.values(causes).map(keyOf);
  expect(new Set(keys).size).toBe(keys.length);
});

test("a calendar is itself whatever it is called, and another one however alike it is called", () => {
  const key = (target: string, label: string) => keyOf({ ...causes.calendar, target, label });
  expect(key("google", "Matcher")).toBe(key("google", "Serien"));
  expect(key("google", "Matcher")).not.toBe(key("caldav", "Matcher"));
});

test("what is said of the same matter later is the same alert", () => {
  expect(keyOf({ ...causes["invalid-rising"], invalid: 9 })).toBe(keyOf(causes["invalid-rising"]));
  expect(keyOf({ ...causes["cycle-failed"], cycle: 8, text: "Timeout" })).toBe(keyOf(causes["cycle-failed"]));
  expect(keyOf({ ...causes.feed, problem: { kind: "redis-auth-wrong", message: "No." } })).toBe(keyOf(causes.feed));
});

test("two parts are never taken for one", () => {
  const key = (alertType: string, text: string) => alertKey({ kind: "system", alertType, text });
  expect(key("a:b", "c")).not.toBe(key("a", "b:c"));
});
