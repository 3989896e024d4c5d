// npm start: sets up what is missing, builds what has changed, and runs Avspark: with its window, or without a display
// as the headless service.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ensureBuild } from "./lib/build.mjs";
import { electronRuntime } from "./lib/electron.mjs";
import { follow } from "./lib/follow.mjs";
import { projectNode, root } from "./lib/paths.mjs";
import { runScript, say } from "./lib/say.mjs";
import { setUpToRun } from "./lib/set-up.mjs";
import { withPackages } from "./lib/with-packages.mjs";

const hasDisplay = () => {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== "linux" || Boolean(DISPLAY || WAYLAND_DISPLAY);
};

/** @param {import("./lib/electron.mjs").ElectronRuntime} electron */
const runWindow = ({ executablePath, args }) => follow(spawn(executablePath, args, { stdio: "inherit" }));

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
  if (electron !== undefined && hasDisplay()) {
    process.exitCode = await runWindow(electron);
    return;
  }
  say(electron === undefined ? "No Electron: running without a window." : "No display: running without a window.");
  process.exitCode = await runService();
};

await runScript(() => withPackages(start));
