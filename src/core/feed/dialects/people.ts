import { longRole } from "../../../shared/fogis-words.ts";
import type { Address, PlaceStatus } from "../../../shared/match.ts";
import type { SaidContact, SaidOfficial } from "../../facts/facts.ts";
import { entries, firstText, idOf, object, type Said, text, type Wire } from "./wire.ts";

/** Those who are assigned to a match, and the roles that nobody has yet. */
export type Officials = {
  readonly officials: readonly SaidOfficial[] | undefined;
  readonly openPlaces: readonly string[] | undefined;
  readonly placeStatuses: readonly PlaceStatus[] | undefined;
};

/** One entry of a list of officials: somebody, an open place, or nothing that can be told. */
type Place =
  | { readonly kind: "taken"; readonly official: SaidOfficial }
  | { readonly kind: "open"; readonly role: string; readonly status: Said<string> };

type Reach = Pick<SaidContact, "email" | "phones" | "address">;

/** How a dialect words people. */
type Words = {
  readonly names: readonly string[];
  readonly reach: (person: Wire) => Reach;
};

const untold: Officials = { officials: undefined, openPlaces: undefined, placeStatuses: undefined };

const officialsFrom = (wire: Wire, key: string, read: (entry: Wire) => Place | null): Officials => {
  const notedBefore = wire.noted.length;
  const list = entries(wire, key);
  if (list === undefined) return untold;
  const officials: SaidOfficial[] = [];
  const openPlaces: string[] = [];
  const placeStatuses: PlaceStatus[] = [];
  let tellsStatus = false;
  for (const entry of list) {
    const place: Place | null =
      entry.kind === "name" ? { kind: "taken", official: { name: entry.name } } : read(entry.wire);
    if (place?.kind === "taken") officials.push(place.official);
    else if (place?.kind === "open") {
      const { role, status } = place;
      openPlaces.push(role);
      if (status !== undefined) tellsStatus = true;
      if (typeof status === "string" && !placeStatuses.some((known) => known.role === role))
        placeStatuses.push({ role, status });
    }
  }
  // A list of which nothing can be read does not say that there is nobody.
  const isUnread = officials.length === 0 && openPlaces.length === 0 && wire.noted.length > notedBefore;
  if (isUnread) return untold;
  return { officials, openPlaces, placeStatuses: tellsStatus ? placeStatuses : undefined };
};

type Role = { readonly role: Said<string>; readonly roleShort: Said<string> };

const roleFrom = (place: Wire, keys: readonly string[], shortKey: string): Role => {
  const role = firstText(place, ...keys);
  const roleShort = text(place, shortKey);
  return { role: role ?? (roleShort ? longRole(roleShort) : role), roleShort };
};

/** A place has whoever is named in it. Without a name it is open; where the name cannot be read, nobody knows. */
const placeOf = (
  wire: Wire,
  words: Words,
  role: Role,
  more: (place: Wire) => Partial<Omit<SaidOfficial, "name">>,
): Place | null => {
  const notedBefore = wire.noted.length;
  const name = firstText(wire, ...words.names);
  if (typeof name === "string")
    return { kind: "taken", official: { name, ...role, ...words.reach(wire), ...more(wire) } };
  const isUnread = wire.noted.length > notedBefore;
  if (typeof role.role !== "string" || isUnread) return null;
  return { kind: "open", role: role.role, status: more(wire).status };
};

const contactsFrom = (wire: Wire, key: string, words: Words, teamKey: string): readonly SaidContact[] | undefined => {
  const notedBefore = wire.noted.length;
  const list = entries(wire, key);
  if (list === undefined) return undefined;
  const contacts = list.flatMap((entry): readonly SaidContact[] => {
    if (entry.kind === "name") return [{ name: entry.name }];
    const name = firstText(entry.wire, ...words.names);
    return typeof name === "string" ? [{ team: text(entry.wire, teamKey), name, ...words.reach(entry.wire) }] : [];
  });
  return contacts.length === 0 && wire.noted.length > notedBefore ? undefined : contacts;
};

type AddressKeys = { readonly [K in keyof Address]: string | null };

/** undefined when nothing is said of any part of it, null when it is said to have no part. */
const addressFrom = (wire: Wire, keys: AddressKeys): Address | null | undefined => {
  let saysSomething = false;
  const part = (key: string | null): string | null => {
    const said = key === null ? undefined : text(wire, key);
    if (said !== undefined) saysSomething = true;
    return said ?? null;
  };
  const address: Address = {
    careOf: part(keys.careOf),
    street: part(keys.street),
    postalCode: part(keys.postalCode),
    city: part(keys.city),
    country: part(keys.country),
  };
  // A country alone is no address.
  const { careOf, street, postalCode, city } = address;
  if ((careOf ?? street ?? postalCode ?? city) !== null) return address;
  return saysSomething ? null : undefined;
};

const fogisAddress: AddressKeys = {
  careOf: "coadress",
  street: "adress",
  postalCode: "postnr",
  city: "postort",
  country: "land",
};

const fogisWords: Words = {
  names: ["personnamn", "namn"],
  reach: (person) => ({
    email: text(person, "epostadress"),
    phones: {
      mobile: text(person, "mobiltelefon"),
      home: text(person, "telefon"),
      work: text(person, "telefonarbete"),
    },
    address: addressFrom(person, fogisAddress),
  }),
};

export const fogisOfficials = (match: Wire): Officials =>
  officialsFrom(match, "domaruppdraglista", (place) =>
    placeOf(place, fogisWords, roleFrom(place, ["domarrollnamn", "roll"], "domarrollkortnamn"), (person) => ({
      personId: idOf(person, "personid"),
      number: idOf(person, "domarnr"),
      status: text(person, "domaruppdragstatusnamn"),
    })),
  );

export const fogisContacts = (match: Wire): readonly SaidContact[] | undefined =>
  contactsFrom(match, "kontaktpersoner", fogisWords, "lagnamn");

const enhancedAddress: AddressKeys = {
  careOf: null,
  street: "street",
  postalCode: "postal_code",
  city: "city",
  country: null,
};

const enhancedWords: Words = {
  names: ["name"],
  reach: (person) => {
    const contact = object(person, "contact");
    if (contact === undefined || contact === null) return {};
    const address = object(contact, "address");
    return {
      email: text(contact, "email"),
      phones: {
        mobile: text(contact, "mobile"),
        home: text(contact, "phone"),
        work: text(contact, "work_phone"),
      },
      address: address && addressFrom(address, enhancedAddress),
    };
  },
};

export const enhancedOfficials = (match: Wire): Officials =>
  officialsFrom(match, "referees", (place) =>
    placeOf(place, enhancedWords, roleFrom(place, ["role"], "role_short"), () => ({})),
  );

export const enhancedContacts = (match: Wire): readonly SaidContact[] | undefined =>
  contactsFrom(match, "team_contacts", enhancedWords, "team_name");
