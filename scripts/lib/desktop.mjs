// A desktop of the tests' own: a screen that nobody sees and a message bus that nobody else is on.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Stop } from "./say.mjs";

/**
 * Starts a server that writes where it can be reached, once it can be, as the first line of its third output.
 * @param {readonly string[]} command
 * @returns {Promise<{ readonly address: string, readonly stop: () => Promise<void> }>}
 */
const startServer = async ([program = "", ...args]) => {
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe", "pipe"] });
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    complaint += text;
  });
  const ended = new Promise((resolve) => child.once("close", resolve).once("error", resolve));
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: /** @type {import("node:stream").Readable} */ (child.stdio[3]) }).once("line", resolve);
    void ended.then((reason) => reject(new Stop(`${program} did not start: ${complaint.trim() || reason}`)));
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill();
      await once(child, "exit");
    }
  };
  return { address, stop };
};

/**
 * Runs `work` with the environment of a private desktop, and ends that desktop afterwards.
 * Elsewhere than on Linux the desktop that is there has to do.
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work
 * @returns {Promise<T>}
 */
export const onPrivateDesktop = async (work) => {
  if (process.platform !== "linux") return work({});
  // Xvfb begins anew when its last client goes, and turns away whoever comes meanwhile.
  const steady = ["-noreset", "-nolisten", "tcp"];
  const screen = await startServer(["Xvfb", "-displayfd", "3", "-screen", "0", "1920x1200x24", ...steady]);
  try {
    const config = join(import.meta.dirname, "session-bus.conf");
    const bus = await startServer(["dbus-daemon", `--config-file=${config}`, "--nofork", "--print-address=3"]);
    try {
      return await work({
        DISPLAY: `:${screen.address}`,
        DBUS_SESSION_BUS_ADDRESS: bus.address,
        WAYLAND_DISPLAY: "",
        XDG_SESSION_TYPE: "x11",
      });
    } finally {
      await bus.stop();
    }
  } finally {
    await screen.stop();
  }
};
