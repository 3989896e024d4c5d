import type { people_v1 } from "@googleapis/people";
import { z } from "zod";
import type { Card } from "../../../core/contacts/card.ts";
import type { Phone } from "../../../core/contacts/mark.ts";
import type { Entry } from "../../../core/contacts/port.ts";
import type { Address } from "../../../shared/match.ts";
import { markText, nameParts, numberText, readMark, readNumber } from "../contacts-mark.ts";

const text = z.string().nullish();
const items = <S extends z.ZodRawShape>(shape: S) => z.array(z.looseObject(shape)).nullish();
const anything = z.array(z.unknown()).nullish();

/** What we read of a contact: what a card tells, and what else a person may have put in. */
export const googlePersonSchema = z.object({
  resourceName: z.string(),
  etag: text,
  metadata: z.object({ deleted: z.boolean().nullish() }).nullish(),
  names: items({ displayName: text, unstructuredName: text }),
  phoneNumbers: items({ value: text, type: text }),
  emailAddresses: items({ value: text }),
  addresses: items({ extendedAddress: text, streetAddress: text, postalCode: text, city: text, country: text }),
  externalIds: items({ value: text }),
  memberships: items({ contactGroupMembership: z.looseObject({ contactGroupResourceName: text }).nullish() }),
  clientData: items({ key: text, value: text }),
  photos: items({ default: z.boolean().nullish() }),
  biographies: anything,
  birthdays: anything,
  events: anything,
  imClients: anything,
  nicknames: anything,
  occupations: anything,
  organizations: anything,
  relations: anything,
  sipAddresses: anything,
  urls: anything,
  userDefined: anything,
});
export type GooglePerson = z.infer<typeof googlePersonSchema>;

/** What we write, whole: what is not ours in it goes back as it came. */
export const writtenFields = "names,phoneNumbers,emailAddresses,addresses,externalIds,memberships,clientData" as const;
const otherFields =
  "biographies,birthdays,events,imClients,nicknames,occupations,organizations,photos,relations,sipAddresses,urls,userDefined";
export const personFields = `${writtenFields},${otherFields},metadata`;

const markKey = "avspark";
const formerKey = "avsparkFormer";
/** Where every contact is that is in no other group; one must be somewhere. */
const myContacts = "contactGroups/myContacts";

const kindOf = (type: string | null | undefined): Phone["kind"] =>
  type === "mobile" || type === "home" || type === "work" ? type : "other";

const phoneOf = ({ value, type }: NonNullable<GooglePerson["phoneNumbers"]>[number]): Phone => ({
  kind: kindOf(type),
  number: value ?? "",
});

type ReadAddress = NonNullable<GooglePerson["addresses"]>[number];

const addressOf = (address: ReadAddress): Address => ({
  careOf: address.extendedAddress?.replace(/^c\/o\s*/i, "") || null,
  street: address.streetAddress || null,
  postalCode: address.postalCode || null,
  city: address.city || null,
  country: address.country || null,
});

const nameOf = ({ names }: GooglePerson): string | null => {
  const [first] = names ?? [];
  return first?.unstructuredName?.trim() || first?.displayName?.trim() || null;
};

const groupsOf = ({ memberships }: GooglePerson): readonly string[] =>
  (memberships ?? []).flatMap(({ contactGroupMembership: one }) => one?.contactGroupResourceName ?? []);

const others = [
  "biographies",
  "birthdays",
  "events",
  "imClients",
  "nicknames",
  "occupations",
  "organizations",
  "relations",
  "sipAddresses",
  "urls",
  "userDefined",
] as const satisfies readonly (keyof GooglePerson)[];

/** `group`: the resource name of ours; null: there is none yet. */
export const entryOf = (person: GooglePerson, group: string | null): Entry => {
  const { resourceName, etag, phoneNumbers, emailAddresses, addresses, externalIds, clientData, photos } = person;
  const groups = groupsOf(person);
  return {
    remoteId: resourceName,
    etag: etag ?? null,
    card: {
      name: nameOf(person),
      phones: (phoneNumbers ?? []).map(phoneOf),
      emails: (emailAddresses ?? []).flatMap(({ value }) => value ?? []),
      addresses: (addresses ?? []).map(addressOf),
      number: (externalIds ?? []).flatMap(({ value }) => readNumber(value ?? "") ?? [])[0] ?? null,
      isInGroup: group !== null && groups.includes(group),
      mark: readMark((clientData ?? []).find(({ key }) => key === markKey)?.value),
      formerly: readMark((clientData ?? []).find(({ key }) => key === formerKey)?.value),
    },
    hasMore:
      others.some((field) => (person[field] ?? []).length > 0) ||
      (photos ?? []).some((photo) => photo.default !== true) ||
      groups.some((name) => name !== group && name !== myContacts),
  };
};

type Raw = { readonly [key: string]: unknown };

/** Output only. */
const withoutMetadata = ({ metadata: _, ...item }: Raw): Raw => item;

/** What stays as it is there, and what is added. */
const settled = <R extends Raw, T>(
  there: readonly R[] | null | undefined,
  {
    wanted,
    read,
    make,
  }: { readonly wanted: readonly T[]; readonly read: (raw: R) => T; readonly make: (one: T) => Raw },
): readonly Raw[] => {
  const left = wanted.map((one) => JSON.stringify(one));
  const stays = (there ?? []).filter((raw) => {
    const at = left.indexOf(JSON.stringify(read(raw)));
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
  const added = wanted.filter((one) => {
    const at = left.indexOf(JSON.stringify(one));
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
  return [...stays.map(withoutMetadata), ...added.map(make)];
};

/** The contact as Google takes it, on top of what stands there. `there` null: there is none. */
export const personBody = (card: Card, there: GooglePerson | null, group: string): people_v1.Schema$Person => {
  const name = nameParts(card.name ?? "");
  const isNamed = there !== null && nameOf(there) === card.name;
  const named = card.name === null ? [] : [{ givenName: name.given, familyName: name.family }];
  // A contact that we make stands among the others as well, as one that a person makes; any other stays where it stands.
  const elsewhere = there === null ? [myContacts] : groupsOf(there).filter((one) => one !== group);
  const chosen = [...elsewhere, ...(card.isInGroup ? [group] : [])];
  const groups = chosen.length === 0 ? [myContacts] : chosen;
  return {
    names: isNamed ? (there.names ?? []).map(withoutMetadata) : named,
    phoneNumbers: [
      ...settled(there?.phoneNumbers, {
        wanted: card.phones,
        read: phoneOf,
        make: ({ kind, number }) => ({ value: number, type: kind }),
      }),
    ],
    emailAddresses: [
      ...settled(there?.emailAddresses, {
        wanted: card.emails,
        read: ({ value }) => value ?? "",
        make: (value) => ({ value }),
      }),
    ],
    addresses: [
      ...settled(there?.addresses, {
        wanted: card.addresses,
        read: addressOf,
        make: ({ careOf, street, postalCode, city, country }) => ({
          type: "home",
          ...(careOf === null ? {} : { extendedAddress: `c/o ${careOf}` }),
          streetAddress: street,
          postalCode,
          city,
          country,
        }),
      }),
    ],
    externalIds: [
      ...(there?.externalIds ?? []).filter(({ value }) => readNumber(value ?? "") === null).map(withoutMetadata),
      ...(card.number === null ? [] : [{ value: numberText(card.number), type: "account" }]),
    ],
    memberships: groups.map((contactGroupResourceName) => ({ contactGroupMembership: { contactGroupResourceName } })),
    clientData: [
      ...(there?.clientData ?? []).filter(({ key }) => key !== markKey && key !== formerKey).map(withoutMetadata),
      ...(card.mark === null ? [] : [{ key: markKey, value: markText(card.mark) }]),
      ...(card.formerly === null ? [] : [{ key: formerKey, value: markText(card.formerly) }]),
    ],
  };
};
