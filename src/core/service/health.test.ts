import { describe, expect, test } from "vitest";
import type { Connection, SourceStatus } from "../../shared/connection.ts";
import type { Instant } from "../../shared/instant.ts";
import { instant } from "../../shared/testing/instant.ts";
import { type HealthFacts, healthOf } from "./health.ts";

const at = instant("2027-05-01T10:00:00.000Z");
const live: Connection = { state: "live", since: at, provenAt: at, proof: "publish", channels: [] };
const off: Connection = { state: "disabled", since: at };
const lost = { kind: "redis-closed", message: "Redis closed the connection." } as const;
const reconnecting: Connection = { state: "reconnecting", since: at, attempt: 1, retryAt: at, cause: lost };
const connecting: Connection = { state: "connecting", since: at, attempt: 1 };
const unconfigured: SourceStatus = { state: "unconfigured" };
const fetched: SourceStatus = { state: "fetched", at, matches: 3, changes: 0, unchanged: false, nextAt: null };
const broken: SourceStatus = {
  state: "failed",
  at,
  problem: { kind: "source-status", message: "The source answers with status 500." },
  nextAt: null,
};

const calm: HealthFacts = {
  connection: live,
  source: unconfigured,
  missed: [],
  targets: [],
  lacking: null,
  journal: null,
  startedAt: at,
};

const levelOf = (facts: Partial<HealthFacts>): string => healthOf({ ...calm, ...facts }).level;

describe("health", () => {
  test.each([
    ["live", { connection: live }, "ok"],
    ["the first attempt", { connection: connecting }, "working"],
    ["Redis away", { connection: reconnecting }, "critical"],
    ["Redis away, lists instead", { connection: reconnecting, source: fetched }, "warning"],
    ["Redis away and no list either", { connection: reconnecting, source: broken }, "critical"],
    ["live, but no list", { source: broken }, "warning"],
    ["lists alone", { connection: off, source: fetched }, "ok"],
    ["lists alone, none yet", { connection: off, source: { state: "waiting", nextAt: null } }, "working"],
    [
      "a calendar that is meant and not kept",
      { lacking: { kind: "configuration-invalid", message: "Not." } },
      "warning",
    ],
    ["nothing to hear from", { connection: off }, "critical"],
  ] satisfies readonly (readonly [string, Partial<HealthFacts>, string])[])("%s", (_, facts, level) => {
    expect(levelOf(facts)).toBe(level);
  });

  test("of several gaps the oldest says since when", () => {
    const gap = (from: Instant) =>
      ({ id: 1, from, to: at, cause: { kind: "restart" }, state: "unfilled", filledAt: null, brought: null }) as const;
    const missed = [gap(instant("2027-05-01T09:00:00.000Z")), gap(instant("2027-05-01T08:00:00.000Z"))];
    expect(healthOf({ ...calm, missed })).toMatchObject({
      level: "warning",
      since: "2027-05-01T08:00:00.000Z",
      action: "settings",
    });
  });
});
