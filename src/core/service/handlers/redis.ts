import type { ClusterStatus, Connection } from "../../../shared/connection.ts";
import type { Handlers } from "../../../shared/contract.ts";
import { instantOf } from "../../../shared/instant.ts";
import { type Problem, ProblemError } from "../../../shared/problem.ts";
import type { Health } from "../../../shared/snapshot.ts";
import type { Counters } from "../../../shared/stats.ts";
import type { createCurrentSettings } from "../../config/current.ts";
import { listensToRedis } from "../../config/listens.ts";
import { predecessorConfig, shownConfiguration } from "../../config/shown.ts";
import type { Feed } from "../../feed/feed.ts";
import type { MatchBook } from "../../matches/book.ts";
import type { Clock } from "../../ports.ts";
import type { Targets } from "../../targets/targets.ts";
import { predecessorStatus } from "../predecessor.ts";

type RedisHandlers = Pick<Handlers, "redisStatus" | "redisStats" | "redisTest" | "redisRestart" | "redisConfig">;

type RedisTools = {
  readonly mode: "demo" | "live";
  readonly clock: Pick<Clock, "elapsed" | "now">;
  readonly settings: Pick<ReturnType<typeof createCurrentSettings>, "resolved" | "config">;
  /** Where Redis is, without its password; says so when it is the demo's own. */
  readonly shownRedisUrl: string;
  readonly feed: Pick<Feed, "connection" | "source" | "stream" | "gaps" | "test" | "restart">;
  readonly calendars: Pick<Targets, "status">;
  /** null: there are no other nodes. */
  readonly cluster: () => ClusterStatus | null;
  readonly book: Pick<MatchBook, "records">;
  readonly counters: () => Counters;
  readonly health: () => Health;
};

export const redisHandlers = (tools: RedisTools): RedisHandlers => {
  const { mode, clock, settings, shownRedisUrl, feed, calendars, book } = tools;
  const begun = clock.elapsed();
  return {
    redisStatus: async () => {
      const connection = feed.connection();
      return {
        redis_status: {
          ...predecessorStatus(connection),
          enabled: listensToRedis(settings.config()),
          status: statusWord(connection),
          redis_url: shownRedisUrl,
          subscription_status: {
            subscription_active: connection.state === "live",
            active_channels: activeChannels(connection),
          },
          connection,
          stream: feed.stream(),
          cluster: tools.cluster(),
          source: feed.source(),
          calendars: calendars.status(),
          health: tools.health(),
          mode,
        },
      };
    },
    redisStats: async () => {
      const counters = tools.counters();
      const connection = feed.connection();
      return {
        statistics: {
          enabled: listensToRedis(settings.config()),
          subscription_active: connection.state === "live",
          statistics: {
            subscription_stats: {
              total_messages_received: counters.received,
              successful_messages: counters.received - counters.invalid,
              failed_messages: counters.invalid,
              uptime_seconds: Math.floor((clock.elapsed() - begun) / 1000),
              duplicate_messages: counters.duplicates,
              rejected_matches: counters.rejectedMatches,
              noted_fields: counters.notedFields,
              reconnects: counters.reconnects,
              last_message_at: counters.lastMessageAt,
              matches: book.records.size,
              open_gaps: feed.gaps().filter((gap) => gap.state !== "closed").length,
            },
          },
        },
        stats: {
          subscription_active: connection.state === "live",
          channels: activeChannels(connection),
          timestamp: instantOf(clock.now()),
        },
      };
    },
    redisTest: async () => {
      const results = await feed.test();
      const enabled = listensToRedis(settings.config());
      return { test_results: { ...predecessorStatus(feed.connection()), enabled, ...results } };
    },
    redisRestart: async () => {
      const connection = await feed.restart();
      const cause = causeOf(connection);
      if (cause !== null) throw new ProblemError(cause, { connection });
      return { message: "Redis subscription restarted", connection };
    },
    redisConfig: async () => ({
      configuration: shownConfiguration(settings.resolved(), shownRedisUrl),
      config: predecessorConfig(settings.resolved(), shownRedisUrl),
    }),
  };
};

const activeChannels = (connection: Connection): readonly string[] =>
  connection.state === "live" ? connection.channels : [];

/** Why a subscription that was to be live is not. */
const causeOf = (connection: Connection): Problem | null =>
  connection.state === "reconnecting" || connection.state === "refused" || connection.state === "stopped"
    ? connection.cause
    : null;

/** The guide's words; `connected` only when it is proven. */
const statusWord = ({ state }: Connection): "connected" | "connecting" | "disconnected" | "disabled" => {
  switch (state) {
    case "live":
      return "connected";
    case "connecting":
    case "subscribing":
      return "connecting";
    case "disabled":
      return "disabled";
    case "stopped":
    case "silent":
    case "reconnecting":
    case "refused":
      return "disconnected";
  }
};
