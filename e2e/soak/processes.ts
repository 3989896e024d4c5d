import { readdirSync, readFileSync } from "node:fs";
import { descriptorKinds } from "./descriptors.ts";
import { elapsed } from "./tell.ts";
import type { Sample } from "./trend.ts";

/** Text of a file under /proc; null when the process has gone meanwhile. */
const read = (path: string): string | null => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
};

const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)$/m.exec(read(`/proc/${pid}/status`) ?? "")?.[1]);

const running = (): readonly number[] =>
  readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));

/** A process with all that it has begun, itself first. */
export const treeOf = (root: number): readonly number[] => {
  const parents = running().map((pid) => [pid, parentOf(pid)] as const);
  const tree = [root];
  for (const pid of tree) tree.push(...parents.filter(([, parent]) => parent === pid).map(([child]) => child));
  return tree;
};

/** Chromium says on the command line what a process is for; the first is the app itself. */
const roleOf = (pid: number): string => /--type=([a-z-]+)/.exec(read(`/proc/${pid}/cmdline`) ?? "")?.[1] ?? "main";

/** How long a process's main thread has run, and how long it was ready to and had to wait for a processor. */
const turnsOf = (pid: number): { readonly ranMs: number; readonly waitedMs: number } => {
  const [ran = 0, waited = 0] = (read(`/proc/${pid}/schedstat`) ?? "").split(" ").map((ns) => Number(ns) / 1e6);
  return { ranMs: ran, waitedMs: waited };
};

/** What a process and all that it has begun take of the machine. */
const measure = (root: number, at: number, nameOfPort: (port: number) => string | null): Sample => {
  const pids = treeOf(root);
  const sum = (of: (pid: number) => number): number => pids.reduce((total, pid) => total + of(pid), 0);
  const status = (name: string) => (pid: number) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(read(`/proc/${pid}/status`) ?? "")?.[1] ?? 0);
  const kinds = descriptorKinds(pids, roleOf, nameOfPort);
  const page = pids.find((pid) => roleOf(pid) === "renderer");
  return {
    at,
    megabytes: Math.round(sum(status("VmRSS")) / 1024),
    descriptors: Object.values(kinds).reduce((total, count) => total + count, 0),
    kinds,
    threads: sum(status("Threads")),
    processes: pids.length,
    page: page === undefined ? null : turnsOf(page),
  };
};

/** Stops or continues a process with all that it has begun, as when the machine sleeps. */
export const signalTree = (root: number, signal: "SIGSTOP" | "SIGCONT"): void => {
  for (const pid of treeOf(root)) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
};

const sampleEveryMs = 2000;

/** Measures as long as it is not stopped; answers what it has of the process that was there last. */
export const startMeasuring = (current: () => number | null, nameOfPort: (port: number) => string | null) => {
  let samples: Sample[] = [];
  let measured: number | null = null;
  const timer = setInterval(() => {
    const pid = current();
    if (pid !== measured) samples = [];
    measured = pid;
    if (pid !== null) samples.push(measure(pid, elapsed(), nameOfPort));
  }, sampleEveryMs);
  return {
    stop: (): readonly Sample[] => {
      clearInterval(timer);
      return samples;
    },
  };
};
