import fc from "fast-check";
import { expect, it } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import { anOfficial } from "../../shared/testing/people.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { createMatchBook } from "./book.ts";
import { createNear } from "./near.ts";

const hour = 3_600_000;
const now = Date.UTC(2027, 4, 6, 12);
const people = ["Prov Ett", "Prov Två", "Prov Tre"].map((name) => anOfficial({ name }));

const step = fc.record({
  id: fc.constantFrom("a", "b", "c", "d"),
  hours: fc.integer({ min: -60, max: 60 }),
  officials: fc.subarray(people),
});

it("names every match whose warnings are others than when it was asked the last time", () => {
  fc.assert(
    fc.property(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 6 }), (rounds) => {
      const book = createMatchBook({ records: [], changes: [], now: () => now, placements: () => ({}) });
      const near = createNear(book);
      const warned = () => new Map(book.views().map(({ id, warnings }) => [id, JSON.stringify(warnings)]));
      for (const steps of rounds) {
        const before = warned();
        for (const { id, hours, officials } of steps)
          near.note(book.put([aRecord(aMatch({ id, kickoff: instantOf(now + hours * hour), officials }))], []));
        const told = new Set([...near.take(), ...steps.map(({ id }) => id)]);
        for (const [id, warnings] of warned()) if (before.get(id) !== warnings) expect(told).toContain(id);
        expect([...near.take()]).toEqual([]);
      }
    }),
  );
});
