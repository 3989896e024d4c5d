import { expect, test } from "vitest";
import { faultKinds, laneNames, planOf } from "./plan.ts";

const half = planOf({ seed: 7, minutes: 30 });

test("the same seed and minutes are the same plan, and another seed is another", () => {
  expect(planOf({ seed: 7, minutes: 30 })).toEqual(half);
  expect(planOf({ seed: 8, minutes: 30 })).not.toEqual(half);
});

test("half an hour tries each kind of fault that there is", () => {
  expect(new Set(half.map(({ kind }) => kind))).toEqual(new Set(faultKinds));
});

test("a run of three minutes has each part fail", () => {
  for (const seed of [1, 2, 3, 4, 5, 6])
    expect(new Set(planOf({ seed, minutes: 3 }).map(({ lane }) => lane))).toEqual(new Set(laneNames));
});

test("a lane has one fault at a time, and all are over when the time is", () => {
  for (const lane of laneNames) {
    let free = 0;
    for (const { at, lastsMs } of half.filter((fault) => fault.lane === lane)) {
      expect(at).toBeGreaterThan(free);
      free = at + lastsMs;
    }
    expect(free).toBeLessThanOrEqual(30 * 60_000);
  }
});

test("the app's last life is longer than all before it", () => {
  const deaths = half.filter(({ lane }) => lane === "app");
  expect(deaths.length).toBeGreaterThan(2);
  expect(Math.max(...deaths.map(({ at }) => at))).toBeLessThan(15 * 60_000);
});

test("a lane that cannot fail here changes nothing about the others", () => {
  const others = laneNames.filter((lane) => lane !== "disk");
  expect(planOf({ seed: 7, minutes: 30, lanes: others })).toEqual(half.filter(({ lane }) => lane !== "disk"));
});
