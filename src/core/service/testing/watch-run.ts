import type { Alert } from "../../../shared/alert.ts";
import { instantOf } from "../../../shared/instant.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { createVirtualClock } from "../../calendar/testing/virtual-clock.ts";
import type { Report } from "../../feed/message.ts";
import { createAlertKeeper } from "../alert-keeper.ts";
import { createWatch } from "../watch.ts";

const nothing = { way: "redis", messages: [], reports: [] } as const;
/** The publisher says this of itself. */
export const said = (reports: readonly Report[]) => ({ ...nothing, reports });
/** Messages come, and each can be read or not. */
export const came = (valid: readonly boolean[]) => ({
  ...nothing,
  messages: valid.map((ok) => ({ summary: { verdict: ok ? ("valid" as const) : ("invalid" as const) } })),
});

export const runStart = instant("2027-05-01T10:00:00.000Z");

/** One run of what watches and of the alerts that come of it. `loaded`: those of the run before. */
export const createRun = ({
  demo = false,
  loaded = [],
}: {
  readonly demo?: boolean;
  readonly loaded?: readonly Alert[];
} = {}) => {
  const time = createVirtualClock({ start: Date.parse(runStart), random: () => 0.5, breathe: async () => undefined });
  const news: string[] = [];
  const alerts = createAlertKeeper({
    loaded,
    lastId: loaded.length,
    now: () => instantOf(time.now()),
    writeBehind: { write: () => undefined, flushed: async () => undefined, stop: async () => undefined },
    onChange: () => undefined,
    onNews: ({ key }) => news.push(key),
    onOver: () => undefined,
  });
  const watch = createWatch({ alerts, clock: time.clock, maxRetries: () => 3, demo });
  const states = () => alerts.alerts().map(({ state }) => state.name);
  return { time, alerts, watch, news, states };
};
export type Run = ReturnType<typeof createRun>;
