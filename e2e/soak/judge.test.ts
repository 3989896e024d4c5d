import { expect, test } from "vitest";
import { judge, type Seen } from "./judge.ts";
import type { Measure, Sample } from "./trend.ts";

const minute = 60_000;

/** A life of twenty minutes that warms up and is flat after that, but for what a fault makes of single moments. */
const samples: readonly Sample[] = Array.from({ length: 600 }, (_, index) => ({
  at: index * 2000,
  megabytes: index < 100 ? 300 + index : 400 + (index % 50 === 0 ? 300 : 0),
  descriptors: 500 + (index % 30),
  threads: 90,
  processes: 6,
  kinds: {},
  page: { ranMs: index * 500, waitedMs: index * 300 },
}));

const well: Seen = {
  differences: { matches: [], "events: google": [] },
  samples,
  log: ['{"level":30,"part":"feed","msg":"Listening to Redis."}'],
  tearings: 1,
  complaints: [],
  acts: { done: 60, inVain: 40 },
  mishaps: [],
};
const failedIn = (seen: Seen): readonly string[] =>
  judge(seen).checks.flatMap(({ name, passed }) => (passed === false ? [name] : []));

test("a run in which all was well has held", () => {
  expect(judge(well)).toMatchObject({ passed: true });
  expect(failedIn(well)).toEqual([]);
});

const growing = (measure: Measure, by: number): readonly Sample[] =>
  samples.map((sample, index) => ({ ...sample, [measure]: sample[measure] + index * by }));
const line = (level: number, msg: string, kind?: string): string => JSON.stringify({ level, part: "feed", msg, kind });

test.each<readonly [string, Partial<Seen>]>([
  ["equal to the truth: events: google", { differences: { matches: [], "events: google": ["1: no event"] } }],
  ["flat: memory (MB)", { samples: growing("megabytes", 0.4) }],
  ["flat: descriptors", { samples: growing("descriptors", 0.2) }],
  ["flat: threads", { samples: growing("threads", 0.05) }],
  ["flat: processes", { samples: growing("processes", 0.01) }],
  ["no unexpected line in the log", { log: [line(50, "something failed that nobody had thought of")] }],
  ["no unexpected line in the log", { log: [line(40, "Reading a target failed", "internal")] }],
  ["no unexpected line in the log", { log: ['{"level":3', '{"level":3'] }],
  ["no complaint in a window", { complaints: ["the window threw TypeError"] }],
  ["the person got something done", { acts: { done: 6, inVain: 181 } }],
  ["the person got something done", { acts: { done: 0, inVain: 0 } }],
  ["every fault could be done and undone", { mishaps: ["redis kill after 3 s: no server"] }],
])("%s: it has not held where that is not so", (name, wrong) => {
  expect(failedIn({ ...well, ...wrong })).toEqual([name]);
  expect(judge({ ...well, ...wrong }).passed).toBe(false);
});

test("what a fault explains is expected in the log, and a line that a kill tore", () => {
  expect(failedIn({ ...well, log: [line(40, "Redis does not answer the probe."), '{"level":3'] })).toEqual([]);
});

test("a life that is too short says nothing of what grows", () => {
  const short = growing("megabytes", 5).filter(({ at }) => at < 3 * minute);
  expect(judge({ ...well, samples: short }).checks).toContainEqual({
    name: "flat: memory (MB)",
    passed: "not tried",
    said: ["the last life was 178 s long"],
  });
  expect(judge({ ...well, samples: [] }).passed).toBe(true);
});

test("a page that others leave no processor says nothing of what a person can do", () => {
  const starved = samples.map((sample, index) => ({ ...sample, page: { ranMs: index * 50, waitedMs: index * 900 } }));
  const seen = { ...well, samples: starved, acts: { done: 6, inVain: 181 } };
  expect(failedIn(seen)).toEqual([]);
  expect(judge(seen).checks).toContainEqual({
    name: "the person got something done",
    passed: "not tried",
    said: ["6 of 187 acts were done", expect.stringContaining("95 %")],
  });
});
