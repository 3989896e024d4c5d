import { describe, expect, it } from "vitest";
import type { Alert, AlertCause } from "../../shared/alert.ts";
import { instant } from "../../shared/testing/instant.ts";
import { acknowledgeAlert, raiseAlert, reactivateAlert, resolveAlert, snoozeAlert } from "./alerts.ts";

const at = instant("2027-05-08T12:00:00.000Z");
const raise = (alerts: readonly Alert[], cause: AlertCause, id: number): readonly Alert[] =>
  raiseAlert(alerts, { cause, level: "warning", severity: null }, { at, nextId: id }).alerts;

const gap: AlertCause = { kind: "gap", from: at };
const event: AlertCause = { kind: "system", alertType: "slow", text: "The queue grows" };
const stateOf = (alerts: readonly Alert[], id: number) => alerts.find((alert) => alert.id === id)?.state.name;

describe("taking back what a person did with an alert", () => {
  it("makes a snoozed and an acknowledged one active again, and tells nobody", () => {
    const raised = raise([], gap, 1);
    const snoozed = snoozeAlert(raised, 1, { until: instant("2027-05-08T13:00:00.000Z") }).alerts;
    const acknowledged = acknowledgeAlert(raised, 1, { at }).alerts;
    for (const alerts of [snoozed, acknowledged]) {
      const step = reactivateAlert(alerts, 1);
      expect(stateOf(step.alerts, 1)).toBe("active");
      expect(step.news).toEqual([]);
      expect(step.touched).toHaveLength(1);
    }
  });

  it("leaves one whose cause is gone", () => {
    const resolved = resolveAlert(raise([], gap, 1), `gap:${at}`, at).alerts;
    expect(reactivateAlert(resolved, 1).touched).toEqual([]);
  });

  it("leaves an acknowledged event that has happened again since: one cause is one alert", () => {
    const acknowledged = acknowledgeAlert(raise([], event, 1), 1, { at }).alerts;
    const again = raise(acknowledged, event, 2);
    expect(again.map(({ id }) => id)).toEqual([2, 1]);
    expect(reactivateAlert(again, 1).touched).toEqual([]);
  });
});
