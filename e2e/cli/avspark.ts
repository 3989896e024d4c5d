import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Served } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";

export const program = join(import.meta.dirname, "../../bin/avspark.mjs");

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

type Given = {
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads from standard input. */
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  /** The Node it runs on. */
  readonly node?: string;
};

/** A bare environment: nothing of the developer's own settings, colours or locale. */
const environment = (env: Readonly<Record<string, string>>): Readonly<Record<string, string | undefined>> => ({
  PATH: process.env.PATH,
  HOME: tmpdir(),
  ...env,
});

/** `avspark …` while it runs. */
export const spawnAvspark = (args: readonly string[], given: Given = {}): ChildProcessWithoutNullStreams => {
  const child = spawn(given.node ?? process.execPath, [program, ...args], {
    cwd: given.cwd ?? tmpdir(),
    env: environment(given.env ?? {}),
  });
  child.stdin.end(given.input ?? "");
  // A program that does not read what it is sent is no error of ours.
  child.stdin.on("error", () => undefined);
  return child;
};

/** `avspark …` to its end. */
export const avspark = async (args: readonly string[], given: Given = {}): Promise<Ended> => {
  const child = spawnAvspark(args, given);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  await once(child, "close");
  return { code: child.exitCode, stdout, stderr };
};

/** Waits until the service hears Redis, and has heard so many messages. */
export const live = async ({ address }: Pick<Served, "address">, messages = 0, token = ""): Promise<void> => {
  const get = async (path: string): Promise<string> =>
    (await fetch(address + path, { headers: { authorization: `Bearer ${token}` } })).text();
  const received = async (): Promise<number> =>
    Number(/"total_messages_received":(\d+)/.exec(await get("/redis-stats"))?.[1] ?? 0);
  const options = { withinMs: 45_000, everyMs: 50, what: () => `a live subscription and ${messages} messages` };
  await until(async () => (await get("/redis-status")).includes('"status":"connected"'), options);
  await until(async () => (await received()) >= messages, options);
};
