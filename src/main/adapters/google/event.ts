import type { calendar_v3 } from "@googleapis/calendar";
import { z } from "zod";
import type { WantedEvent } from "../../../core/calendar/port.ts";
import type { Listed } from "../../../core/keeper/target.ts";
import { type Instant, instantOf } from "../../../shared/instant.ts";
import { matchPageOf } from "../../../shared/match.ts";
import { contentOf } from "../calendar/content.ts";
import { actualHash, type OwnedFields, sealOf } from "../calendar/seal.ts";
import { hasMarker, joinDescription, splitDescription } from "../calendar/text.ts";
import { partPredecessors } from "./predecessor.ts";

/** The predecessor's mark on its events; ours carry it too, so that it remains one family. */
export const syncTag = "FOGIS_CALENDAR_SYNC";

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
  extendedProperties: z.object({ private: z.record(z.string(), z.string()).nullish() }).nullish(),
});
export type GoogleEvent = z.infer<typeof googleEventSchema>;

/** The partial response we ask for: exactly the schema above. */
export const eventFields =
  "id,etag,status,recurringEventId,summary,description,location,start,end,extendedProperties/private";

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

export const isDeleted = (event: GoogleEvent): boolean => event.status === "cancelled";

export const notesOf = (event: GoogleEvent): string => partsOf(event).notes;

/**
 * An event of ours or of the predecessor; null for anybody else's. When a person makes a series of one, the exceptions
 * in it carry copies of its properties: they are that person's.
 */
export const knownEvent = (event: GoogleEvent): Listed<WantedEvent> | null => {
  const properties = event.extendedProperties?.private ?? {};
  const matchId = properties.matchId;
  if (matchId === undefined || matchId === "" || properties.syncTag !== syncTag || event.recurringEventId) return null;
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
  };
  return { ...known, ...contentOf(known, { fields: found, url: matchPageOf(matchId), position: null }) };
};

/**
 * The fields we own, as Google takes them. A cancelled match says so in its summary: Google's status "cancelled" would
 * delete the event. `date: null` turns an all-day event that a person made of it back into one with a time.
 */
export const eventBody = (wanted: WantedEvent, notes: string): calendar_v3.Schema$Event => ({
  summary: wanted.summary,
  description: joinDescription(wanted.description, notes),
  location: wanted.location,
  start: { dateTime: wanted.start, date: null, timeZone: "Europe/Stockholm" },
  end: { dateTime: wanted.end, date: null, timeZone: "Europe/Stockholm" },
  source: { title: "Avspark", url: wanted.url },
  extendedProperties: {
    private: {
      matchId: wanted.id,
      syncTag,
      avsparkHash: wanted.hash,
      avsparkSeal: sealOf(wanted),
      avsparkVersion: version,
      avsparkCancelled: String(wanted.cancelled),
    },
  },
});
