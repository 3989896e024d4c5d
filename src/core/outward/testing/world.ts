import type { Alert, AlertCause, AlertLevel } from "../../../shared/alert.ts";
import type { MatchWaiting } from "../../../shared/desk.ts";
import { minuteMs } from "../../../shared/duration.ts";
import { instantOf } from "../../../shared/instant.ts";
import { type MessengerName, matchKinds } from "../../../shared/outward.ts";
import type { Problem } from "../../../shared/problem.ts";
import { formatFor } from "../../../shared/text/format.ts";
import { textsFor } from "../../../shared/text/texts.ts";
import { alertKey } from "../../alerts/key.ts";
import { createVirtualClock } from "../../calendar/testing/virtual-clock.ts";
import { silentLog } from "../../feed/testing/silent-log.ts";
import { createAlertKeeper } from "../../service/alert-keeper.ts";
import type { Messenger } from "../messenger.ts";
import { createOutward, type Outward, type OutwardRules } from "../outward.ts";

/** 14:00 in Stockholm. */
export const noon = Date.parse("2027-01-15T13:00:00.000Z");

const usual: OutwardRules = {
  alerts: "warning",
  matchKinds,
  matchHours: 72,
  quietHours: "22:00-07:00",
  names: false,
};

/** Alerts, matches and their outward notices, on a clock that passes when told to, and over restarts. */
export const createWorld = (options: {
  readonly messengers: readonly Messenger[];
  readonly digest: (text: string) => string;
  readonly rules?: Partial<OutwardRules>;
  readonly start?: number;
  /** The wall clock goes on by so many milliseconds whenever it is read. */
  readonly pacing?: number;
  readonly breathe?: () => Promise<void>;
  readonly random?: () => number;
}) => {
  const { start = noon, pacing = 0, breathe = async () => undefined, random = () => 0.5 } = options;
  const time = createVirtualClock({ start, random, breathe });
  let loaded: readonly Alert[] = [];
  let meta: Readonly<Record<string, string>> = {};
  let waiting: readonly MatchWaiting[] = [];
  let alive = { yes: true };
  const format = formatFor("en", time.now);
  const troubles = new Map<MessengerName, Problem>();

  const begin = (): { readonly outward: Outward; readonly alerts: ReturnType<typeof createAlertKeeper> } => {
    const run = { yes: true };
    alive = run;
    const own = time.clockFor(() => run.yes);
    let readings = 0;
    const now = (): number => {
      readings += 1;
      return own.now() + readings * pacing;
    };
    const clock = { ...own, now };
    const alerts = createAlertKeeper({
      loaded,
      lastId: Math.max(0, ...loaded.map(({ id }) => id)),
      now: () => instantOf(time.now()),
      writeBehind: { write: () => undefined, flushed: async () => undefined, stop: async () => undefined },
      onChange: () => undefined,
      onNews: (alert) => outward.news(alert),
      onOver: () => undefined,
    });
    const outward = createOutward({
      messengers: options.messengers,
      ...{ clock, log: silentLog, digest: options.digest, meta },
      writeBehind: {
        write: ({ meta: facts = {} }) => {
          if (!run.yes) return;
          const kept = Object.entries({ ...meta, ...facts }).flatMap(([name, text]) =>
            text === null ? [] : [[name, text] as const],
          );
          meta = Object.fromEntries(kept);
        },
        flushed: async () => undefined,
      },
      rules: () => ({ ...usual, ...options.rules }),
      wording: () => ({ texts: textsFor("en"), format, now: time.now() }),
      alerts: alerts.alerts,
      waiting: () => waiting,
      onStatus: () => undefined,
      onTrouble: (name, problem) => {
        const cause = { kind: "messenger", messenger: name } as const;
        if (problem === null) {
          if (troubles.delete(name)) alerts.resolve(alertKey(cause));
        } else if (!troubles.has(name)) {
          troubles.set(name, problem);
          alerts.raise({ cause: { ...cause, problem }, level: "warning", severity: null });
        }
      },
    });
    return { outward, alerts };
  };
  let parts = begin();

  return {
    time,
    alerts: () => parts.alerts.alerts(),
    troubles,
    status: () => parts.outward.status(),
    test: () => parts.outward.test(null),
    raise: (cause: AlertCause, level: AlertLevel = "warning"): void =>
      parts.alerts.raise({ cause, level, severity: null }),
    resolve: (cause: AlertCause): void => parts.alerts.resolve(alertKey(cause)),
    acknowledge: (): void => parts.alerts.acknowledge(null),
    waits: (...matches: readonly MatchWaiting[]): void => {
      waiting = matches;
      parts.outward.matches();
    },
    /** `every`: how often it is looked at meanwhile, in minutes. */
    pass: async (minutes: number, every = 0.5): Promise<void> => {
      for (let passed = 0; passed < minutes; passed += every) {
        await time.advance(every * minuteMs);
        parts.outward.matches();
        parts.outward.tick();
      }
      await time.advance(1);
    },
    /** As a power cut ends it: whatever is under way is nobody's any more. */
    restart: (): void => {
      alive.yes = false;
      loaded = parts.alerts.alerts();
      parts = begin();
    },
    stop: () => parts.outward.stop(),
  };
};
