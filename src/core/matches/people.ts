import type { Contact, Official } from "../../shared/match.ts";

type Person = Official | Contact;
type People = readonly Person[];

/** The same person, however a dialect spaces and capitalises the name. */
const foldedName = ({ name }: { readonly name: string }): string =>
  name.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();

const sameTexts = (one: readonly string[], other: readonly string[]): boolean => {
  if (one.length !== other.length) return false;
  const sorted = other.toSorted();
  return one.toSorted().every((text, index) => text === sorted[index]);
};

export const sameNames = (one: People, other: People): boolean => sameTexts(one.map(foldedName), other.map(foldedName));

const placeOf = (person: Person): string | null => ("role" in person ? person.role : person.team);

const samePerson = (one: Person, other: Person | undefined): boolean =>
  other !== undefined &&
  one.name === other.name &&
  one.phone === other.phone &&
  one.email === other.email &&
  placeOf(one) === placeOf(other);

/** The same people with the same details; publishers list them in any order. */
export const samePeople = (one: People, other: People): boolean => {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  if (one.every((person, index) => samePerson(person, other[index]))) return true;
  const wordings = (people: People): string[] =>
    people.map((person) => JSON.stringify([person.name, placeOf(person), person.phone, person.email]));
  return sameTexts(wordings(one), wordings(other));
};

/** Of those who stayed, what is no longer told about them is kept. */
const keepDetails = <P extends Person>(
  known: readonly P[],
  told: readonly P[],
  blend: (old: P, now: P) => P,
): readonly P[] => {
  const left = [...known];
  return told.map((person) => {
    const name = foldedName(person);
    const index = left.findIndex((other) => foldedName(other) === name);
    const [old] = index === -1 ? [] : left.splice(index, 1);
    return old === undefined ? person : blend(old, person);
  });
};

export const keepOfficialDetails = (known: readonly Official[], told: readonly Official[]): readonly Official[] =>
  keepDetails(known, told, (old, now) => ({
    role: now.role ?? old.role,
    name: old.name,
    phone: now.phone ?? old.phone,
    email: now.email ?? old.email,
  }));

export const keepContactDetails = (known: readonly Contact[], told: readonly Contact[]): readonly Contact[] =>
  keepDetails(known, told, (old, now) => ({
    team: now.team ?? old.team,
    name: old.name,
    phone: now.phone ?? old.phone,
    email: now.email ?? old.email,
  }));
