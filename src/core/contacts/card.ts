import { phoneKey } from "../../shared/identity.ts";
import type { Address } from "../../shared/match.ts";
import type { ContactPerson, WantedContact } from "./contact.ts";
import type { LetGo, Mark, Phone, Placed } from "./mark.ts";

/** What a contact tells, in the words that all address books share: whoever has put it there. */
export type Card = Placed & {
  readonly isInGroup: boolean;
  /** null: it is not one of ours. */
  readonly mark: Mark | null;
  /** What was noted in it when it left: whoever comes back is known by it, and what we had put there is still ours. */
  readonly formerly: Mark | null;
};

export const emptyCard: Card = {
  name: null,
  phones: [],
  emails: [],
  addresses: [],
  number: null,
  isInGroup: false,
  mark: null,
  formerly: null,
};

const keys = {
  phones: ({ number }: Phone): string => phoneKey(number),
  emails: (email: string): string => email.trim().toLowerCase(),
  addresses: ({ street, postalCode, city }: Address): string =>
    [street, postalCode?.replace(/\D/g, ""), city].map((part) => (part ?? "").trim().toLowerCase()).join("|"),
};

/** By what a contact, or somebody, can be reached, however it is written. */
export const reachesOf = ({ phones, emails }: Pick<Card, "phones" | "emails">): ReadonlySet<string> =>
  new Set([...phones.map(keys.phones), ...emails.map(keys.emails)].filter((key) => key !== ""));

/** What a person's contact tells, where nobody else has written anything into it. */
export const placedFor = (person: ContactPerson | null): Placed => {
  if (person === null) return emptyCard;
  const { name, phones, email, address, number } = person;
  const numbers = (["mobile", "home", "work"] as const).flatMap((kind): readonly Phone[] => {
    const given = phones[kind];
    return given === null ? [] : [{ kind, number: given }];
  });
  const first = new Map(numbers.toReversed().map((phone) => [keys.phones(phone), phone]));
  return {
    name,
    phones: numbers.filter((phone) => first.get(keys.phones(phone)) === phone),
    emails: email === null ? [] : [email],
    addresses: address === null ? [] : [address],
    number,
  };
};

/**
 * What is there, what we had put there, and what we want there. What a person wrote stays, and what they took out stays out
 * until something else is wanted.
 */
const mergedList = <T>(
  [there, placed, wanted]: readonly [there: readonly T[], placed: readonly T[], wanted: readonly T[]],
  keyOf: (one: T) => string,
): { readonly list: readonly T[]; readonly placed: readonly T[] } => {
  const has = (list: readonly T[], one: T): boolean => list.some((other) => keyOf(other) === keyOf(one));
  const stays = there.filter((one) => !has(placed, one) || has(wanted, one));
  const added = wanted.filter((one) => !has(there, one) && !has(placed, one));
  return { list: [...stays, ...added], placed: wanted.filter((one) => has(placed, one) || has(added, one)) };
};

/** The same for what there is one of. */
const mergedOne = (there: string | null, placed: string | null, wanted: string | null) =>
  there === null || there === placed
    ? { value: wanted, placed: wanted }
    : { value: there, placed: there === wanted ? placed : null };

/** The contact as it is to be. `card` null: there is none yet. */
export const merged = (card: Card | null, { id, hash, person, inGroup }: WantedContact): Card => {
  const there = card ?? emptyCard;
  const noted = there.mark ?? there.formerly;
  const before = noted?.placed ?? emptyCard;
  const want = placedFor(person);
  const name = mergedOne(there.name, before.name, want.name);
  const number = mergedOne(there.number, before.number, want.number);
  const phones = mergedList([there.phones, before.phones, want.phones], keys.phones);
  const emails = mergedList([there.emails, before.emails, want.emails], keys.emails);
  const addresses = mergedList([there.addresses, before.addresses, want.addresses], keys.addresses);
  const placed = {
    name: name.placed,
    phones: phones.placed,
    emails: emails.placed,
    addresses: addresses.placed,
    number: number.placed,
  };
  return {
    name: name.value,
    phones: phones.list,
    emails: emails.list,
    addresses: addresses.list,
    number: number.value,
    // Whoever took a contact of ours out of the group meant it.
    isInGroup: person !== null && there.mark !== null ? there.isInGroup : inGroup,
    mark: person === null ? null : { id, hash, made: card === null || (noted?.made ?? false), placed },
    formerly: null,
  };
};

/** The contact of somebody who is needed no longer: it stays as it is, outside of our group. */
export const left = (card: Card): Card => ({ ...card, isInGroup: false, mark: null, formerly: card.mark });

/** The contact as it was before it was left, with what people have written into it since. */
export const rejoined = (card: Card, { isInGroup, mark }: LetGo): Card =>
  card.mark === null ? { ...card, isInGroup: card.isInGroup || isInGroup, mark, formerly: null } : card;

/** We made it, and everything in it is what we put there. `hasMore`: something else stands in it. */
export const isOursAlone = (card: Card, hasMore: boolean): boolean => {
  const { mark } = card;
  if (mark === null || !mark.made || hasMore || !card.isInGroup) return false;
  const same = <T>(one: readonly T[], other: readonly T[], keyOf: (value: T) => string): boolean =>
    one.length === other.length && one.every((value) => other.some((second) => keyOf(second) === keyOf(value)));
  const { placed } = mark;
  return (
    card.name === placed.name &&
    card.number === placed.number &&
    same(card.phones, placed.phones, keys.phones) &&
    same(card.emails, placed.emails, keys.emails) &&
    same(card.addresses, placed.addresses, keys.addresses)
  );
};
