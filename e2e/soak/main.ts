import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { judge } from "./judge.ts";
import { createLives, type Lives } from "./life.ts";
import { startPerson } from "./person.ts";
import { type Fault, type Lane, laneNames, planOf } from "./plan.ts";
import { measure } from "./processes.ts";
import { startPublisher } from "./publisher.ts";
import { inMarkdown, type Report } from "./report.ts";
import { type Differences, isEmpty, journaled, knowledge, lookInto, outcome } from "./settle.ts";
import type { Sample } from "./trend.ts";
import { troublesIn } from "./troubles.ts";
import type { Trouble } from "./turns.ts";
import { openWorld, type SoakWorld } from "./world.ts";

/** node e2e/soak/main.ts MINUTES SEED FOLDER [DISK]: see scripts/soak.mjs. */
const [minutes = 3, seed = 1] = process.argv.slice(2, 4).map(Number);
const [folder = ".", disk = null] = process.argv.slice(4);

const matches = 200;
const sampleEveryMs = 2000;
/** While it settles; looking takes its part of the machine too. */
const lookEveryMs = 3000;
/** How long the app may take to know the matches by itself, and then for all else: a mail waits for up to a quarter of an hour. */
const matchesWithinMs = 3 * 60_000;
const allWithinMs = 16 * 60_000;
const syncEveryMs = 30_000;

const begun = performance.now();
const elapsed = (): number => performance.now() - begun;
const say = (line: string): void =>
  void process.stdout.write(`${(elapsed() / 1000).toFixed(0).padStart(5)} s  ${line}\n`);
const waitUntil = (at: number): Promise<void> => pause(Math.max(0, at - elapsed()));
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Carries out the faults of one lane, one after the other. */
const runLane = async (
  faults: readonly Fault[],
  troubles: Readonly<Record<Fault["kind"], Trouble>>,
  from: number,
  mishaps: string[],
): Promise<void> => {
  for (const { kind, at, lastsMs, degree } of faults) {
    await waitUntil(from + at);
    say(`${kind}, ${(lastsMs / 1000).toFixed(1)} s`);
    try {
      await troubles[kind].begin(degree);
      await pause(lastsMs);
      await troubles[kind].end();
    } catch (error) {
      mishaps.push(`${kind} after ${Math.round(at / 1000)} s: ${messageOf(error)}`);
      say(`${kind} went wrong: ${messageOf(error)}`);
    }
  }
};

const inBrief = (differences: Differences): string =>
  Object.entries(differences)
    .flatMap(([name, found]) => (found.length === 0 ? [] : [`${name}: ${found.length} (${found[0]})`]))
    .join("; ");

/** Waits until nothing differs; answers after how long, or null, and what still differs. */
const settled = async (
  differ: () => Promise<Differences>,
  withinMs: number,
  meanwhile: () => Promise<void>,
): Promise<{ readonly seconds: number | null; readonly differences: Differences }> => {
  const from = elapsed();
  let said = "";
  for (;;) {
    const differences = await differ().catch((error: unknown) => ({ answers: [messageOf(error)] }));
    if (isEmpty(differences)) return { seconds: Math.round((elapsed() - from) / 1000), differences };
    if (elapsed() - from > withinMs) return { seconds: null, differences };
    const brief = inBrief(differences);
    if (brief !== said) say(`  ${brief}`);
    said = brief;
    await meanwhile();
    await pause(lookEveryMs);
  }
};

const logLines = async ({ dataDir }: SoakWorld): Promise<readonly string[]> => {
  const logs = join(dataDir, "logs");
  const files = (await readdir(logs)).map((name) => readFile(join(logs, name), "utf8"));
  return (await Promise.all(files)).flatMap((text) => text.split("\n").filter((line) => line !== ""));
};

const startMeasuring = (lives: Lives) => {
  let samples: Sample[] = [];
  let pid: number | null = null;
  const timer = setInterval(() => {
    const now = lives.pid();
    if (now !== pid) samples = [];
    pid = now;
    if (pid !== null) samples.push(measure(pid, elapsed()));
  }, sampleEveryMs);
  return {
    stop: (): readonly Sample[] => {
      clearInterval(timer);
      return samples;
    },
  };
};

const lanesHere = (): readonly Lane[] => laneNames.filter((lane) => lane !== "disk" || disk !== null);

const soak = async (world: SoakWorld): Promise<Report> => {
  const complaints: string[] = [];
  const mishaps: string[] = [];
  const lives = createLives({
    env: world.settings,
    dataDir: world.dataDir,
    onComplaint: (complaint) => void complaints.push(complaint),
  });
  const look = lookInto(world);
  const plan = planOf({ seed, minutes, lanes: lanesHere() });
  await lives.start();
  try {
    say("the app runs");
    const first = await settled(
      () => knowledge(world, look),
      matchesWithinMs,
      async () => undefined,
    );
    if (first.seconds === null) throw new Error("The app never knew the matches, before any fault.");
    say(`it knows ${matches} matches; ${plan.length} faults in ${minutes} minutes begin`);
    const measuring = startMeasuring(lives);
    const publisher = startPublisher(world);
    const person = startPerson(lives, seed);
    const troubles = troublesIn(world, lives, disk);
    const from = elapsed();
    const faultsOf = (lane: Lane): readonly Fault[] => plan.filter((fault) => fault.lane === lane);
    await Promise.all(laneNames.map((lane) => runLane(faultsOf(lane), troubles, from, mishaps)));
    await waitUntil(from + minutes * 60_000);
    say("no faults any more, nothing happens any more");
    await publisher.stop();
    await person.stop();
    const samples = measuring.stop();

    const known = await settled(
      () => knowledge(world, look),
      matchesWithinMs,
      async () => undefined,
    );
    say(
      `the matches: ${known.seconds === null ? JSON.stringify(known.differences) : `right after ${known.seconds} s`}`,
    );
    let syncedAt = Number.NEGATIVE_INFINITY;
    const syncNow = async (): Promise<void> => {
      if (elapsed() - syncedAt < syncEveryMs) return;
      syncedAt = elapsed();
      await look.call("syncNow").catch((error: unknown) => say(`sync now: ${messageOf(error)}`));
    };
    const all = await settled(
      async () => ({ ...(await outcome(world, look)), ...(await journaled(world, look)) }),
      allWithinMs,
      syncNow,
    );
    say(`everything: ${all.seconds === null ? "not equal to the truth" : `right after ${all.seconds} s`}`);
    const deaths = plan.filter(({ lane }) => lane === "app" || lane === "disk").length;
    const verdict = judge({
      differences: { ...known.differences, ...all.differences },
      samples,
      log: await logLines(world),
      tearings: deaths,
      complaints,
      mishaps,
    });
    const whole = { deaths, samples };
    await writeFile(join(folder, "samples.json"), JSON.stringify(whole));
    return {
      seed,
      minutes,
      matches,
      runtime: `Electron ${electronRuntime()?.version ?? "unknown"}`,
      verdict,
      faults: plan,
      leftOut: disk === null ? ["a full disk: this system allows no small disks of one's own"] : [],
      published: publisher.counts(),
      person: person.done(),
      settledS: { matches: known.seconds, all: all.seconds },
    };
  } finally {
    await lives.end();
  }
};

// Whoever stops it stops the app and the servers too: they end with this process.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
await mkdir(folder, { recursive: true });
const world = await openWorld({ seed, matches, disk });
try {
  const report = await soak(world);
  await writeFile(join(folder, "soak.json"), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(folder, "soak.md"), inMarkdown(report));
  process.stdout.write(inMarkdown(report));
  process.exitCode = report.verdict.passed ? 0 : 1;
} finally {
  await world.close();
}
