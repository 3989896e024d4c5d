import type { Handlers } from "../../../shared/contract.ts";
import { isOver } from "../../alerts/kinds.ts";
import type { Feed } from "../../feed/feed.ts";
import type { Publisher } from "../../window/publisher.ts";
import type { AlertKeeper } from "../alert-keeper.ts";
import type { Attention } from "../attention.ts";

type AlertHandlers = Pick<Handlers, "alerts" | "acknowledge" | "snooze" | "reactivate" | "mute" | "markSeen">;

type AlertTools = {
  readonly alerts: Pick<AlertKeeper, "alerts" | "keysOf" | "demandAhead" | "acknowledge" | "snooze" | "reactivate">;
  /** Tells all nodes of the desk, which then take it, this one too; null: there are no others. */
  readonly tellAll: Feed["tell"];
  readonly attention: Pick<Attention, "mute" | "markSeen">;
  readonly touch: Publisher["touch"];
};

export const alertHandlers = ({ alerts, attention, touch, tellAll }: AlertTools): AlertHandlers => ({
  alerts: async ({ all = false }) => ({ alerts: alerts.alerts().filter((alert) => all || !isOver(alert)) }),
  acknowledge: async ({ id }, by = null) => {
    if (tellAll === null) alerts.acknowledge(id ?? null, by);
    else await tellAll({ kind: "acknowledge", keys: alerts.keysOf(id ?? null), by });
    return { message: "Acknowledged" };
  },
  snooze: async ({ id, until }, by = null) => {
    if (tellAll === null) alerts.snooze(id, until, by);
    else {
      alerts.demandAhead(until);
      await tellAll({ kind: "snooze", keys: alerts.keysOf(id), until, by });
    }
    return { message: "Snoozed" };
  },
  reactivate: async ({ id }) => {
    if (tellAll === null) alerts.reactivate(id);
    else await tellAll({ kind: "reactivate", keys: alerts.keysOf(id), by: null });
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
