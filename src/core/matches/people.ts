import { foldedName } from "../../shared/identity.ts";
import { type Contact, type Official, type Phones, unknownContact, unknownOfficial } from "../../shared/match.ts";
import type { SaidContact, SaidOfficial } from "../facts/facts.ts";
import { same } from "./same.ts";

type Person = Official | Contact;
type SaidPerson = SaidOfficial | SaidContact;

const sameTexts = (one: readonly string[], other: readonly string[]): boolean => {
  if (one.length !== other.length) return false;
  const sorted = other.toSorted();
  return one.toSorted().every((text, index) => text === sorted[index]);
};

type Named = Pick<SaidPerson, "name">;
export const sameNames = (one: readonly Named[], other: readonly Named[]): boolean =>
  sameTexts(
    one.map(({ name }) => foldedName(name)),
    other.map(({ name }) => foldedName(name)),
  );

type Identity = Named & { readonly personId?: string | null | undefined; readonly number?: string | null | undefined };

/** FOGIS's id decides, else the referee's number, else the name. */
const isSame = (one: Identity, other: Identity): boolean => {
  if (one.personId != null && other.personId != null) return one.personId === other.personId;
  if (one.number != null && other.number != null) return one.number === other.number;
  return foldedName(one.name) === foldedName(other.name);
};

/** For each of those who are told, who that is of those who are known. Nobody is taken twice. */
const pairs = <K extends Identity, T extends Identity>(
  known: readonly K[],
  told: readonly T[],
): readonly (readonly [told: T, known: K | undefined])[] => {
  const left = [...known];
  return told.map((person) => {
    const index = left.findIndex((other) => isSame(other, person));
    const [old] = index === -1 ? [] : left.splice(index, 1);
    return [person, old];
  });
};

/** Whether the later word says nothing of some detail that the earlier one told of the same person. */
export const leavesOpen = (
  later: readonly SaidPerson[],
  earlier: readonly SaidPerson[],
  saysNothing: (value: unknown) => boolean,
): boolean =>
  pairs(earlier, later).some(
    ([now, old]) =>
      old !== undefined &&
      (lacksAny(now, old, saysNothing) || lacksAny(now.phones ?? {}, old.phones ?? {}, saysNothing)),
  );

const lacksAny = (now: object, old: object, saysNothing: (value: unknown) => boolean): boolean =>
  Object.entries(old).some(([key, value]) => !saysNothing(value) && saysNothing(Reflect.get(now, key)));

/** What has always been told of people: when it becomes known, that is news. */
const newsworthy: ReadonlySet<string> = new Set(["role", "team", "name", "phone", "email"]);

/** Whether these are the people who were there, and all that differs is known now and was not before. */
export const isOnlyLearnt = <P extends Person>(before: readonly P[], after: readonly P[]): boolean =>
  before.length === after.length &&
  pairs(before, after).every(
    ([now, old]) =>
      old !== undefined &&
      Object.entries(old).every(([key, value]) => {
        const its: unknown = Reflect.get(now, key);
        return same(value, its) || (!newsworthy.has(key) && isMore(value, its));
      }),
  );

/** Nothing was known, or nothing of what differs. */
const isMore = (before: unknown, after: unknown): boolean => {
  if (before === null) return true;
  if (typeof before !== "object" || typeof after !== "object" || after === null) return false;
  return Object.entries(before).every(([key, value]) => value === null || value === Reflect.get(after, key));
};

/** How a dialect tells of people. */
type Telling = {
  /** A more detailed one has spelt the names already. */
  readonly isLessDetailed: boolean;
  readonly saysNothing: (value: unknown) => boolean;
};

type Or = <T>(said: T | undefined, known: T) => T;

/** What is said, or what was known where nothing is said. */
const orKnown =
  (saysNothing: Telling["saysNothing"]): Or =>
  (said, known) =>
    said === undefined || saysNothing(said) ? known : said;

const reachAfter = (known: Omit<Person, "name">, said: SaidPerson, or: Or) => {
  const phones: Phones = {
    mobile: or(said.phones?.mobile, known.phones.mobile),
    home: or(said.phones?.home, known.phones.home),
    work: or(said.phones?.work, known.phones.work),
  };
  return {
    phone: phones.mobile ?? phones.home ?? phones.work,
    email: or(said.email, known.email),
    phones,
    address: or(said.address, known.address),
  };
};

// Each key is written out: to copy an object takes longer than all else that is done with a person.
const officialAfter = (known: Omit<Official, "name">, said: SaidOfficial, or: Or): Official => {
  const { phone, email, phones, address } = reachAfter(known, said, or);
  return {
    role: or(said.role, known.role),
    name: said.name,
    phone,
    email,
    phones,
    address,
    personId: or(said.personId, known.personId),
    number: or(said.number, known.number),
    roleShort: or(said.roleShort, known.roleShort),
    status: or(said.status, known.status),
  };
};

const contactAfter = (known: Omit<Contact, "name">, said: SaidContact, or: Or): Contact => {
  const { phone, email, phones, address } = reachAfter(known, said, or);
  return { team: or(said.team, known.team), name: said.name, phone, email, phones, address };
};

type Brought<P> = {
  readonly people: readonly P[];
  /** Nobody came and nobody left. */
  readonly areSame: boolean;
};

/**
 * The people who are told now; of those who were known, what is not said of them stays. A less detailed dialect does not spell
 * their names anew, and where they are all the same, their order stays.
 */
const bring =
  <P extends Person, S extends SaidPerson>(after: (known: P | undefined, said: S, or: Or) => P) =>
  (known: readonly P[], told: readonly S[], { isLessDetailed, saysNothing }: Telling): Brought<P> => {
    const or = orKnown(saysNothing);
    if (known.length === 0)
      return { people: told.map((said) => after(undefined, said, or)), areSame: told.length === 0 };
    const found = pairs(known, told).map(([said, old]) => {
      const person = after(old, said, or);
      return { old, now: isLessDetailed && old !== undefined ? { ...person, name: old.name } : person };
    });
    const areSame = known.length === told.length && found.every(({ old }) => old !== undefined);
    if (!areSame) return { people: found.map(({ now }) => now), areSame };
    const now = new Map(found.map((pair) => [pair.old, pair.now]));
    return { people: known.map((person) => now.get(person) ?? person), areSame };
  };

export const bringOfficials = bring<Official, SaidOfficial>((known, said, or) =>
  officialAfter(known ?? unknownOfficial, said, or),
);
export const bringContacts = bring<Contact, SaidContact>((known, said, or) =>
  contactAfter(known ?? unknownContact, said, or),
);
