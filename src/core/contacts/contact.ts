import type { Address, Match, Official, Phones } from "../../shared/match.ts";
import { unknownOfficial } from "../../shared/match.ts";
import { clean } from "../calendar/event.ts";
import type { Wanted } from "../keeper/item.ts";
import { createDirectory } from "../people/directory.ts";
import type { Digest } from "../ports.ts";
import type { LetGo } from "./mark.ts";

/** What we want a contact to tell of somebody. */
export type ContactPerson = {
  readonly name: string;
  readonly phones: Phones;
  readonly email: string | null;
  readonly address: Address | null;
  /** The referee's number. */
  readonly number: string | null;
};

/** The contact that we want for somebody. `person` null: nothing of ours is to stand in it, as before we completed it. */
export type WantedContact = Wanted & {
  readonly person: ContactPerson | null;
  /** Whether it is in our group. */
  readonly inGroup: boolean;
  /** Of somebody who had left: the contact that they are to have back. */
  readonly letGo?: LetGo | undefined;
};

export type ContactChoice = {
  readonly digest: Digest;
  /** Whether the teams' contact persons have contacts too. */
  readonly teams: boolean;
  /** Whoever keeps the address book needs no contact of themselves. */
  readonly ownNumber: string | null;
};

/** What a contact of theirs, as it is there before we have put anything into it, would have to be written as. */
export const untouchedContact = (id: string, inGroup: boolean): WantedContact => ({
  id,
  hash: "theirs",
  start: null,
  cancelled: false,
  person: null,
  inGroup,
});

/** The same, where something else is told of the person; what stood in a contact that was let go tells of them as well. */
export const withPerson = ({ letGo: _, ...contact }: WantedContact, person: ContactPerson | null): WantedContact => ({
  ...contact,
  person,
});

/** Everybody who has a place in these matches and can be reached. Who that is, the directory of people says. */
export const wantedContacts = (
  matches: Iterable<Match>,
  { digest, teams, ownNumber }: ContactChoice,
): ReadonlyMap<string, WantedContact> => {
  const all = [...matches].map((match) => (teams ? withTeams(match) : match));
  const wanted = new Map<string, WantedContact>();
  for (const [id, { official }] of createDirectory(all, digest).people()) {
    const person = personOf(official);
    if (person === null || (ownNumber !== null && person.number === ownNumber)) continue;
    const { name, phones, email, address, number } = person;
    const hash = digest(JSON.stringify([id, name, phones, email, address, number]));
    wanted.set(id, { id, hash, start: null, cancelled: false, person, inGroup: true });
  }
  return wanted;
};

const withTeams = (match: Match): Match => ({
  ...match,
  officials: [
    ...match.officials,
    ...match.contacts.map(({ team: _, ...person }) => ({ ...unknownOfficial, ...person })),
  ],
});

/** null: there is no way to reach them, so that a contact would tell a name alone. */
const personOf = (official: Official): ContactPerson | null => {
  const { mobile, home, work } = official.phones;
  const phones = { mobile: clean(mobile), home: clean(home), work: clean(work) };
  const [name, email] = [clean(official.name), clean(official.email)];
  if (name === null || (phones.mobile ?? phones.home ?? phones.work ?? email) === null) return null;
  return { name, phones, email, address: official.address && cleanAddress(official.address), number: official.number };
};

const cleanAddress = ({ careOf, street, postalCode, city, country }: Address): Address => ({
  careOf: clean(careOf),
  street: clean(street),
  postalCode: clean(postalCode),
  city: clean(city),
  country: clean(country),
});
