import { describe, expect, it } from "vitest";
import type { Alert, AlertCause } from "../../../shared/alert.ts";
import { type Instant, instantOf } from "../../../shared/instant.ts";
import { groupAlerts, pastAlerts, snoozedAlerts } from "./group.ts";

const minute = (value: number): Instant => instantOf(Date.UTC(2027, 4, 8, 12, value));

type Made = { readonly cause: AlertCause; readonly level?: Alert["level"]; readonly state?: Alert["state"] };

const alert = (id: number, { cause, level = "warning", state = { name: "active" } }: Made): Alert => ({
  id,
  key: String(id),
  cause,
  level,
  severity: null,
  firstAt: minute(id),
  lastAt: minute(id),
  count: 1,
  state,
});
const quiet = (channel: string): AlertCause => ({ kind: "quiet-channel", channel, lastAt: minute(0) });
const feed: AlertCause = { kind: "feed", problem: { kind: "redis-unreachable", message: "ECONNREFUSED" } };

describe("groupAlerts", () => {
  it("brings causes of one sort together, the most severe sort first, the newest first among equals", () => {
    const alerts = [
      alert(1, { cause: quiet("a") }),
      alert(2, { cause: feed, level: "critical" }),
      alert(3, { cause: quiet("b"), level: "critical" }),
      alert(4, { cause: { kind: "cycle-failed", cycle: 1, text: null } }),
      alert(5, { cause: quiet("c") }),
    ];
    const groups = groupAlerts(alerts).map(({ kind, level, alerts: members }) => [
      kind,
      level,
      members.map(({ id }) => id),
    ]);
    expect(groups).toEqual([
      ["quiet-channel", "critical", [3, 5, 1]],
      ["feed", "critical", [2]],
      ["cycle-failed", "warning", [4]],
    ]);
  });

  it("has none for what is snoozed, acknowledged or over", () => {
    const states: readonly Alert["state"][] = [
      { name: "snoozed", until: minute(9) },
      { name: "acknowledged", at: minute(5) },
      { name: "resolved", at: minute(6) },
    ];
    const alerts = states.map((state, id) => alert(id, { cause: feed, state }));
    expect(groupAlerts(alerts)).toEqual([]);
    expect(snoozedAlerts(alerts).map(({ id }) => id)).toEqual([0]);
    expect(pastAlerts(alerts).map(({ id }) => id)).toEqual([2, 1]);
  });

  it("shows first what comes back first", () => {
    const alerts = [30, 10, 20].map((until) =>
      alert(until, { cause: feed, state: { name: "snoozed", until: minute(until) } }),
    );
    expect(snoozedAlerts(alerts).map(({ id }) => id)).toEqual([10, 20, 30]);
  });
});
