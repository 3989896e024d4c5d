import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createChance } from "../../src/core/calendar/testing/virtual-clock.ts";
import type { Match } from "../../src/shared/match.ts";
import { changeSome } from "./matches.ts";
import type { BookSpec, TargetSpec } from "./targets.ts";

const script = fileURLToPath(new URL("./kill-child.ts", import.meta.url));
const rawImports = new URL("../fixtures/raw-imports.mjs", import.meta.url).href;

type Child = {
  readonly process: ChildProcess;
  /** It has opened its journal and begins to sync. */
  readonly started: Promise<void>;
  /** Resolves when it is gone: what it said last, and whether it was killed. */
  readonly ended: Promise<{ readonly last: string; readonly killed: boolean }>;
};

type Life = {
  readonly folder: string;
  readonly targets?: readonly TargetSpec[];
  readonly books?: readonly BookSpec[];
  readonly matches: readonly Match[];
  readonly env?: Readonly<Record<string, string>>;
};

const run = async ({ folder, targets = [], books = [], matches, env = {} }: Life): Promise<Child> => {
  await writeFile(join(folder, "matches.json"), JSON.stringify(matches));
  const child = spawn(process.execPath, ["--import", rawImports, script, JSON.stringify({ folder, targets, books })], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  const lines = createInterface({ input: child.stdout });
  let last = "";
  lines.on("line", (line) => {
    last = line;
  });
  const gone = once(child, "close");
  return {
    process: child,
    started: Promise.race([once(lines, "line"), gone]).then(() => undefined),
    ended: gone.then(([, signal]) => ({ last, killed: signal === "SIGKILL" })),
  };
};

/** One life of the engine, until all is settled or cannot be: what it said last. */
export const liveOnce = async (life: Life): Promise<string> => (await (await run(life)).ended).last;

export type KillRun = Omit<Life, "env"> & {
  /** What happens to the matches between two lives; some are changed where nothing is said. */
  readonly change?: (matches: readonly Match[], chance: () => number) => readonly Match[];
  /** So many times the engine is killed in the middle of a sync. */
  readonly kills: number;
  readonly seed: number;
};

const changeMany = (matches: readonly Match[], chance: () => number): readonly Match[] =>
  changeSome(matches, { share: 0.4, chance });

/**
 * Lets the engine sync, kills it (SIGKILL) at a random moment, changes some matches, and again. The last life is left
 * alone until all is settled. Answers the matches as they are at the end.
 */
export const killDuringSyncs = async (options: KillRun): Promise<readonly Match[]> => {
  const { folder, targets = [], books = [], kills, seed, change = changeMany } = options;
  const chance = createChance(seed);
  let { matches } = options;
  const live = async (): Promise<Child> => {
    const child = await run({ folder, targets, books, matches });
    await child.started;
    return child;
  };
  const settle = async (): Promise<number> => {
    const child = await live();
    const begun = performance.now();
    const { last } = await child.ended;
    if (last !== "settled") throw new Error(`the engine did not settle: ${last}`);
    return performance.now() - begun;
  };

  // The first sync tells how long one takes; a kill after its end would try nothing.
  let span = await settle();
  for (let killed = 0; killed < kills; ) {
    matches = change(matches, chance);
    const child = await live();
    await pause(chance() * span);
    child.process.kill("SIGKILL");
    if ((await child.ended).killed) killed += 1;
    else span *= 0.9;
  }
  await settle();
  return matches;
};
