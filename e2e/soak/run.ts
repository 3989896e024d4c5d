import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { electronRuntime } from "../../scripts/lib/electron.mjs";
import { lookAt } from "../fixtures/look.ts";
import { carryOut } from "./carry-out.ts";
import { journaled, knowledge, outcome } from "./differences.ts";
import { judge } from "./judge.ts";
import { createLives } from "./life.ts";
import { type Done, startPerson } from "./person.ts";
import { laneNames, planOf } from "./plan.ts";
import { startMeasuring } from "./processes.ts";
import { startPublisher } from "./publisher.ts";
import type { Report } from "./report.ts";
import { type Settled, settled } from "./settled.ts";
import { elapsed, messageOf, say } from "./tell.ts";
import { troublesIn } from "./troubles.ts";
import type { SoakWorld } from "./world.ts";

export type Run = {
  readonly seed: number;
  readonly minutes: number;
  readonly matches: number;
  /** A disk that can be full; null: there is none. */
  readonly disk: string | null;
};

/** How long the app may take to know the matches by itself, and then for all else: a mail waits for up to a quarter of an hour. */
const matchesWithinMs = 3 * 60_000;
const allWithinMs = 16 * 60_000;
const syncEveryMs = 30_000;

const logLines = async ({ dataDir }: SoakWorld): Promise<readonly string[]> => {
  const logs = join(dataDir, "logs");
  const files = (await readdir(logs)).map((name) => readFile(join(logs, name), "utf8"));
  return (await Promise.all(files)).flatMap((text) => text.split("\n").filter((line) => line !== ""));
};

const inAll = (acts: readonly Done[]): Done =>
  acts.reduce((sum, { done, inVain }) => ({ done: sum.done + done, inVain: sum.inVain + inVain }), {
    done: 0,
    inVain: 0,
  });

/** What is still there to wait for when nothing fails any more. */
const settle = async (world: SoakWorld): Promise<{ readonly known: Settled; readonly all: Settled }> => {
  const look = lookAt(() => world.address);
  const known = await settled({ differ: () => knowledge(world, look), withinMs: matchesWithinMs });
  say(known.seconds === null ? "the matches are not right" : `the matches were right after ${known.seconds} s`);
  let syncedAt = Number.NEGATIVE_INFINITY;
  const all = await settled({
    differ: async () => ({ ...(await outcome(world, look)), ...(await journaled(world, look)) }),
    withinMs: allWithinMs,
    // Somebody who sees that all is back: what they took back themselves stays so until they sync, and what an app that was killed
    // has left of somebody who is needed no longer goes when they say so.
    meanwhile: async () => {
      if (elapsed() - syncedAt < syncEveryMs) return;
      syncedAt = elapsed();
      try {
        for (const { target, token, removals } of (await look.call("held")).held) {
          say(`a person confirms that ${removals.length} go: ${target}`);
          await look.call("confirm", { target, token });
        }
        await look.call("syncNow");
      } catch (error) {
        say(`a person meets ${messageOf(error)}`);
      }
    },
  });
  say(all.seconds === null ? "not everything is right" : `everything was right after ${all.seconds} s`);
  return { known, all };
};

/** Lets the app live among faults, and judges what is left. */
export const soak = async (world: SoakWorld, { seed, minutes, matches, disk }: Run): Promise<Report> => {
  const complaints: string[] = [];
  const lives = createLives({
    env: world.settings,
    dataDir: world.dataDir,
    onComplaint: (complaint) => void complaints.push(complaint),
  });
  const plan = planOf({ seed, minutes, lanes: laneNames.filter((lane) => lane !== "disk" || disk !== null) });
  await lives.start();
  try {
    const look = lookAt(() => world.address);
    const first = await settled({ differ: () => knowledge(world, look), withinMs: matchesWithinMs });
    if (first.seconds === null) throw new Error("The app never knew the matches, before any fault.");
    say(`the app knows ${matches} matches; ${plan.length} faults in ${minutes} minutes begin`);
    const measuring = startMeasuring(lives.pid, world.nameOfPort);
    const publisher = startPublisher(world);
    const person = startPerson(lives, seed);
    const over = pause(minutes * 60_000);
    const mishaps = await carryOut(plan, troublesIn(world, lives, disk));
    await over;
    say("no faults any more, nothing happens any more");
    await publisher.stop();
    await person.stop();
    const samples = measuring.stop();
    const { known, all } = await settle(world);
    return {
      seed,
      minutes,
      matches,
      runtime: `Electron ${electronRuntime()?.version ?? "unknown"}`,
      verdict: judge({
        differences: { ...known.differences, ...all.differences },
        samples,
        log: await logLines(world),
        tearings: plan.filter(({ lane }) => lane === "app" || lane === "disk").length,
        complaints,
        acts: inAll(Object.values(person.done())),
        mishaps,
      }),
      faults: plan,
      leftOut: disk === null ? ["a full disk: this system allows no small disks of one's own"] : [],
      published: publisher.counts(),
      person: person.done(),
      settledS: { matches: known.seconds, all: all.seconds },
      samples,
    };
  } finally {
    await lives.end();
  }
};
