import fc from "fast-check";
import { expect, it } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import { anOfficial } from "../../shared/testing/people.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { createMatchBook } from "../matches/book.ts";
import { createViews } from "./views.ts";

const hour = 3_600_000;
const now = Date.UTC(2027, 4, 6, 12);
const people = ["Prov Ett", "Prov Två", "Prov Tre"].map((name) => anOfficial({ name }));
const ids = ["a", "b", "c", "d"] as const;

const step = fc.oneof(
  fc.record({
    do: fc.constant("put" as const),
    id: fc.constantFrom(...ids),
    hours: fc.integer({ min: -60, max: 60 }),
    officials: fc.subarray(people),
  }),
  fc.record({ do: fc.constant("place" as const), id: fc.constantFrom(...ids) }),
  fc.record({ do: fc.constant("remove" as const), id: fc.constantFrom(...ids) }),
  fc.record({ do: fc.constant("look" as const) }),
);

it("are what the book shows, the same objects while nothing changes, and another revision when something does", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let placed = 0;
      const written = new Map<string, number>();
      const book = createMatchBook({
        records: [],
        changes: [],
        now: () => now,
        placements: (id) => (written.has(id) ? { ics: { state: "there", at: instantOf(written.get(id) ?? 0) } } : {}),
      });
      const views = createViews({ book, placed: () => placed });
      const look = () => views.of(book.inOrder());
      let before = { revision: views.revision(), shown: JSON.stringify(look()) };
      for (const each of steps) {
        if (each.do === "put") {
          const { id, hours, officials } = each;
          const record = aRecord(aMatch({ id, kickoff: instantOf(now + hours * hour), officials }));
          views.note({ moved: book.put([record], []) });
        } else if (each.do === "place") {
          placed += 1;
          written.set(each.id, placed);
        } else if (each.do === "remove") {
          views.touch([each.id, ...book.remove([each.id])]);
        } else {
          const shown = look();
          expect(shown).toEqual(book.views());
          expect(look().every((view, index) => view === shown[index])).toBe(true);
          const after = { revision: views.revision(), shown: JSON.stringify(shown) };
          if (after.shown !== before.shown) expect(after.revision).not.toBe(before.revision);
          before = after;
        }
      }
      expect(look()).toEqual(book.views());
    }),
  );
});
