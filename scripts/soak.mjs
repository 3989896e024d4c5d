// npm run soak -- MINUTES [--seed N]: the real app among servers that fail at random, and a verdict at the end.

import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuild } from "./lib/build.mjs";
import { onPrivateDesktop } from "./lib/desktop.mjs";
import { electronRuntime } from "./lib/electron.mjs";
import { projectNode, root } from "./lib/paths.mjs";
import { run, toolPath } from "./lib/run.mjs";
import { runScript, Stop, say } from "./lib/say.mjs";
import { setUpToTest } from "./lib/set-up.mjs";
import { withPackages } from "./lib/with-packages.mjs";

const results = join(root, "test-results", "soak");
const program = join(root, "e2e", "soak", "main.ts");
const rawImports = join(root, "e2e", "fixtures", "raw-imports.mjs");
/** Room for a season's journal, the log and what Chromium keeps. */
const megabytes = 400;

/** @returns {readonly [minutes: number, seed: number]} */
const asked = () => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { seed: { type: "string" } } });
  const minutes = Number(positionals[0] ?? "3");
  const seed = Number(values.seed ?? Date.now() % 100_000);
  if (!(minutes > 0) || !Number.isInteger(seed))
    throw new Stop("How many minutes, and by which number? For example: npm run soak -- 30 --seed 7");
  return [minutes, seed];
};

const soak = async () => {
  const [minutes, seed] = asked();
  await setUpToTest();
  await ensureBuild({ always: false });
  if (electronRuntime() === undefined) throw new Stop("The soak needs an Electron, and there is none.");
  await rm(results, { recursive: true, force: true });
  const disk = join(results, "disk");
  await mkdir(disk, { recursive: true });
  say(`${minutes} minutes, seed ${seed}; the report comes to ${results}`);
  // Only the project's own Node reads this, which may be another than the one that began.
  const { hasSmallDisks, onSmallDisk } = await import("../e2e/fixtures/small-disk.ts");
  /** @type {readonly [string, ...string[]]} */
  const command = [projectNode, "--import", rawImports, program, String(minutes), String(seed), results];
  const whole = hasSmallDisks ? onSmallDisk({ folder: disk, megabytes }, [...command, disk]) : command;
  const { code } = await onPrivateDesktop((desktop) => run(whole, { show: true, env: { ...toolPath(), ...desktop } }));
  process.exitCode = code;
};

await runScript(() => withPackages(soak));
