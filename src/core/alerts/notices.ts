import { type Alert, isQuiet, notifyRule } from "../../shared/alert.ts";
import type { Config } from "../../shared/config.ts";
import type { MatchWaiting } from "../../shared/desk.ts";
import { isWithin, matchNews, type Noticed, noticedOf } from "./match-news.ts";

/** What a person is told without having asked. */
export type Notice =
  | { readonly kind: "alert"; readonly alert: Alert }
  /** Several that came in quiet hours, told together when those are over. The newest first. */
  | { readonly kind: "meanwhile"; readonly alerts: readonly Alert[] }
  /** Something newly waits for somebody in a match. */
  | { readonly kind: "match"; readonly match: MatchWaiting }
  /** In so many at once that nobody would read each. The most pressing first. */
  | { readonly kind: "matches"; readonly matches: readonly MatchWaiting[] };

/** Of each match there is one notice at a time. */
export const noticeKeyOf = (matchId: string): string => `match/${matchId}`;

export type NoticeRules = {
  readonly notify: Config["AVSPARK_NOTIFY"];
  /** How near its kick-off a match notifies; 0: never. */
  readonly matchHours: number;
  readonly quietHours: string | null;
  readonly muted: boolean;
  /** As `HH:MM`. */
  readonly stockholmTime: string;
};

/** Ids of alerts (numbers) and of matches that are yet to be told. */
export type PutOff = readonly (number | string)[];

type NoticesOptions = {
  readonly rules: () => NoticeRules;
  readonly alerts: () => readonly Alert[];
  /** What waits in matches at the moment, the most pressing first. */
  readonly waiting: () => readonly MatchWaiting[];
  readonly now: () => number;
  /** What the run before put off. */
  readonly putOff: PutOff;
  /** What waited in near matches when the run before ended; null: nobody knows, so that nothing of it is news. */
  readonly noticed: Noticed | null;
  /** Those put off are others now; the next run should know. */
  readonly onPutOff: (ids: PutOff) => void;
  readonly onNoticed: (noticed: Noticed) => void;
  readonly show: (notice: Notice) => void;
  /** Nothing waits in these matches any more. */
  readonly onMatchesOver: (matchIds: readonly string[]) => void;
};

/** As many as are ever put off; of more than these nobody reads. */
const most = 200;

/** More matches than this at once are told of in one notice. */
const eachUpTo = 3;

/**
 * What interrupts a person, and when. Quiet hours let critical alerts through and put off the rest until they end; what has
 * ended by itself meanwhile is told too, what a person has dealt with is not. Muting lets nothing through.
 */
export const createNotices = (options: NoticesOptions) => {
  const { rules, alerts, show } = options;
  let { putOff, noticed } = options;

  const setPutOff = (ids: PutOff): void => {
    putOff = ids;
    options.onPutOff(ids);
  };
  const putOffAlso = (ids: PutOff): void =>
    setPutOff([...putOff.filter((id) => !ids.includes(id)), ...ids].slice(-most));

  const showMatches = (matches: readonly MatchWaiting[]): void => {
    if (matches.length > eachUpTo) show({ kind: "matches", matches });
    else for (const match of matches) show({ kind: "match", match });
  };

  const tellPutOff = (): void => {
    const { quietHours, muted, stockholmTime } = rules();
    if (putOff.length === 0 || muted || isQuiet(quietHours, stockholmTime)) return;
    const ids = new Set(putOff);
    const told = alerts().filter(({ id, state }) => ids.has(id) && !isDealtWith(state));
    const matches = options.waiting().filter(({ matchId }) => ids.has(matchId));
    setPutOff([]);
    const [first] = told;
    if (first !== undefined)
      show(told.length === 1 ? { kind: "alert", alert: first } : { kind: "meanwhile", alerts: told });
    showMatches(matches);
  };

  return {
    /** A person should hear of this alert, now or when it is no longer quiet. */
    news: (alert: Alert): void => {
      tellPutOff();
      const { notify, quietHours, muted, stockholmTime } = rules();
      const rule = notifyRule(alert.level, notify);
      if (muted || rule === "never") return;
      if (rule === "outside-quiet-hours" && isQuiet(quietHours, stockholmTime)) {
        putOffAlso([alert.id]);
        return;
      }
      if (putOff.includes(alert.id)) setPutOff(putOff.filter((id) => id !== alert.id));
      show({ kind: "alert", alert });
    },
    /**
     * Something else may wait in matches than before, or time has brought one near: what is new of what is near enough, a
     * person should hear of. To be called every now and then, too.
     */
    matches: (): void => {
      tellPutOff();
      const { matchHours, quietHours, muted, stockholmTime } = rules();
      const near = options.waiting().filter((match) => isWithin(match, matchHours, options.now()));
      const before = noticed;
      const next = noticedOf(near);
      if (JSON.stringify(next) === JSON.stringify(before)) return;
      noticed = next;
      options.onNoticed(next);
      if (before === null) return;
      options.onMatchesOver(Object.keys(before).filter((id) => next[id] === undefined));
      const news = matchNews(before, near);
      if (muted || news.length === 0) return;
      if (isQuiet(quietHours, stockholmTime)) putOffAlso(news.map(({ matchId }) => matchId));
      else showMatches(news);
    },
    /** To be called every now and then: quiet hours may have ended. */
    tick: tellPutOff,
  };
};

const isDealtWith = ({ name }: Alert["state"]): boolean => name === "acknowledged" || name === "snoozed";
