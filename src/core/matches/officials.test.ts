import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import { type Match, unknownFacts } from "../../shared/match.ts";
import { anOfficial } from "../../shared/testing/people.ts";
import { createOfficialIndex } from "./officials.ts";

const matchAt = (id: string, minute: number | null, names: readonly string[]): Match => ({
  ...unknownFacts,
  id,
  kickoff: minute === null ? null : instantOf(minute * 60_000),
  officials: names.map((name) => anOfficial({ name })),
});

const hour = 3_600_000;

describe("the index of officials", () => {
  it("names an official's other matches, nearest first", () => {
    const index = createOfficialIndex();
    for (const [id, minute] of [
      ["a", 0],
      ["b", 30],
      ["c", 50],
      ["d", 200],
    ] as const)
      index.put(matchAt(id, minute, ["Ada"]));
    expect([...index.near(matchAt("b", 30, []), " ADA ", hour)]).toEqual([
      { id: "c", apartMs: 20 * 60_000 },
      { id: "a", apartMs: 30 * 60_000 },
    ]);
    expect([...index.near(matchAt("b", 30, []), "Bo", hour)]).toEqual([]);
  });

  it("follows what matches are told, as a plain search through all of them would", () => {
    const put = fc.record({
      id: fc.constantFrom("a", "b", "c", "d", "e", "f"),
      minute: fc.option(fc.integer({ min: 0, max: 300 })),
      names: fc.subarray(["Ada", "Bo", "Cy", "Bo"]),
    });
    fc.assert(
      fc.property(fc.array(put, { maxLength: 40 }), fc.constantFrom("Ada", "Bo", "Cy"), (puts, name) => {
        const index = createOfficialIndex();
        const all = new Map<string, Match>();
        for (const { id, minute, names } of puts) {
          const match = matchAt(id, minute, names);
          index.put(match);
          all.set(id, match);
        }
        for (const match of all.values()) {
          const { kickoff } = match;
          const expected = [...all.values()].filter(
            (other) =>
              kickoff !== null &&
              other.id !== match.id &&
              other.kickoff !== null &&
              other.officials.some((official) => official.name === name) &&
              Math.abs(Date.parse(other.kickoff) - Date.parse(kickoff)) < hour,
          );
          const near = [...index.near(match, name, hour)];
          expect(near.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
          const nearAny = index.neighbours([match], hour);
          for (const { id } of near)
            expect(nearAny.has(id) || !match.officials.some((o) => o.name === name)).toBe(true);
          const apart = near.map(({ apartMs }) => apartMs);
          expect(apart).toEqual([...apart].sort((a, b) => a - b));
        }
      }),
    );
  });
});
