import type { Act } from "../../shared/act.ts";
import type { Change, Difference } from "../../shared/change.ts";
import { type Facts, unknownReach } from "../../shared/match.ts";
import type { WantedEvent } from "../calendar/port.ts";
import { type WantedContact, withPerson } from "../contacts/contact.ts";
import type { SaidFacts } from "../facts/facts.ts";
import { redactPayload } from "../feed/redact.ts";
import { factsWithoutContacts, isReachable, unreachable } from "../matches/contacts.ts";

/**
 * Takes something personal out of all that is kept of matches: what was said of them, their timelines, the events we know
 * and the messages as they came. What has nothing of it comes back as it was, the very same.
 */
export type Eraser = {
  readonly said: (said: SaidFacts) => SaidFacts;
  readonly change: (change: Change) => Change;
  readonly event: (event: WantedEvent) => WantedEvent;
  readonly contact: (contact: WantedContact) => WantedContact;
  /** A message's payload as text. */
  readonly payload: (text: string) => string;
  /** Whether what is noted under this id, as the directory of people gives it, goes whole. */
  readonly isPerson: (personId: string) => boolean;
};

/** What is kept in a calendar or an address book without it. */
export const itemWith = (
  eraser: Eraser,
  item: WantedEvent | WantedContact | null,
): WantedEvent | WantedContact | null => {
  if (item === null) return null;
  return "person" in item ? eraser.contact(item) : eraser.event(item);
};

type People = {
  readonly [F in "officials" | "contacts"]: (list: Facts[F]) => Facts[F];
};

/** What somebody did, without their name where it is to go. */
export const actWith = ({ payload }: Pick<Eraser, "payload">, act: Act): Act =>
  act.by === null || payload(act.by) === act.by ? act : { ...act, by: null };

/** A timeline's entry with its lists of people and the publisher's own words changed. */
export const changeWith = (change: Change, people: People, words: (text: string) => string): Change => {
  const difference = differenceWith(change.difference, people);
  const said = change.note?.description ?? null;
  const description = said === null ? null : words(said);
  const { by, ...nameless } = change;
  const isNamed = by !== undefined && words(by) !== by;
  if (difference === change.difference && description === said && !isNamed) return change;
  const note = change.note === null ? null : { ...change.note, description };
  return { ...(isNamed ? nameless : change), difference, note };
};

const differenceWith = (difference: Difference, people: People): Difference => {
  switch (difference.field) {
    case "officials": {
      const [before, after] = [people.officials(difference.before), people.officials(difference.after)];
      return before === difference.before && after === difference.after ? difference : { ...difference, before, after };
    }
    case "contacts": {
      const [before, after] = [people.contacts(difference.before), people.contacts(difference.after)];
      return before === difference.before && after === difference.after ? difference : { ...difference, before, after };
    }
    default:
      return difference;
  }
};

/** An event with other words in its description, and in the one it had as somebody else's; the same where they are the same. */
export const eventWith = (event: WantedEvent, words: (description: string) => string): WantedEvent => {
  const { theirs } = event;
  const description = words(event.description);
  const before = theirs && words(theirs.description);
  if (description === event.description && before === theirs?.description) return event;
  return {
    ...event,
    description,
    ...(theirs && before !== undefined && { theirs: { ...theirs, description: before } }),
  };
};

/** How to reach people: telephone numbers, e-mail and addresses. Names stay: who refereed is what it is about. */
export const contactsEraser: Eraser = {
  said: factsWithoutContacts,
  change: (change) => changeWith(change, { officials: unreachable, contacts: unreachable }, redactPayload),
  event: (event) => eventWith(event, (description) => redactPayload(withoutReachLines(description))),
  contact: (contact) => {
    const { person } = contact;
    if (person === null || !isReachable({ ...person, phone: null })) return contact;
    const { phones, email, address } = unknownReach;
    return withPerson(contact, { ...person, phones, email, address });
  },
  payload: redactPayload,
  isPerson: () => false,
};

/** The lines that Avspark itself writes into an event. */
const withoutReachLines = (description: string): string =>
  description
    .split("\n")
    .filter((line) => !/^(?:Mobil|Telefon|E-post|Adress): /.test(line))
    .join("\n");
