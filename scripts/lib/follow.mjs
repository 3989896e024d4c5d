import { constants } from "node:os";

/** How often to look whether whoever started us is still there. */
const lookMs = 300;

/**
 * Lives as long as a child does: signals that end us are passed on, and how the child ended is how we end.
 * On a terminal Ctrl-C reaches the child by itself: passing it on would make it two. A signal to npm ends npm and the
 * shell between us, which tells us nothing: being handed to another parent is the sign of it.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number>} the exit code
 */
export const follow = (child) =>
  new Promise((resolve, reject) => {
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
      process.on(signal, () => {
        if (signal !== "SIGINT" || process.stdin.isTTY !== true) child.kill(signal);
      });
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) child.kill("SIGTERM");
    }, lookMs).unref();
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
