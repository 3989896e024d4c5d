import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { raise } from "../../shared/problem.ts";

export type PrivateRedis = { readonly url: string; readonly stop: () => Promise<void> };

/** A free port may be taken by somebody else before Redis has it. */
const tries = 5;
const readyMs = 10_000;

/**
 * The shell ends Redis when our end of its input closes: also when this program is killed and can end nothing itself.
 */
const guardScript = 'redis-server "$1" & child=$!; cat >/dev/null; kill $child 2>/dev/null; wait $child';

/**
 * Chromium leaves its sockets open to children (electron/electron#1447): while Redis holds the other end of a process's
 * channel, nobody sees that process die, and the window waits for ever for a GPU process that is gone. So what was inherited
 * is closed first, which takes a bash: other shells cannot close a descriptor above 9.
 */
const closeInherited = 'cd /dev/fd && for fd in *; do [ "$fd" -gt 2 ] && eval "exec $fd>&-"; done; cd /';
const [shell, script] =
  process.versions.electron === undefined ? ["sh", guardScript] : ["bash", `${closeInherited}; ${guardScript}`];

/**
 * A redis-server of our own for the demo: on a free loopback port, with a password nobody knows, in memory alone.
 * Throws `redis-server-missing` where there is none to run.
 */
export const startPrivateRedis = async (): Promise<PrivateRedis> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce();
    } catch (error) {
      if (attempt === tries) throw error;
    }
  }
};

export const hasRedisServer = async (): Promise<boolean> => {
  const probe = spawn("redis-server", ["--version"], { stdio: "ignore" });
  return new Promise((resolve) => {
    probe.once("error", () => resolve(false));
    probe.once("exit", (code) => resolve(code === 0));
  });
};

const startOnce = async (): Promise<PrivateRedis> => {
  const folder = await mkdtemp(join(tmpdir(), "avspark-redis-"));
  const port = await freePort();
  const password = randomBytes(24).toString("hex");
  const file = join(folder, "redis.conf");
  const lines = [
    "bind 127.0.0.1",
    `port ${port}`,
    `requirepass ${password}`,
    'save ""',
    "appendonly no",
    `dir ${JSON.stringify(folder)}`,
  ];
  await writeFile(file, `${lines.join("\n")}\n`, { mode: 0o600 });
  const guard = spawn(shell, ["-c", script, shell, file], { stdio: ["pipe", "ignore", "ignore"] });
  const ended = new Promise((resolve) => guard.once("exit", resolve).once("error", resolve));
  const stop = async (): Promise<void> => {
    guard.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const url = `redis://:${password}@127.0.0.1:${port}`;
  try {
    await answers(url, () => guard.exitCode !== null);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Waits until the server answers our password: somebody else's server on that port would not. */
const answers = async (url: string, isDead: () => boolean): Promise<void> => {
  const until = Date.now() + readyMs;
  // Between two tries a client cannot be disconnected: it must be told that there is no next one.
  const retryStrategy = () => (isDead() || Date.now() > until ? null : 50);
  const client = new Redis(url, { lazyConnect: true, retryStrategy, maxRetriesPerRequest: null });
  client.on("error", () => undefined);
  const deadline = setTimeout(() => client.disconnect(), readyMs);
  try {
    await client.connect().catch(() => undefined);
    await client.ping();
  } catch {
    raise("redis-server-missing", "The demo's own Redis server did not start.");
  } finally {
    clearTimeout(deadline);
    client.disconnect();
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return address !== null && typeof address === "object" ? address.port : 0;
};
