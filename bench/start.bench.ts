import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { serve } from "../e2e/fixtures/serve.ts";
import { type Bench, megabytes, milliseconds } from "./bench.ts";
import { besideFloor } from "./floor.ts";
import { cpuSeconds, residentBytes } from "./processes.ts";

/** It has said all that it says at its start, and what that left in memory has been collected if it ever will. */
const settleMs = 1000;

type Started = { readonly wallMs: number; readonly cpuMs: number; readonly bytes: number };

/** A Node that does nothing and stays. */
const startNode = async (): Promise<Started> => {
  const begun = performance.now();
  const child = spawn(process.execPath, ["-e", "process.stdout.write('up'); setInterval(() => 0, 60_000)"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await once(child.stdout, "data");
    const pid = child.pid ?? 0;
    const at = { wallMs: performance.now() - begun, cpuMs: cpuSeconds(pid) * 1000 };
    await pause(settleMs);
    return { ...at, bytes: residentBytes(pid) };
  } finally {
    child.kill();
  }
};

const startService = async (caches: string): Promise<Started> => {
  const begun = performance.now();
  // Nothing listens there: what is measured is the start alone.
  const served = await serve({
    REDIS_URL: "redis://127.0.0.1:1",
    AVSPARK_LOG_LEVEL: "error",
    XDG_CACHE_HOME: caches,
  });
  try {
    const at = { wallMs: performance.now() - begun, cpuMs: cpuSeconds(served.pid) * 1000 };
    await pause(settleMs);
    return { ...at, bytes: residentBytes(served.pid) };
  } finally {
    await served.stop();
  }
};

export const bench: Bench = {
  title: "`avspark serve`, beside a Node that does nothing",
  isQuick: true,
  run: async ({ runs }) => {
    const pairs: { readonly ours: Started; readonly floor: Started }[] = [];
    const caches = await mkdtemp(join(tmpdir(), "avspark-bench-"));
    let first: Started;
    try {
      // The first start of a version leaves what V8 has compiled for all others.
      first = await startService(caches);
      for (let run = 0; run < runs; run += 1)
        pairs.push({ floor: await startNode(), ours: await startService(caches) });
    } finally {
      await rm(caches, { recursive: true, force: true });
    }
    const pairsOf = (key: keyof Started) => pairs.map(({ ours, floor }) => ({ ours: ours[key], floor: floor[key] }));
    const floorIs = "an empty Node";
    return [
      { what: "the first start of all: the processor's time", value: milliseconds(first.cpuMs) },
      besideFloor({
        what: "until it listens: the processor's time",
        floorIs,
        pairs: pairsOf("cpuMs"),
        show: milliseconds,
        limit: { kind: "over", most: 200 },
      }),
      besideFloor({
        what: "until it listens",
        floorIs,
        pairs: pairsOf("wallMs"),
        show: milliseconds,
        limit: { kind: "over", most: 200 },
      }),
      besideFloor({
        what: "memory, at rest",
        floorIs,
        pairs: pairsOf("bytes"),
        show: megabytes,
        limit: { kind: "over", most: 45e6 },
      }),
    ];
  },
};
