import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import { type Match, type Official, unknownFacts, unknownOfficial } from "../../shared/match.ts";
import { createDirectory } from "./directory.ts";

/** What is hidden may be read here. */
const plain = (text: string): string => text.replaceAll(" ", "").padEnd(16, ".");

let matches = 0;
const match = (...officials: readonly Official[]): Match => {
  matches += 1;
  return { ...unknownFacts, id: String(matches), kickoff: instantOf(matches * 86_400_000), officials };
};
const person = (name: string, told: Partial<Official> = {}): Official => {
  const phones = { ...unknownOfficial.phones, mobile: told.phone ?? null };
  return { ...unknownOfficial, name, phones, ...told };
};

/** Who has how many matches. */
const told = (...all: readonly Match[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...createDirectory(all, plain).people()].map(([id, { assignments }]) => [id, assignments.length]),
  );

describe("who somebody is", () => {
  test("FOGIS's id decides, however the name is written", () => {
    expect(told(match(person("Anna Prov", { personId: "7" })), match(person("anna  PROV", { personId: "7" })))).toEqual(
      {
        "fogis-7": 2,
      },
    );
  });

  test("two people of one name and one telephone, father and son, stay two", () => {
    const phone = "0700000001";
    expect(
      told(match(person("Nils Prov", { personId: "1", phone })), match(person("Nils Prov", { personId: "2", phone }))),
    ).toEqual({ "fogis-1": 1, "fogis-2": 1 });
    expect(told(match(person("Nils Prov", { phone }), person("Erik Prov", { phone })))).toEqual({
      "reach-nilsprov07000000": 1,
      "reach-erikprov07000000": 1,
    });
  });

  test("a number finds the person whose id is known elsewhere", () => {
    expect(
      told(match(person("Anna Prov", { number: "99" })), match(person("Anna Prov", { personId: "7", number: "99" }))),
    ).toEqual({ "fogis-7": 2 });
  });

  test("a telephone with the same name does, however it is written", () => {
    const known = match(person("Anna Prov", { personId: "7", phone: "070-000 00 01" }));
    expect(told(known, match(person("Anna Prov", { phone: "+46700000001" })))).toEqual({ "fogis-7": 2 });
  });

  test("a name alone finds the only one who is called so, and nobody when there are two", () => {
    const known = match(person("Anna Prov", { personId: "7" }));
    expect(told(known, match(person("Anna Prov")))).toEqual({ "fogis-7": 2 });
    const namesake = match(person("Anna Prov", { personId: "8" }));
    expect(told(known, namesake, match(person("Anna Prov")))).toEqual({
      "fogis-7": 1,
      "fogis-8": 1,
      "name-annaprov........": 1,
    });
  });

  test("the latest word on how to reach somebody holds, and what it leaves open is kept", () => {
    const before = match(person("Anna Prov", { personId: "7", phone: "0700000001", email: "anna@example.com" }));
    const after = match(person("Anna Prov", { personId: "7", phone: "0700000002" }));
    const anna = createDirectory([after, before], plain).people().get("fogis-7");
    expect(anna?.official).toMatchObject({ phone: "0700000002", email: "anna@example.com" });
    expect(anna?.assignments.map(({ match: { id } }) => id)).toEqual([before.id, after.id]);
  });
});

test("every place is somebody's, once, whatever was told and in whatever order", () => {
  const few = (...values: readonly string[]) => fc.option(fc.constantFrom(...values), { nil: null });
  const official = fc
    .record({
      name: fc.constantFrom("Anna Prov", "Nils Prov", "Erik Prov"),
      personId: few("1", "2"),
      number: few("11", "12"),
      phone: few("0700000001", "0700000002"),
      email: few("one@example.com", "two@example.com"),
    })
    .map(({ name, ...rest }) => person(name, rest));
  fc.assert(
    fc.property(fc.array(fc.array(official, { maxLength: 4 }), { maxLength: 6 }), (lists) => {
      const all = lists.map((officials) => match(...officials));
      const people = createDirectory(all, plain).people();
      const places = [...people.values()].flatMap(({ assignments }) => assignments);
      expect(places).toHaveLength(lists.flat().length);
      for (const { assignments } of people.values()) {
        const ids = new Set(assignments.flatMap(({ official: { personId } }) => personId ?? []));
        expect(ids.size).toBeLessThanOrEqual(1);
      }
      expect([...createDirectory(all.toReversed(), plain).people().keys()].toSorted()).toEqual(
        [...people.keys()].toSorted(),
      );
    }),
  );
});
