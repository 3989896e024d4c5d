import { Temporal } from "temporal-polyfill";
import type { Clock } from "../../core/ports.ts";
import type { Config } from "../../shared/config.ts";
import type { Channels } from "./channels.ts";
import { type DemoEvent, demoEvents, demoMatch, demoSeason, pick } from "./season.ts";
import { alertMessage, enhancedUpdate, fogisUpdate, invalidMessage, legacyUpdate, statusMessage } from "./wire.ts";

const firstCycleMs = 2000;
const cycleMs = 8000;
const alertEvery = 9;
const invalidEvery = 7;
const newMatchEvery = 4;
const largestSeason = 90;
const legacyChannel = "fogis:matches:updates:v1";
const enhancedChannel = "fogis:matches:updates:v2";

type DemoFeedOptions = {
  readonly publish: Channels["publish"];
  readonly config: Config;
  readonly clock: Clock;
};

/**
 * Publishes what a match processor publishes: a season first, then cycles in which something happens to a match, now and
 * then an alert, now and then a message nobody can read.
 */
export const startDemoFeed = ({ publish, config, clock }: DemoFeedOptions): { readonly stop: () => void } => {
  let season = demoSeason(Temporal.Instant.fromEpochMilliseconds(clock.now()), clock.random);
  let cycle = 0;

  const announce = (matches: typeof season, events: readonly DemoEvent[]): void => {
    const updates = { matches, events, total: season.length, cycle };
    publish(config.REDIS_MATCH_UPDATES_CHANNEL, fogisUpdate(updates));
    publish(enhancedChannel, enhancedUpdate(updates));
    publish(legacyChannel, legacyUpdate(updates));
  };

  const happen = (): readonly DemoEvent[] => {
    if (cycle % newMatchEvery === 0 && season.length < largestSeason) {
      const today = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO("Europe/Stockholm");
      const match = demoMatch(6_186_200 + season.length, 3 + (cycle % 20), today, clock.random);
      season = [...season, match];
      return [{ match, field: "matchid", category: "new_match", description: "Ny match" }];
    }
    const event = pick(demoEvents, clock.random)(pick(season, clock.random), clock.random);
    season = season.map((match) => (match.id === event.match.id ? event.match : match));
    return [event];
  };

  const runCycle = (): void => {
    cycle += 1;
    const durationMs = 900 + Math.floor(clock.random() * 4000);
    publish(config.REDIS_PROCESSOR_STATUS_CHANNEL, statusMessage("started", cycle, 0, 0));
    const events = cycle === 1 ? [] : happen();
    announce(cycle === 1 ? season : events.map((event) => event.match), events);
    publish(config.REDIS_PROCESSOR_STATUS_CHANNEL, statusMessage("completed", cycle, season.length, durationMs));
    if (cycle % alertEvery === 0) {
      publish(
        config.REDIS_SYSTEM_ALERTS_CHANNEL,
        alertMessage("warning", "FOGIS svarar långsamt: senaste hämtningen tog 28 s"),
      );
    }
    if (cycle % invalidEvery === 0) publish(config.REDIS_MATCH_UPDATES_CHANNEL, invalidMessage(cycle));
  };

  const schedule = (ms: number): (() => void) =>
    clock.after(ms, () => {
      runCycle();
      cancel = schedule(cycle < 6 ? firstCycleMs : cycleMs);
    });

  let cancel = schedule(500);
  return { stop: () => cancel() };
};
