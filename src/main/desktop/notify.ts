import { Notification } from "electron";
import type { Alert } from "../../shared/alert.ts";

type NotifyOptions = {
  readonly wording: (alert: Alert) => { readonly title: string; readonly body: string };
  readonly icon: string;
  readonly onClick: (alert: Alert) => void;
};

/** Native notifications, one for each cause; where the system has none the banner in the window stands alone. */
export const createNotifications = ({ wording, icon, onClick }: NotifyOptions) => {
  const shown = new Map<string, Notification>();
  const close = (key: string): void => {
    shown.get(key)?.close();
    shown.delete(key);
  };
  return {
    show: (alert: Alert): void => {
      if (!Notification.isSupported()) return;
      close(alert.key);
      const notification = new Notification({
        ...wording(alert),
        icon,
        urgency: alert.level === "critical" ? "critical" : "normal",
        timeoutType: alert.level === "critical" ? "never" : "default",
      });
      notification.on("click", () => {
        // Not every notification server takes it away by itself.
        close(alert.key);
        onClick(alert);
      });
      notification.on("close", () => {
        if (shown.get(alert.key) === notification) shown.delete(alert.key);
      });
      shown.set(alert.key, notification);
      notification.show();
    },
    close,
    closeAll: (): void => {
      for (const key of [...shown.keys()]) close(key);
    },
  };
};
