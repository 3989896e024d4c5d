import { setTimeout as pause } from "node:timers/promises";
import type { SoakWorld } from "./world.ts";

const changesPerSecond = 3;
const alertEveryMs = 45_000;

const alertOf = (number: number): string =>
  JSON.stringify({
    message_id: `soak-alert-${number}`,
    timestamp: new Date().toISOString(),
    source: "system",
    version: "1.0",
    type: "system_alert",
    payload: { alert_type: "stop", severity: "critical", message: `Soak alert number ${number}.` },
  });

/** FOGIS and its match processor: some changes a second, an alert now and then, on a Redis that may not be there. */
export const startPublisher = ({ truth, redis }: SoakWorld) => {
  const counts = { changes: 0, untold: 0, alerts: 0 };
  let isOver = false;

  const publish = async (): Promise<void> => {
    let nextAlert = performance.now();
    while (!isOver) {
      // What happens while Redis is down is told nobody: only a list brings it.
      const isDown = redis.pid === undefined;
      counts.changes += 1;
      if (isDown) {
        counts.untold += 1;
        truth.happen();
      } else {
        // It may be killed or frozen in the middle of that.
        await truth.tell(redis).catch(() => {
          counts.untold += 1;
        });
        if (performance.now() >= nextAlert) {
          nextAlert = performance.now() + alertEveryMs;
          counts.alerts += 1;
          await redis.publish("fogis:system:alerts", alertOf(counts.alerts)).catch(() => undefined);
        }
      }
      await pause(1000 / changesPerSecond);
    }
  };
  const done = publish();
  return {
    counts: (): Readonly<typeof counts> => counts,
    stop: async (): Promise<void> => {
      isOver = true;
      await done;
    },
  };
};
