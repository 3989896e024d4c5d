import { describe, expect, it } from "vitest";
import type { Alert } from "../../shared/alert.ts";
import { instant } from "../../shared/testing/instant.ts";
import { activeAlerts } from "./alerts.ts";

const alert = (id: number, level: Alert["level"], at: string, name: "active" | "resolved" = "active"): Alert => ({
  id,
  key: String(id),
  cause: { kind: "cycle-failed", cycle: null, text: null },
  level,
  severity: null,
  firstAt: instant(at),
  lastAt: instant(at),
  count: 1,
  state: name === "active" ? { name } : { name, at: instant(at) },
});

describe("activeAlerts", () => {
  it("puts the most severe first and the newest first among equals; what is settled is not there", () => {
    const alerts = [
      alert(1, "info", "2027-05-08T12:00:00.000Z"),
      alert(2, "critical", "2027-05-08T10:00:00.000Z"),
      alert(3, "critical", "2027-05-08T11:00:00.000Z"),
      alert(4, "critical", "2027-05-08T12:00:00.000Z", "resolved"),
      alert(5, "warning", "2027-05-08T09:00:00.000Z"),
    ];
    expect(activeAlerts(alerts).map(({ id }) => id)).toEqual([3, 2, 5, 1]);
  });
});
