import fc from "fast-check";
import { expect, it } from "vitest";
import type { MatchView } from "../shared/snapshot.ts";
import { anOfficial } from "../shared/testing/people.ts";
import { byKickoff, noIndexes, reindex, unseenOf } from "./indexes.ts";
import { match } from "./samples.ts";

const matches: fc.Arbitrary<MatchView> = fc
  .record({
    id: fc.constantFrom("1", "2", "3", "4", "5"),
    kickoff: fc.constantFrom(null, "2027-05-07T21:59:00.000Z", "2027-05-07T22:00:00.000Z", "2027-05-09T12:00:00.000Z"),
    venue: fc.constantFrom("Heden", "Ullevi"),
    competition: fc.constantFrom(null, "Serien", "Cupen"),
    officials: fc.subarray([anOfficial({ name: "Anna", personId: "7" }), anOfficial({ name: "Bo" })]),
    changeId: fc.nat(5),
  })
  .map(({ id, kickoff, venue, ...rest }) => ({ ...match(id, kickoff, venue), ...rest }));

it("kept up by what changes, they are what they are when made of everything at once", () => {
  const step = fc.record({
    put: fc.uniqueArray(matches, { selector: ({ id }) => id }),
    dropped: fc.subarray(["1", "2", "3"]),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), fc.nat(5), (steps, seen) => {
      let kept = noIndexes;
      const current = new Map<string, MatchView>();
      for (const { put, dropped } of steps) {
        const fresh = put.filter(({ id }) => !dropped.includes(id));
        kept = reindex(kept, { put: fresh, dropped }, seen);
        for (const id of dropped) current.delete(id);
        for (const each of fresh) current.set(each.id, each);
      }
      const all = [...current.values()].sort(byKickoff);
      expect(kept).toEqual(reindex(noIndexes, { put: all, dropped: [] }, seen));
      expect(kept.unseen).toEqual(unseenOf(all, seen));
    }),
  );
});

it("find a match by its day in Stockholm, by everybody who has a place in it, and leave what is not touched as it is", () => {
  const anna = anOfficial({ name: "Anna", personId: "7" });
  const first = { ...match("1", "2027-05-07T21:59:00.000Z"), officials: [anna] };
  const second = match("2", "2027-05-07T22:00:00.000Z");
  const index = reindex(noIndexes, { put: [first, second], dropped: [] }, 0);
  expect([...index.byDay]).toEqual([
    ["2027-05-07", [first]],
    ["2027-05-08", [second]],
  ]);
  expect([...index.byPerson]).toEqual([["7", [first]]]);
  const next = reindex(index, { put: [{ ...second, venue: "Ullevi" }], dropped: [] }, 0);
  expect(next.byDay.get("2027-05-07")).toBe(index.byDay.get("2027-05-07"));
  expect(next.byPerson).toBe(index.byPerson);
});
