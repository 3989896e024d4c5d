import fc from "fast-check";
import { expect, test } from "vitest";
import { placedFor } from "../contacts/card.ts";
import type { WantedContact } from "../contacts/contact.ts";
import { contactsEraser } from "./eraser.ts";
import { personEraser } from "./person.ts";

test("a name with a hyphen is taken out of running text, and its neighbours stay", () => {
  const { payload } = personEraser("Anna-Karin Prov", []);
  expect(payload("Ring Anna-Karin Prov, inte Anna-Karin Provsson.")).toBe("Ring •••, inte Anna-Karin Provsson.");
});

test("what nests too deeply to be read is taken out of a payload, and the rest stays", () => {
  const { payload } = personEraser("Anna Prov", []);
  const deep = (name: string): string => `{"a":1,"b":${"[".repeat(100)}"${name}"${"]".repeat(100)}}`;
  const kept = payload(deep("Anna Prov"));
  expect(kept).not.toContain("Anna");
  expect(JSON.parse(kept)).toMatchObject({ a: 1 });
});

test("any name may be asked for", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (name) => {
      expect(() => personEraser(name, [name]).payload(`x ${name} y`)).not.toThrow();
    }),
  );
});

test("what stood in a contact that was let go is not kept longer than what was told of the person", () => {
  const person = {
    name: "Anna Prov",
    phones: { mobile: "0700000001", home: null, work: null },
    email: "anna@example.com",
    address: null,
    number: "101",
  };
  const mark = { id: "1", hash: "h", made: false, placed: placedFor(person) };
  const letGo = { remoteId: "people/c1", isInGroup: true, mark };
  const contact: WantedContact = { id: "1", hash: "h", start: null, cancelled: false, person, inGroup: true, letGo };
  expect(JSON.stringify(contactsEraser.contact(contact))).not.toMatch(/0700000001|anna@/);
  expect(JSON.stringify(personEraser("Anna Prov", []).contact(contact))).not.toMatch(/0700000001|anna|101/i);
  expect(personEraser("Nils Prov", []).contact(contact)).toBe(contact);
});
