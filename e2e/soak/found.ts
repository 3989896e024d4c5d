import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ICAL from "ical.js";
import { wantedContacts } from "../../src/core/contacts/contact.ts";
import { sha256 } from "../../src/main/adapters/calendar/seal.ts";
import { readCard } from "../../src/main/adapters/carddav/vcard.ts";
import { readMark } from "../../src/main/adapters/contacts-mark.ts";
import type { Match } from "../../src/shared/match.ts";
import { primaryCalendar } from "../stand-ins/google-calendar/server.ts";
import type { FoundEvent } from "./essence.ts";
import type { SoakWorld } from "./world.ts";

const textIn = (owner: object, ...path: readonly string[]): string => {
  const value = path.reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), owner);
  return value === undefined || value === null ? "" : String(value);
};

const instantIn = (text: string): string => (text === "" ? "" : new Date(text).toISOString());

const googleEvents = ({ google }: SoakWorld): readonly FoundEvent[] =>
  google.events(primaryCalendar).map((event) => ({
    matchId: textIn(event, "extendedProperties", "private", "matchId"),
    summary: textIn(event, "summary"),
    start: instantIn(textIn(event, "start", "dateTime")),
    location: textIn(event, "location"),
    description: textIn(event, "description"),
  }));

/** The events of a calendar's text. */
const eventsIn = (text: string): readonly FoundEvent[] =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((component) => {
    const { summary, location, description, startDate } = new ICAL.Event(component);
    return {
      matchId: String(component.getFirstPropertyValue("x-avspark-match-id")),
      summary,
      start: startDate.toJSDate().toISOString(),
      location: location ?? "",
      description: description ?? "",
    };
  });

/** Reads one text after the other and lets the servers of this process, the app's among them, answer in between. */
const inTurns = async <T>(texts: readonly string[], read: (text: string) => readonly T[]): Promise<readonly T[]> => {
  const all: T[] = [];
  for (const text of texts) {
    await new Promise(setImmediate);
    all.push(...read(text));
  }
  return all;
};

/** What stands in each calendar, read behind the app's back. */
export const foundEvents = async (world: SoakWorld): Promise<Readonly<Record<string, readonly FoundEvent[]>>> => ({
  google: googleEvents(world),
  caldav: await inTurns([...(await world.radicale.stored("matcher")).values()], eventsIn),
  ics: eventsIn(await readFile(join(world.dataDir, "calendar.ics"), "utf8")),
});

type FoundContact = { readonly name: string; readonly mark: string };
const markOf = (mark: { readonly id: string; readonly hash: string } | null | undefined): string =>
  mark == null ? "" : `${mark.id} ${mark.hash}`;

/** Who stands in each address book, and what we noted there. */
export const foundContacts = async (world: SoakWorld): Promise<Readonly<Record<string, readonly FoundContact[]>>> => ({
  "google-contacts": world.google.people.all().map(({ names, clientData }) => ({
    name: [names?.[0]?.givenName, names?.[0]?.familyName].filter(Boolean).join(" "),
    mark: markOf((clientData ?? []).map(({ value }) => readMark(value)).find((mark) => mark !== null)),
  })),
  carddav: await inTurns([...(await world.radicale.stored("kontakter")).values()], (text) => {
    const read = readCard(text, world.settings.AVSPARK_CONTACTS_GROUP);
    return read === null ? [] : [{ name: read.card.name ?? "", mark: markOf(read.card.mark) }];
  }),
});

/** What each contact should bear, by the matches as the app knows them. */
export const wantedMarks = (matches: readonly Match[]): readonly string[] =>
  [
    ...wantedContacts(matches, {
      digest: (text) => sha256(text).toString("hex"),
      teams: false,
      ownNumber: null,
    }).values(),
  ].map(markOf);
