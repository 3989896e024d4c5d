import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { z } from "zod";
import { inOwnNetwork } from "../fixtures/own-network.ts";

/** Word for word as the predecessor's integration guide has them under "Flask Endpoint Testing". */
const lines = {
  status: "curl http://localhost:5003/redis-status",
  config: "curl http://localhost:5003/redis-config",
  sync: `curl -X POST http://localhost:5003/manual-sync \\
  -H "Content-Type: application/json" \\
  -d '{"matches": [{"matchid": 123456}]}'`,
  // Its other endpoints, asked for in the same way.
  stats: "curl http://localhost:5003/redis-stats",
  test: "curl -X POST http://localhost:5003/redis-test",
  restart: "curl -X POST http://localhost:5003/redis-restart",
} as const;

const channels = {
  match_updates: "fogis:matches:updates",
  processor_status: "fogis:processor:status",
  system_alerts: "fogis:system:alerts",
};

it("the guide's curl lines work as they stand, and answer what the guide shows", async () => {
  const script = join(import.meta.dirname, "on-default-port-child.ts");
  const [command, ...args] = inOwnNetwork([process.execPath, script, ...Object.values(lines)]);
  const { stdout } = await promisify(execFile)(command, args);
  const { redisUrl, outputs } = z
    .object({ redisUrl: z.string(), outputs: z.array(z.string()) })
    .parse(JSON.parse(stdout));
  const answers = Object.fromEntries(Object.keys(lines).map((name, index) => [name, JSON.parse(outputs[index] ?? "")]));

  const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(answers).toMatchObject({
    status: {
      success: true,
      timestamp,
      redis_status: {
        enabled: true,
        status: "connected",
        redis_url: redisUrl,
        subscription_status: {
          subscription_active: true,
          active_channels: expect.arrayContaining(Object.values(channels)),
        },
      },
    },
    config: { success: true, timestamp, configuration: { enabled: true, url: redisUrl, valid: true, channels } },
    sync: { success: true, timestamp, matches_processed: 1, message: "Manual sync completed" },
    stats: {
      success: true,
      timestamp,
      statistics: {
        enabled: true,
        subscription_active: true,
        statistics: {
          subscription_stats: {
            total_messages_received: 0,
            successful_messages: 0,
            failed_messages: 0,
            uptime_seconds: expect.any(Number),
          },
        },
      },
    },
    test: {
      success: true,
      timestamp,
      test_results: {
        overall_success: true,
        connection_test: true,
        subscription_test: true,
        message_handling_test: true,
        errors: [],
      },
    },
    restart: { success: true, timestamp, message: "Redis subscription restarted" },
  });
});
