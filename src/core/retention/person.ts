import type { Change } from "../../shared/change.ts";
import { foldedName } from "../../shared/identity.ts";
import { parseJson } from "../../shared/json/read.ts";
import type { Contact, Match, Official } from "../../shared/match.ts";
import { withPerson } from "../contacts/contact.ts";
import type { SaidContact, SaidFacts, SaidOfficial } from "../facts/facts.ts";
import { peopleWith } from "../matches/contacts.ts";
import { changeWith, type Eraser, eventWith } from "./eraser.ts";

type Named = Official | Contact | SaidOfficial | SaidContact;

const mask = "•••";

/** Whether somebody has that name, however it is spaced and capitalised. */
export const hasName = (name: string): ((person: Pick<Named, "name">) => boolean) => {
  const wanted = foldedName(name);
  return (person) => foldedName(person.name) === wanted;
};

/** All that says how to reach somebody, as texts to look for. */
const waysTo = (person: Official | Contact): readonly string[] =>
  [person.email, ...Object.values(person.phones), person.phone, person.address?.street].filter(
    (way): way is string => way != null && way.length >= shortestWay,
  );
/** What is shorter stands in other texts by chance. */
const shortestWay = 6;

/** How to reach a person, as these tell it. */
export const waysOf = (
  name: string,
  { matches, changes }: { readonly matches: Iterable<Match>; readonly changes: Iterable<Change> },
): ReadonlySet<string> => {
  const isThem = hasName(name);
  const ways = new Set<string>();
  const note = (people: readonly (Official | Contact)[]): void => {
    for (const person of people.filter(isThem)) for (const way of waysTo(person)) ways.add(way);
  };
  for (const { officials, contacts } of matches) {
    note(officials);
    note(contacts);
  }
  for (const { difference } of changes) {
    if (difference.field !== "officials" && difference.field !== "contacts") continue;
    note(difference.before);
    note(difference.after);
  }
  return ways;
};

/**
 * Everything of one person, the name included. Whoever still tells of them brings them back with the next word. `ways`: how
 * to reach them, as far as it is known; that goes where it stands without the name as well. `personIds`: their ids in the
 * directory of people.
 */
export const personEraser = (
  name: string,
  ways: Iterable<string>,
  personIds: ReadonlySet<string> = new Set(),
): Eraser => {
  const isThem = hasName(name);
  const without = <P extends Named>(people: readonly P[]): readonly P[] =>
    people.some(isThem) ? people.filter((person) => !isThem(person)) : people;
  const spelled = spellingOf(name, ways);
  const words = (text: string): string => text.replace(spelled, mask);

  /** An object that has the name is about the person: none of its values stay. */
  const cleared = (value: unknown): unknown => {
    if (typeof value === "string") return words(value);
    if (Array.isArray(value)) return value.map(cleared);
    if (typeof value !== "object" || value === null) return value;
    const isTheirs = Object.values(value).some((inner) => typeof inner === "string" && isThem({ name: inner }));
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, isTheirs && inner !== null ? mask : cleared(inner)]),
    );
  };

  return {
    isPerson: (id) => personIds.has(id),
    said: (said: SaidFacts) => peopleWith(said, without, without),
    change: (change) => changeWith(change, { officials: without, contacts: without }, words),
    event: (event) =>
      eventWith(event, (description) =>
        description
          .split("\n\n")
          .filter((paragraph) => words(paragraph) === paragraph)
          .join("\n\n"),
      ),
    contact: (contact) => (contact.person !== null && isThem(contact.person) ? withPerson(contact, null) : contact),
    payload: (text) => {
      const json = parseJson(text);
      if (!json.ok) return words(text);
      const after = JSON.stringify(cleared(json.value));
      // What is too deep to be read may be about them: it goes.
      return json.isWhole && after === JSON.stringify(json.value) ? text : after;
    },
  };
};

/** The name, or a way to reach them, in running text; whatever white space lies between its parts. */
const spellingOf = (name: string, ways: Iterable<string>): RegExp => {
  const texts = [name, ...ways].map((text) => text.normalize("NFC").trim().split(/\s+/).map(escaped).join("\\s+"));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${texts.join("|")})(?![\\p{L}\\p{N}])`, "giu");
};

/** With the flag u a hyphen may not be escaped. */
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
