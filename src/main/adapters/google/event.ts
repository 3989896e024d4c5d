import type { calendar_v3 } from "@googleapis/calendar";
import { z } from "zod";
import type { WantedEvent } from "../../../core/calendar/port.ts";
import { areRemindersUntouched, isPlaced, type StandingReminders } from "../../../core/calendar/reminders.ts";
import type { Listed } from "../../../core/keeper/target.ts";
import { type Instant, instantOf } from "../../../shared/instant.ts";
import { matchPageOf } from "../../../shared/match.ts";
import { readReminders, usualReminders } from "../../../shared/reminders.ts";
import { contentOf } from "../calendar/content.ts";
import { readRev } from "../calendar/rev.ts";
import { actualHash, type OwnedFields, sealOf } from "../calendar/seal.ts";
import { hasMarker, joinDescription, splitDescription } from "../calendar/text.ts";
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
  extendedProperties: z.object({ private: z.record(z.string(), z.string()).nullish() }).nullish(),
});
export type GoogleEvent = z.infer<typeof googleEventSchema>;

/** The partial response we ask for: exactly the schema above. */
export const eventFields =
  "id,etag,status,recurringEventId,summary,description,location,start,end,reminders,extendedProperties/private";

const instant = (time: GoogleEvent["start"]): Instant | null => {
  const at = Date.parse(time?.dateTime ?? "");
  return Number.isNaN(at) ? null : instantOf(at);
};

/** What is not the predecessor's own in the description of an event that it made is a person's. */
const partsOf = (event: GoogleEvent): { readonly ours: string; readonly notes: string } => {
  const description = event.description ?? "";
  const isOurs = event.extendedProperties?.private?.avsparkHash !== undefined || hasMarker(description);
  return isOurs ? splitDescription(description) : partPredecessors(description);
};

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
  return { ...known, ...contentOf(known, { fields: found, ...rest }) };
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
  return {
    ...reminders,
    summary: wanted.summary,
    description: joinDescription(wanted.description, notes),
    location: wanted.location,
    start: { dateTime: wanted.start, date: null, timeZone: "Europe/Stockholm" },
    end: { dateTime: wanted.end, date: null, timeZone: "Europe/Stockholm" },
    source: { title: "Avspark", url: wanted.url },
    extendedProperties: {
      private: {
        matchId: wanted.id,
        // The predecessor's key: ours carry it too, so that it remains one family.
        syncTag: tag,
        avsparkHash: wanted.hash,
        avsparkSeal: sealOf(wanted),
        avsparkVersion: version,
        avsparkCancelled: String(wanted.cancelled),
        ...(wanted.rev === undefined ? {} : { avsparkRev: String(wanted.rev) }),
        ...(mark === undefined ? {} : { avsparkReminders: mark }),
      },
    },
  };
};
