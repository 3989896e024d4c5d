import { type LogFinding, unexpectedIn } from "./log-lines.ts";
import { grownKinds, growthOf, isFlat, type Measure, measures, type Sample, starvedShare } from "./trend.ts";

/** What is not as it should be, by what was looked at; nothing where all is right. */
export type Differences = Readonly<Record<string, readonly string[]>>;

/** Everything that was seen in a run. */
export type Seen = {
  /** What was still not equal to the truth when the time to settle was over. */
  readonly differences: Differences;
  /** Of the app's last life. */
  readonly samples: readonly Sample[];
  readonly log: readonly string[];
  /** How often a line of the log may have been torn. */
  readonly tearings: number;
  /** What windows said that none should say. */
  readonly complaints: readonly string[];
  /** What the person at the window tried to do. */
  readonly acts: { readonly done: number; readonly inVain: number };
  /** Faults that could not be done or undone: the soak itself is broken. */
  readonly mishaps: readonly string[];
};

export type Check = {
  readonly name: string;
  readonly passed: boolean | "not tried";
  /** What was found, the first of it. */
  readonly said: readonly string[];
};
export type Verdict = { readonly passed: boolean; readonly checks: readonly Check[] };

/** A life that is shorter says nothing of what grows: it is warming up for most of it. */
const shortestLifeMs = 6 * 60_000;
const mostSaid = 20;

const check = (name: string, found: readonly string[]): Check => ({
  name,
  passed: found.length === 0,
  said: found.length > mostSaid ? [...found.slice(0, mostSaid), `and ${found.length - mostSaid} more`] : found,
});

const unitOf: Readonly<Record<Measure, string>> = {
  megabytes: "memory (MB)",
  descriptors: "descriptors",
  threads: "threads",
  processes: "processes",
};

const mostKinds = 4;
const grown = ({ kind, early, late }: ReturnType<typeof grownKinds>[number]): string => `${kind} ${early} to ${late}`;

const growth = (samples: readonly Sample[], measure: Measure): Check => {
  const [first, last] = [samples.at(0), samples.at(-1)];
  const livedMs = first === undefined || last === undefined ? 0 : last.at - first.at;
  const name = `flat: ${unitOf[measure]}`;
  if (livedMs < shortestLifeMs)
    return { name, passed: "not tried", said: [`the last life was ${Math.round(livedMs / 1000)} s long`] };
  const { early, late } = growthOf(samples, measure);
  return {
    name,
    passed: isFlat({ early, late }, measure),
    said: [
      `${early} in its second quarter, ${late} in its last`,
      ...(measure === "descriptors" ? grownKinds(samples).slice(0, mostKinds).map(grown) : []),
    ],
  };
};

/** Now and then a dialog is in the way or the app was killed; a person who gets next to nothing done has tried nothing. */
const leastDone = 0.25;
/** A window that has the processor for less than half of the time in which it could use it says nothing of itself. */
const mostStarved = 0.5;

const person = ({ done, inVain }: Seen["acts"], starved: number): Check => {
  const name = "the person got something done";
  if (done > 0 && done >= leastDone * (done + inVain)) return check(name, []);
  const said = `${done} of ${done + inVain} acts were done`;
  if (starved <= mostStarved) return check(name, [said]);
  const why = `the page waited for a processor in ${Math.round(starved * 100)} % of the time in which it had something to do`;
  return { name, passed: "not tried", said: [said, why] };
};

const logLine = ({ line, count }: LogFinding): string => `${count} × ${line}`;

export const judge = (seen: Seen): Verdict => {
  const checks = [
    ...Object.entries(seen.differences).map(([name, found]) => check(`equal to the truth: ${name}`, found)),
    ...measures.map((measure) => growth(seen.samples, measure)),
    check("no unexpected line in the log", unexpectedIn(seen.log, seen.tearings).map(logLine)),
    check("no complaint in a window", seen.complaints),
    person(seen.acts, starvedShare(seen.samples)),
    check("every fault could be done and undone", seen.mishaps),
  ];
  return { passed: checks.every(({ passed }) => passed !== false), checks };
};
