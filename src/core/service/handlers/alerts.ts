import type { Handlers } from "../../../shared/contract.ts";
import { isOver } from "../../alerts/kinds.ts";
import type { Publisher } from "../../window/publisher.ts";
import type { AlertKeeper } from "../alert-keeper.ts";
import type { Attention } from "../attention.ts";

type AlertHandlers = Pick<Handlers, "alerts" | "acknowledge" | "snooze" | "reactivate" | "mute" | "markSeen">;

type AlertTools = {
  readonly alerts: Pick<AlertKeeper, "alerts" | "acknowledge" | "snooze" | "reactivate">;
  readonly attention: Pick<Attention, "mute" | "markSeen">;
  readonly touch: Publisher["touch"];
};

export const alertHandlers = ({ alerts, attention, touch }: AlertTools): AlertHandlers => ({
  alerts: async ({ all = false }) => ({ alerts: alerts.alerts().filter((alert) => all || !isOver(alert)) }),
  acknowledge: async ({ id }, by = null) => {
    alerts.acknowledge(id ?? null, by);
    return { message: "Acknowledged" };
  },
  snooze: async ({ id, until }, by = null) => {
    alerts.snooze(id, until, by);
    return { message: "Snoozed" };
  },
  reactivate: async ({ id }) => {
    alerts.reactivate(id);
    return { message: "Active again" };
  },
  mute: async ({ muted }) => {
    attention.mute(muted);
    touch("notificationsMuted");
    return { message: muted ? "Notifications are off" : "Notifications are on" };
  },
  markSeen: async ({ changeId }) => {
    attention.markSeen(changeId);
    touch("seenChangeId");
    return { message: "Remembered" };
  },
});
