import type { Connection } from "../../../shared/connection.ts";
import type { Handlers } from "../../../shared/contract.ts";
import { type Problem, ProblemError } from "../../../shared/problem.ts";
import { shownConfiguration } from "../../config/shown.ts";
import type { ServiceContext } from "../context.ts";

type RedisHandlers = Pick<Handlers, "redisStatus" | "redisStats" | "redisTest" | "redisRestart" | "redisConfig">;

export const redisHandlers = (service: ServiceContext): RedisHandlers => {
  const begun = service.clock.elapsed();
  return {
    redisStatus: async () => {
      const connection = service.feed.connection();
      return {
        redis_status: {
          enabled: service.config().REDIS_PUBSUB_ENABLED,
          status: statusWord(connection),
          redis_url: service.shownRedisUrl,
          subscription_status: {
            subscription_active: connection.state === "live",
            active_channels: connection.state === "live" ? connection.channels : [],
          },
          connection,
          source: service.feed.source(),
          calendars: service.calendars.status(),
          health: service.health(),
          mode: service.mode,
        },
      };
    },
    redisStats: async () => {
      const counters = service.counters();
      return {
        statistics: {
          enabled: service.config().REDIS_PUBSUB_ENABLED,
          subscription_active: service.feed.connection().state === "live",
          statistics: {
            subscription_stats: {
              total_messages_received: counters.received,
              successful_messages: counters.received - counters.invalid,
              failed_messages: counters.invalid,
              uptime_seconds: Math.floor((service.clock.elapsed() - begun) / 1000),
              duplicate_messages: counters.duplicates,
              rejected_matches: counters.rejectedMatches,
              noted_fields: counters.notedFields,
              reconnects: counters.reconnects,
              last_message_at: counters.lastMessageAt,
              matches: service.book.records.size,
              open_gaps: service.feed.gaps().filter((gap) => gap.state !== "closed").length,
            },
          },
        },
      };
    },
    redisTest: async () => ({ test_results: await service.feed.test() }),
    redisRestart: async () => {
      const connection = await service.feed.restart();
      const cause = causeOf(connection);
      if (cause !== null) throw new ProblemError(cause, { connection });
      return { message: "Redis subscription restarted", connection };
    },
    redisConfig: async () => ({ configuration: shownConfiguration(service.resolved(), service.shownRedisUrl) }),
  };
};

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
