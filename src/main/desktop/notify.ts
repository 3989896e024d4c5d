import { Notification } from "electron";
import type { AlertLevel } from "../../shared/alert.ts";

type Shown = {
  /** What it is about: of each there is one at a time. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly level: AlertLevel;
  readonly onClick: () => void;
};

/** Native notifications, one for each cause; where the system has none the banner in the window stands alone. */
export const createNotifications = ({ icon }: { readonly icon: string }) => {
  const shown = new Map<string, Notification>();
  const waiting = new Map<string, Shown>();
  const close = (key: string): void => {
    waiting.delete(key);
    shown.get(key)?.close();
    shown.delete(key);
  };
  const show = ({ key, title, body, level, onClick }: Shown): void => {
    close(key);
    const notification = new Notification({
      title,
      body,
      icon,
      urgency: level === "critical" ? "critical" : "normal",
      timeoutType: level === "critical" ? "never" : "default",
    });
    notification.on("click", () => {
      // Not every notification server takes it away by itself.
      close(key);
      onClick();
    });
    notification.on("close", () => {
      if (shown.get(key) === notification) shown.delete(key);
    });
    shown.set(key, notification);
    notification.show();
  };
  const showAll = (): void => {
    for (const wanted of [...waiting.values()]) show(wanted);
  };
  return {
    /** Of many with one key at once the last is shown: the system is asked for each, and the window waits meanwhile. */
    show: (wanted: Shown): void => {
      if (!Notification.isSupported()) return;
      if (waiting.size === 0) setImmediate(showAll);
      waiting.set(wanted.key, wanted);
    },
    close,
    closeAll: (): void => {
      for (const key of [...shown.keys()]) close(key);
    },
  };
};
