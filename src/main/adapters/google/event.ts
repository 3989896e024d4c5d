import type { calendar_v3 } from "@googleapis/calendar";
import { z } from "zod";
import type { Theirs, WantedEvent } from "../../../core/calendar/port.ts";
import { areRemindersUntouched, isPlaced, type StandingReminders } from "../../../core/calendar/reminders.ts";
import type { Listed } from "../../../core/keeper/target.ts";
import { type Instant, instantOf } from "../../../shared/instant.ts";
import { matchPageOf } from "../../../shared/match.ts";
import { readReminders, usualReminders } from "../../../shared/reminders.ts";
import { contentOf } from "../calendar/content.ts";
import { readRev } from "../calendar/rev.ts";
import { actualHash, type OwnedFields, sealOf } from "../calendar/seal.ts";
import { hasMarker, joinDescription, splitDescription, words } from "../calendar/text.ts";
import { partPredecessors } from "./predecessor.ts";
import { googleRemindersSchema, noReminders, remindersBody, standingOf } from "./reminders.ts";

/** The shape of what we write; a later Avspark can tell older events by it. */
const version = "1";

const timeSchema = z.object({ dateTime: z.string().nullish(), date: z.string().nullish() });

/** The part of an event that we read; a deleted one has hardly more than its id. */
export const googleEventSchema = z.object({
  id: z.string(),
  etag: z.string().nullish(),
  status: z.string().nullish(),
  recurringEventId: z.string().nullish(),
  summary: z.string().nullish(),
  description: z.string().nullish(),
  location: z.string().nullish(),
  start: timeSchema.nullish(),
  end: timeSchema.nullish(),
  reminders: googleRemindersSchema.nullish(),
  source: z.object({ title: z.string().nullish(), url: z.string().nullish() }).nullish(),
  extendedProperties: z.object({ private: z.record(z.string(), z.string()).nullish() }).nullish(),
});
export type GoogleEvent = z.infer<typeof googleEventSchema>;

/** The partial response we ask for: exactly the schema above. */
export const eventFields =
  "id,etag,status,recurringEventId,summary,description,location,start,end,reminders,source,extendedProperties/private";

const instant = (time: GoogleEvent["start"]): Instant | null => {
  const at = Date.parse(time?.dateTime ?? "");
  return Number.isNaN(at) ? null : instantOf(at);
};

/** Nothing of ours stands in it: somebody else's program made it. */
const isTheirs = ({ description, extendedProperties }: GoogleEvent): boolean =>
  extendedProperties?.private?.avsparkHash === undefined && !hasMarker(description ?? "");

/** What is not the predecessor's own in the description of an event that it made is a person's. */
const partsOf = (event: GoogleEvent): { readonly ours: string; readonly notes: string } =>
  (isTheirs(event) ? partPredecessors : splitDescription)(event.description ?? "");

const theirsOf = ({ description, source }: GoogleEvent): Theirs => ({
  description: description ?? "",
  source: source ? { title: source.title ?? null, url: source.url ?? null } : null,
});

const owned = (event: GoogleEvent): OwnedFields => ({
  summary: event.summary ?? "",
  description: partsOf(event).ours,
  location: event.location ?? null,
  start: instant(event.start),
  end: instant(event.end),
  cancelled: event.extendedProperties?.private?.avsparkCancelled === "true",
});

/** The predecessor put its own there without a note of it. */
const remindersOf = (event: GoogleEvent): StandingReminders => {
  const { avsparkHash, avsparkReminders = "" } = event.extendedProperties?.private ?? {};
  const there = standingOf(event.reminders);
  const isPredecessors =
    avsparkHash === undefined && there?.length === 1 && there.every((one) => isPlaced(one, usualReminders));
  return { placed: isPredecessors ? usualReminders : (readReminders(avsparkReminders) ?? null), there };
};

export const isDeleted = (event: GoogleEvent): boolean => event.status === "cancelled";

/**
 * The tag under which an event of a match stands, ours or the predecessor's; null: it is anybody else's. When a person makes
 * a series of one, the exceptions in it carry copies of its properties: they are that person's.
 */
export const tagOf = (event: GoogleEvent): string | null => {
  const { matchId = "", syncTag = "" } = event.extendedProperties?.private ?? {};
  return matchId === "" || syncTag === "" || event.recurringEventId ? null : syncTag;
};

/** An event of ours or of the predecessor under our tag; null for any other. */
export const knownEvent = (event: GoogleEvent, tag: string): Listed<WantedEvent> | null => {
  const properties = event.extendedProperties?.private ?? {};
  const { matchId } = properties;
  if (matchId === undefined || tagOf(event) !== tag) return null;
  const hash = properties.avsparkHash ?? null;
  const found = owned(event);
  const known = {
    id: matchId,
    remoteId: event.id,
    etag: event.etag ?? null,
    hash,
    actual: actualHash({ hash, seal: properties.avsparkSeal ?? null, found }),
    start: found.start,
    cancelled: found.cancelled,
    rev: readRev(properties.avsparkRev),
  };
  const rest = { url: matchPageOf(matchId), position: null, reminders: remindersOf(event).placed };
  const { content } = contentOf(known, { fields: found, ...rest });
  if (content === undefined) return known;
  return { ...known, content: isTheirs(event) ? { ...content, theirs: theirsOf(event) } : content };
};

/** What is to be known of an event before it is written over: what a person has added to it. */
export type PersonsPart = { readonly notes: string; readonly reminders: StandingReminders };

export const personsPart = (event: GoogleEvent): PersonsPart => ({
  notes: partsOf(event).notes,
  reminders: remindersOf(event),
});

export const noPersonsPart: PersonsPart = { notes: "", reminders: noReminders };

export const isUntouched = ({ notes, reminders }: PersonsPart): boolean =>
  notes === "" && areRemindersUntouched(reminders);

const noteNames = [
  "avsparkHash",
  "avsparkSeal",
  "avsparkVersion",
  "avsparkCancelled",
  "avsparkRev",
  "avsparkReminders",
] as const;

/** What we note in an event. */
const notesOf = (
  wanted: WantedEvent,
  reminders: string | undefined,
): Readonly<Partial<Record<(typeof noteNames)[number], string>>> => ({
  avsparkHash: wanted.hash,
  avsparkSeal: sealOf(wanted),
  avsparkVersion: version,
  avsparkCancelled: String(wanted.cancelled),
  ...(wanted.rev === undefined ? {} : { avsparkRev: String(wanted.rev) }),
  ...(reminders === undefined ? {} : { avsparkReminders: reminders }),
});

const noNotes: Readonly<Record<string, null>> = Object.fromEntries(noteNames.map((name) => [name, null]));

/** The description that somebody else's program had given an event, with what people have written into it since. */
const givenBack = ({ description }: Theirs, notes: string): string => {
  const before = partPredecessors(description);
  return words(notes) === words(before.notes) ? description : [before.ours, notes].filter(Boolean).join("\n\n");
};

/**
 * The fields we own, as Google takes them. A cancelled match says so in its summary: Google's status "cancelled" would
 * delete the event. `date: null` turns an all-day event that a person made of it back into one with a time.
 */
export const eventBody = (
  wanted: WantedEvent,
  { notes, reminders: standing }: PersonsPart,
  tag: string,
): calendar_v3.Schema$Event => {
  const { mark, ...reminders } = remindersBody(wanted.reminders, standing);
  const { theirs } = wanted;
  // The predecessor's keys: ours carry them too, so that it remains one family.
  const named = { matchId: wanted.id, syncTag: tag };
  const body = {
    ...reminders,
    summary: wanted.summary,
    location: wanted.location,
    start: { dateTime: wanted.start, date: null, timeZone: "Europe/Stockholm" },
    end: { dateTime: wanted.end, date: null, timeZone: "Europe/Stockholm" },
  };
  // A patch takes away what is null, of which Google's own types know nothing.
  if (theirs === undefined)
    return Object.assign<calendar_v3.Schema$Event, object>(
      {
        ...body,
        description: joinDescription(wanted.description, notes),
        extendedProperties: { private: { ...named, ...notesOf(wanted, mark) } },
      },
      { source: wanted.url === null ? null : { title: "Avspark", url: wanted.url } },
    );
  const given: calendar_v3.Schema$Event = { ...body, description: givenBack(theirs, notes) };
  return Object.assign(given, { source: theirs.source, extendedProperties: { private: { ...named, ...noNotes } } });
};
