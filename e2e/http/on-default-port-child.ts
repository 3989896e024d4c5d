import { spawnSync } from "node:child_process";
import { startRedis } from "../fixtures/redis.ts";
import { serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";

// `node on-default-port-child.ts LINE …`: runs lines of shell against `avspark serve` as it is when only Redis is configured,
// and prints what each has written.

const redis = await startRedis();
const served = await serve({ REDIS_URL: redis.url, AVSPARK_HTTP_PORT: "" });
try {
  await until(async () => (await (await fetch(`${served.address}/redis-status`)).text()).includes('"connected"'));
  const outputs = process.argv.slice(2).map((line) => spawnSync("sh", ["-c", line], { encoding: "utf8" }).stdout);
  process.stdout.write(JSON.stringify({ redisUrl: redis.url, outputs }));
} finally {
  await served.stop();
  await redis.close();
}
