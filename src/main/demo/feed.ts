import { Redis } from "ioredis";
import { Temporal } from "temporal-polyfill";
import type { Clock, Log } from "../../core/ports.ts";
import type { Config } from "../../shared/config.ts";
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

type DemoFeedOptions = { readonly url: string; readonly config: Config; readonly clock: Clock; readonly log: Log };

/**
 * Publishes what a match processor publishes, through the demo's real Redis: a season first, then cycles in which
 * something happens to a match, now and then an alert, now and then a message nobody can read.
 */
export const startDemoFeed = ({ url, config, clock, log }: DemoFeedOptions): { readonly stop: () => void } => {
  const client = new Redis(url, { retryStrategy: () => 500, maxRetriesPerRequest: null });
  client.on("error", () => undefined);
  let season = demoSeason(Temporal.Instant.fromEpochMilliseconds(clock.now()), clock.random);
  let cycle = 0;
  let cancel: (() => void) | null = null;

  const publish = async (channel: string, message: string): Promise<void> =>
    void (await client.publish(channel, message));

  const announce = async (matches: typeof season, events: readonly DemoEvent[]): Promise<void> => {
    const updates = { matches, events, total: season.length, cycle };
    await publish(config.REDIS_MATCH_UPDATES_CHANNEL, fogisUpdate(updates));
    await publish(enhancedChannel, enhancedUpdate(updates));
    await publish(legacyChannel, legacyUpdate(updates));
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

  const runCycle = async (): Promise<void> => {
    cycle += 1;
    const durationMs = 900 + Math.floor(clock.random() * 4000);
    await publish(config.REDIS_PROCESSOR_STATUS_CHANNEL, statusMessage("started", cycle, 0, 0));
    const events = cycle === 1 ? [] : happen();
    await announce(cycle === 1 ? season : events.map((event) => event.match), events);
    await publish(config.REDIS_PROCESSOR_STATUS_CHANNEL, statusMessage("completed", cycle, season.length, durationMs));
    if (cycle % alertEvery === 0) {
      await publish(
        config.REDIS_SYSTEM_ALERTS_CHANNEL,
        alertMessage("warning", "FOGIS svarar långsamt: senaste hämtningen tog 28 s"),
      );
    }
    if (cycle % invalidEvery === 0) await publish(config.REDIS_MATCH_UPDATES_CHANNEL, invalidMessage(cycle));
  };

  const schedule = (ms: number): void => {
    cancel = clock.after(ms, () => {
      runCycle()
        .catch((error: unknown) => log.debug("the demo feed could not publish", { error }))
        .finally(() => {
          if (cancel !== null) schedule(cycle < 6 ? firstCycleMs : cycleMs);
        });
    });
  };

  schedule(500);
  return {
    stop: () => {
      cancel?.();
      cancel = null;
      client.disconnect();
    },
  };
};
