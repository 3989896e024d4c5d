import { type Alert, rankOf } from "../../shared/alert.ts";

/** What a desk hears of alerts when a list of them follows another. */
export type AlertNews = {
  /** A person should be told of these now, the oldest first. */
  readonly news: readonly Alert[];
  /** Keys of those that were active and are not any more, whoever saw to it. */
  readonly over: readonly string[];
};

/** As the service's own keeper has it: an alert is news when it begins, and when it gets worse. */
export const alertNews = (before: readonly Alert[], now: readonly Alert[]): AlertNews => {
  const earlier = new Map(before.map((alert) => [alert.id, alert]));
  const news = now.filter((alert) => {
    const known = earlier.get(alert.id);
    return alert.state.name === "active" && (known === undefined || rankOf(alert.level) > rankOf(known.level));
  });
  const active = new Set(now.flatMap(({ key, state }) => (state.name === "active" ? [key] : [])));
  const over = before.flatMap(({ key, state }) => (state.name === "active" && !active.has(key) ? [key] : []));
  return { news: news.toReversed(), over: [...new Set(over)] };
};
