import ICAL from "ical.js";
import type { Card } from "../../../core/contacts/card.ts";
import type { Phone } from "../../../core/contacts/mark.ts";
import type { Address } from "../../../shared/match.ts";
import { serialised } from "../calendar/ical/serialised.ts";
import { markText, nameParts, numberText, readMark, readNumber } from "../contacts-mark.ts";

const ours = { mark: "x-avspark-mark", formerly: "x-avspark-former", number: "x-avspark-number" } as const;

/** What a card tells, and what programs write beside it. Anything else is a person's. */
const told: ReadonlySet<string> = new Set([
  "version",
  "prodid",
  "uid",
  "rev",
  "fn",
  "n",
  "tel",
  "email",
  "adr",
  "categories",
  ...Object.values(ours),
]);

export type ReadCard = { readonly card: Card; readonly hasMore: boolean };

const textOf = (value: unknown): string => (Array.isArray(value) ? value.flat().join(" ") : String(value ?? "")).trim();

const typesOf = (property: ICAL.Property): ReadonlySet<string> =>
  new Set([property.getParameter("type") ?? []].flat().map((type) => String(type).toLowerCase()));

const kinds = [
  ["cell", "mobile"],
  ["home", "home"],
  ["work", "work"],
] as const;

const phoneOf = (property: ICAL.Property): Phone => {
  const types = typesOf(property);
  const [, kind = "other"] = kinds.find(([type]) => types.has(type)) ?? [];
  return { kind, number: textOf(property.getFirstValue()).replace(/^tel:/i, "") };
};

const part = (value: unknown): string | null => textOf(value) || null;

const addressOf = (property: ICAL.Property): Address => {
  const parts: unknown = property.getFirstValue();
  const [, extended, street, city, , postalCode, country] = Array.isArray(parts) ? parts : [];
  const said = part(extended);
  return {
    careOf: said?.replace(/^c\/o\s*/i, "") ?? null,
    street: part(street),
    postalCode: part(postalCode),
    city: part(city),
    country: part(country),
  };
};

const categoriesOf = (component: ICAL.Component): readonly string[] =>
  component.getAllProperties("categories").flatMap((property) => property.getValues().map(textOf));

const nameOf = (component: ICAL.Component): string | null => {
  const full = part(component.getFirstPropertyValue("fn"));
  if (full !== null) return full;
  const parts: unknown = component.getFirstPropertyValue("n");
  const [family, given] = Array.isArray(parts) ? parts : [];
  return part([given, family]);
};

const parsed = (text: string): ICAL.Component | null => {
  try {
    const component = new ICAL.Component(ICAL.parse(text));
    return component.name === "vcard" ? component : null;
  } catch {
    return null;
  }
};

const cardOf = (component: ICAL.Component, group: string): ReadCard => {
  const categories = categoriesOf(component);
  const noted = (name: string): string => textOf(component.getFirstPropertyValue(name));
  const card: Card = {
    name: nameOf(component),
    phones: component.getAllProperties("tel").map(phoneOf),
    emails: component.getAllProperties("email").map((property) => textOf(property.getFirstValue())),
    addresses: component.getAllProperties("adr").map(addressOf),
    number: readNumber(noted(ours.number)),
    isInGroup: categories.includes(group),
    mark: readMark(noted(ours.mark)),
    formerly: readMark(noted(ours.formerly)),
  };
  const hasMore =
    component.getAllProperties().some(({ name }) => !told.has(name)) || categories.some((name) => name !== group);
  return { card, hasMore };
};

/** null: it is no contact, such as a list of contacts, or cannot be read. */
export const readCard = (text: string, group: string): ReadCard | null => {
  const component = parsed(text);
  if (component === null || textOf(component.getFirstPropertyValue("kind")).toLowerCase() === "group") return null;
  return cardOf(component, group);
};

const put = (
  component: ICAL.Component,
  name: string,
  value: string | readonly string[],
  parameters: Readonly<Record<string, string>> = {},
): void => {
  const property = new ICAL.Property(name, component);
  property.setValue(Array.isArray(value) ? [...value] : value);
  for (const [key, parameter] of Object.entries(parameters)) property.setParameter(key, parameter);
  component.addProperty(property);
};

/** Takes out what is wanted no longer, and adds what is not there. What stays, stays as it is written. */
const settle = <T>(
  component: ICAL.Component,
  name: string,
  {
    wanted,
    read,
    add,
  }: {
    readonly wanted: readonly T[];
    readonly read: (property: ICAL.Property) => T;
    readonly add: (one: T) => void;
  },
): void => {
  const left = wanted.map((one) => JSON.stringify(one));
  for (const property of component.getAllProperties(name)) {
    const at = left.indexOf(JSON.stringify(read(property)));
    if (at === -1) component.removeProperty(property);
    else left.splice(at, 1);
  }
  for (const one of wanted) {
    const at = left.indexOf(JSON.stringify(one));
    if (at === -1) continue;
    left.splice(at, 1);
    add(one);
  }
};

const setNote = (component: ICAL.Component, name: string, value: string | null): void => {
  component.removeAllProperties(name);
  if (value !== null) put(component, name, value);
};

const setName = (component: ICAL.Component, name: string | null): void => {
  if (nameOf(component) === name) return;
  component.removeAllProperties("fn");
  component.removeAllProperties("n");
  const { given, family } = nameParts(name ?? "");
  // Both must stand in a vCard 3.0 (RFC 2426, 3.1), also where nobody has a name.
  put(component, "fn", name ?? "");
  put(component, "n", [family, given, "", "", ""]);
};

const setGroup = (component: ICAL.Component, group: string, isInGroup: boolean): void => {
  const categories = categoriesOf(component);
  if (categories.includes(group) === isInGroup) return;
  component.removeAllProperties("categories");
  const names = isInGroup ? [...categories, group] : categories.filter((name) => name !== group);
  if (names.length === 0) return;
  const property = new ICAL.Property("categories", component);
  property.setValues([...names]);
  component.addProperty(property);
};

const blank = (uid: string): ICAL.Component => {
  const component = new ICAL.Component(ICAL.parse("BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD"));
  put(component, "prodid", "-//Avspark//Avspark//SV");
  put(component, "uid", uid);
  return component;
};

/** The contact as text, on top of what stands there. `there` null: there is none. */
export const writeCard = (
  card: Card,
  { there, uid, group }: { readonly there: string | null; readonly uid: string; readonly group: string },
): string => {
  const component = (there === null ? null : parsed(there)) ?? blank(uid);
  setName(component, card.name);
  settle(component, "tel", {
    wanted: card.phones,
    read: phoneOf,
    add: ({ kind, number }) => {
      const [type] = kinds.find(([, name]) => name === kind) ?? [];
      put(component, "tel", number, type === undefined ? {} : { type });
    },
  });
  settle(component, "email", {
    wanted: card.emails,
    read: (property) => textOf(property.getFirstValue()),
    add: (email) => put(component, "email", email),
  });
  settle(component, "adr", {
    wanted: card.addresses,
    read: addressOf,
    add: ({ careOf, street, postalCode, city, country }) => {
      const extended = careOf === null ? "" : `c/o ${careOf.replace(/^c\/o\s*/i, "")}`;
      put(component, "adr", ["", extended, street ?? "", city ?? "", "", postalCode ?? "", country ?? ""], {
        type: "home",
      });
    },
  });
  setNote(component, ours.number, card.number === null ? null : numberText(card.number));
  setNote(component, ours.mark, card.mark === null ? null : markText(card.mark));
  setNote(component, ours.formerly, card.formerly === null ? null : markText(card.formerly));
  setGroup(component, group, card.isInGroup);
  // It told when somebody else wrote this last.
  component.removeAllProperties("rev");
  return `${serialised(component)}\r\n`;
};
