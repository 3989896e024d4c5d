import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { spawnServe } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";

test("a reader of standard error that pauses holds nothing up, the ending included", async () => {
  const folder = await mkdtemp(join(tmpdir(), "avspark-log-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  // A pipe that nobody reads, and that is full before the service begins.
  const fullPipe = 'mkfifo unread; exec 3<>unread; head -c 65536 /dev/zero >&3; exec "$@" 2>&3';
  const settings = { AVSPARK_LOG_LEVEL: "debug" };
  const { child, ended } = spawnServe(settings, folder, {
    wrap: (command) => ["sh", "-c", fullPipe, "sh", ...command],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  await until(() => said.includes("listening on"), { what: () => "that it listens" });
  const address = said.trim().split(" ").at(-1) ?? "";
  for (let ask = 0; ask < 20; ask += 1) {
    await fetch(`${address}/redis-restart`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect((await fetch(`${address}/health`)).status).toBe(200);
  }
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});
