import type { Output } from "../../shared/contract.ts";
import { listensToRedis } from "./listens.ts";
import { blamed, type Resolved } from "./resolve.ts";

/** The configuration in force as it may be shown, without secrets. */
export const shownConfiguration = (
  { config, settings, problems, missing, unknown, oldNames }: Resolved,
  redisUrl: string,
): Output<"redisConfig">["configuration"] => ({
  enabled: listensToRedis(config),
  url: redisUrl,
  valid: problems.length === 0,
  channels: {
    match_updates: config.REDIS_MATCH_UPDATES_CHANNEL,
    processor_status: config.REDIS_PROCESSOR_STATUS_CHANNEL,
    system_alerts: config.REDIS_SYSTEM_ALERTS_CHANNEL,
    extra_match_updates: config.AVSPARK_EXTRA_MATCH_CHANNELS,
  },
  stream: config.REDIS_STREAM,
  problems: [...problems, ...missing].map((problem) => ({
    variable: blamed(problem),
    value: problem.value,
    expected: problem.expected,
  })),
  unknown,
  oldNames,
  settings,
});

/** The same as the predecessor's last version put it. */
export const predecessorConfig = ({ config }: Resolved, url: string): Output<"redisConfig">["config"] => ({
  url,
  enabled: listensToRedis(config),
  timeout: config.REDIS_CONNECTION_TIMEOUT,
  channels: {
    match_updates: config.REDIS_MATCH_UPDATES_CHANNEL,
    processor_status: config.REDIS_PROCESSOR_STATUS_CHANNEL,
    system_alerts: config.REDIS_SYSTEM_ALERTS_CHANNEL,
  },
});
