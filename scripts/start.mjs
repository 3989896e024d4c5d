// npm start: sets up what is missing, builds what has changed, and runs Avspark: with its window, or without a display
// as the headless service.
//
//   npm start -- --no-sandbox   with its window also where Chromium's sandbox cannot work

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ensureBuild } from "./lib/build.mjs";
import { electronRuntime, sandboxObstacle, withoutSandbox } from "./lib/electron.mjs";
import { follow } from "./lib/follow.mjs";
import { projectNode, root } from "./lib/paths.mjs";
import { runScript, say } from "./lib/say.mjs";
import { setUpToRun } from "./lib/set-up.mjs";
import { withPackages } from "./lib/with-packages.mjs";

const hasDisplay = () => {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== "linux" || Boolean(DISPLAY || WAYLAND_DISPLAY);
};

const allowed = process.argv.includes(withoutSandbox);

/** @param {import("./lib/electron.mjs").ElectronRuntime} electron */
const runWindow = ({ executablePath, args }) =>
  follow(spawn(executablePath, [...(allowed ? [withoutSandbox] : []), ...args], { stdio: "inherit" }));

/** @param {import("./lib/electron.mjs").ElectronRuntime | undefined} electron */
const whyNoWindow = (electron) => {
  if (electron === undefined) return "No Electron: running without a window.";
  if (!hasDisplay()) return "No display: running without a window.";
  const obstacle = allowed ? null : sandboxObstacle();
  return obstacle && `${obstacles[obstacle]} ${anyway}`;
};

const obstacles = {
  root: "As root Chromium's sandbox cannot protect this machine from what the window shows: running without a window. Start Avspark as an ordinary user to see it.",
  namespaces:
    "This system refuses user namespaces, which Chromium's sandbox needs: running without a window. The system's administrator can allow them (kernel.unprivileged_userns_clone, or an AppArmor profile).",
};
const anyway = `Or see it unprotected: npm start -- ${withoutSandbox}`;

/** @param {string} address */
const suggest = (address) => {
  say("Try:");
  for (const path of ["/redis-status", "/redis-stats", "/calendar.ics"]) say(`  curl ${address}${path}`);
};

/** Where the service listens is known from its own words. */
const runService = () => {
  const child = spawn(projectNode, [join(root, "bin", "avspark.mjs"), "serve"], {
    stdio: ["inherit", "pipe", "inherit"],
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    say(line);
    const [, address] = /^avspark listening on (http\S+)$/.exec(line) ?? [];
    if (address !== undefined) suggest(address);
  });
  return follow(child);
};

const start = async () => {
  await setUpToRun();
  await ensureBuild({ always: false });
  const electron = electronRuntime();
  const obstacle = whyNoWindow(electron);
  if (electron !== undefined && obstacle === null) {
    process.exitCode = await runWindow(electron);
    return;
  }
  if (obstacle !== null) say(obstacle);
  process.exitCode = await runService();
};

await runScript(() => withPackages(start));
