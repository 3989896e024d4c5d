import { createChance } from "../../src/core/calendar/testing/virtual-clock.ts";
import { pick } from "../../src/main/demo/season.ts";

/** What may fail in each part, and for how long. A lane has one fault at a time; lanes fail beside each other. */
const lanes = {
  redis: {
    kinds: ["redis kill", "redis freeze", "redis slow", "redis cut", "redis drop", "redis nonsense"],
    everyS: 25,
    lastsS: [1, 15],
  },
  list: { kinds: ["list kill", "list freeze", "list slow", "list wrong"], everyS: 25, lastsS: [2, 15] },
  google: { kinds: ["google kill", "google freeze", "google slow", "google wrong"], everyS: 25, lastsS: [2, 15] },
  caldav: { kinds: ["caldav kill", "caldav freeze", "caldav slow", "caldav wrong"], everyS: 25, lastsS: [2, 15] },
  mail: { kinds: ["mail kill", "mail freeze", "mail slow", "mail wrong"], everyS: 30, lastsS: [2, 15] },
  disk: { kinds: ["disk full"], everyS: 60, lastsS: [3, 12] },
  clock: { kinds: ["clock ahead", "clock back"], everyS: 60, lastsS: [5, 20] },
  machine: { kinds: ["machine sleep"], everyS: 90, lastsS: [2, 10] },
  app: { kinds: ["app kill", "app page-dies", "app quit"], everyS: 60, lastsS: [0, 3] },
} as const;

export type Lane = keyof typeof lanes;
export const laneNames = Object.keys(lanes) as readonly Lane[];

export type FaultKind = (typeof lanes)[Lane]["kinds"][number];
export const faultKinds: readonly FaultKind[] = laneNames.flatMap((lane): readonly FaultKind[] => lanes[lane].kinds);

export type Fault = {
  readonly lane: Lane;
  readonly kind: FaultKind;
  /** Since the beginning, in milliseconds. */
  readonly at: number;
  readonly lastsMs: number;
  /** How much, or which of several ways: uniform in [0, 1). */
  readonly degree: number;
};

/** The app itself dies only in this part of the run: the life after that is long enough to show what grows. */
const shareWithDeaths = 0.4;
const spread = (chance: number, least: number, most: number): number => least + chance * (most - least);

/** A number of its own for each lane, so that none depends on which others there are. */
const seedOf = (lane: Lane, seed: number): number =>
  [...lane].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed);

const faultsOf = (lane: Lane, seed: number, untilMs: number): readonly Fault[] => {
  const { everyS, lastsS } = lanes[lane];
  const kinds: readonly FaultKind[] = lanes[lane].kinds;
  // A short run has each part fail too.
  const everyMs = Math.min(1000 * everyS, untilMs / 2);
  const chance = createChance(seedOf(lane, seed));
  const faults: Fault[] = [];
  let free = 0;
  for (;;) {
    const at = Math.round(free + everyMs * spread(chance(), 0.2, 1.4));
    const lastsMs = Math.round(1000 * spread(chance(), lastsS[0], lastsS[1]));
    const kind = pick(kinds, chance);
    const degree = chance();
    if (at + lastsMs > untilMs) return faults;
    faults.push({ lane, kind, at, lastsMs, degree });
    free = at + lastsMs;
  }
};

/** Which fault comes when: nothing but the seed, the minutes and what can fail here decides it. */
export const planOf = (run: {
  readonly seed: number;
  readonly minutes: number;
  readonly lanes?: readonly Lane[];
}): readonly Fault[] => {
  const ms = run.minutes * 60_000;
  return (run.lanes ?? laneNames)
    .flatMap((lane) => faultsOf(lane, run.seed, lane === "app" ? ms * shareWithDeaths : ms))
    .toSorted((one, other) => one.at - other.at);
};
