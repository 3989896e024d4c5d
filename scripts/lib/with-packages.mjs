// The machine's own Node may be old: it fetches the packages, and the work goes on with the Node among them.

import { spawn } from "node:child_process";
import { follow } from "./follow.mjs";
import { ensurePackages } from "./packages.mjs";
import { projectNode } from "./paths.mjs";
import { toolPath } from "./run.mjs";

const projectMajor = 24;
const mark = "AVSPARK_PACKAGES_CHECKED_BY";

/**
 * Runs `work` with all packages there, on the project's Node: here, or in this same script started again on it.
 * @param {() => Promise<void>} work
 */
export const withPackages = async (work) => {
  if (process.env[mark] !== String(process.ppid)) await ensurePackages();
  delete process.env[mark];
  if (Number.parseInt(process.versions.node, 10) >= projectMajor) return work();
  const child = spawn(projectNode, process.argv.slice(1), {
    stdio: "inherit",
    env: { ...process.env, ...toolPath(), [mark]: String(process.pid) },
  });
  process.exitCode = await follow(child);
};
