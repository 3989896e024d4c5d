import type { Alert } from "../../shared/alert.ts";
import { isQuiet, notifyRule } from "../../shared/alert.ts";
import type { Config } from "../../shared/config.ts";
import type { MatchWaiting } from "../../shared/desk.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import type { MessengerName, MessengerStatus } from "../../shared/outward.ts";
import type { Problem } from "../../shared/problem.ts";
import { isWithin, matchNews, noticedOf, readNoticed } from "../alerts/match-news.ts";
import { type CarrierOptions, createCarrier } from "./carrier.ts";
import type { Messenger } from "./messenger.ts";

/** In the journal's small facts: what waited in near matches. */
const noticedFact = "outward-matches";

export type OutwardRules = {
  readonly alerts: Config["AVSPARK_NOTIFY_OUTWARD"];
  readonly matchKinds: Config["AVSPARK_NOTIFY_OUTWARD_MATCHES"];
  /** How near its kick-off a match is told of; 0: never. */
  readonly matchHours: number;
  readonly quietHours: string | null;
  /** Whether people are named. */
  readonly names: boolean;
};

type ForEach = Pick<CarrierOptions, "clock" | "log" | "digest" | "writeBehind" | "meta" | "wording" | "onStatus">;

type OutwardOptions = ForEach & {
  readonly messengers: readonly Messenger[];
  readonly rules: () => OutwardRules;
  readonly alerts: () => readonly Alert[];
  /** What waits in matches at the moment, the most pressing first. */
  readonly waiting: () => readonly MatchWaiting[];
  /** A messenger fails for so long that somebody should know; null: it works. */
  readonly onTrouble: (name: MessengerName, problem: Problem | null) => void;
};

export type Tried = { readonly messenger: MessengerName; readonly server: string; readonly problem: Problem | null };

/** What leaves the machine: decides what is news to people outside, and gives it to every messenger. */
export const createOutward = (options: OutwardOptions) => {
  const { clock, rules, writeBehind } = options;
  const now = (): Instant => instantOf(clock.now());
  let noticed = readNoticed(options.meta[noticedFact]);

  /** Matches near enough, with what of them is told. */
  const matches = (): readonly MatchWaiting[] => {
    const { matchKinds, matchHours, names } = rules();
    const kinds = new Set<string>(matchKinds);
    return options
      .waiting()
      .filter((match) => isWithin(match, matchHours, clock.now()))
      .flatMap((match) => {
        const items = match.items.filter(({ kind }) => kinds.has(kind));
        const told = names ? items : items.map((item) => ({ ...item, people: [] }));
        return told.length === 0 ? [] : [{ ...match, items: told }];
      });
  };

  const carriers = options.messengers.map((messenger) =>
    createCarrier({
      messenger,
      ...{ clock, writeBehind, log: options.log, digest: options.digest, meta: options.meta },
      wording: options.wording,
      present: () => ({
        alerts: options.alerts(),
        matches: matches(),
        isQuiet: isQuiet(rules().quietHours, options.wording().format.time(clock.now())),
        now: clock.now(),
      }),
      onStatus: options.onStatus,
      onTrouble: (problem) => options.onTrouble(messenger.name, problem),
    }),
  );

  return {
    /** An alert is news. That one messenger fails is told by the others. */
    news: (alert: Alert): void => {
      if (notifyRule(alert.level, rules().alerts) === "never") return;
      const own = alert.cause.kind === "messenger" ? alert.cause.messenger : null;
      const since = now();
      for (const carrier of carriers) if (carrier.name !== own) carrier.alert(alert, since);
    },
    /** Something else may wait in matches, or time has brought one near. To be called every now and then, too. */
    matches: (): void => {
      if (carriers.length === 0) return;
      const near = matches();
      const before = noticed;
      const next = noticedOf(near);
      if (JSON.stringify(next) === JSON.stringify(before)) return;
      noticed = next;
      writeBehind.write({ meta: { [noticedFact]: JSON.stringify(next) } });
      if (before === null) return;
      const ids = matchNews(before, near).map(({ matchId }) => matchId);
      const since = now();
      for (const carrier of carriers) carrier.matches(ids, since);
    },
    /** To be called every now and then: quiet hours may have ended, and troubles be over for good. */
    tick: (): void => {
      for (const carrier of carriers) carrier.look();
    },
    status: (): readonly MessengerStatus[] => carriers.map((carrier) => carrier.status()),
    /** Sends a trial now, whatever waits. */
    test: async (name: MessengerName | null): Promise<readonly Tried[]> => {
      const at = now();
      return Promise.all(
        carriers
          .filter((carrier) => name === null || carrier.name === name)
          .map(async (carrier) => ({
            messenger: carrier.name,
            server: carrier.server,
            problem: await carrier.test(at),
          })),
      );
    },
    stop: async (): Promise<void> => {
      await Promise.all(carriers.map((carrier) => carrier.stop()));
    },
  };
};
export type Outward = ReturnType<typeof createOutward>;
