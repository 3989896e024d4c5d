import ICAL from "ical.js";
import type { WantedEvent } from "../../../../core/calendar/port.ts";
import type { Found } from "../../../../core/keeper/item.ts";
import type { Listed } from "../../../../core/keeper/target.ts";
import { type Instant, instantOf } from "../../../../shared/instant.ts";
import { type Reminder, readReminders } from "../../../../shared/reminders.ts";
import { contentOf } from "../content.ts";
import { eventName } from "../identity.ts";
import { readRev } from "../rev.ts";
import { actualHash, type OwnedFields } from "../seal.ts";
import { splitDescription } from "../text.ts";
import { readMoment } from "./zone.ts";

/** The shape of what we write; a later Avspark can tell older events by it. */
export const version = "1";

/** Our own properties, as ical.js names them. The match id is percent-encoded: its escapes are then nobody's business. */
export const marks = {
  matchId: "x-avspark-match-id",
  hash: "x-avspark-hash",
  seal: "x-avspark-seal",
  version: "x-avspark-version",
  rev: "x-avspark-rev",
  reminders: "x-avspark-reminders",
} as const;

/** The same on every machine and after every restart. */
export const uidOf = (matchId: string): string => `${eventName(matchId)}@avspark`;

/** An event of ours as it stands in a calendar. */
export type FoundEvent = {
  readonly matchId: string;
  readonly hash: string | null;
  readonly seal: string | null;
  readonly rev: number | undefined;
  readonly sequence: number;
  readonly modified: Instant | null;
  readonly fields: OwnedFields;
  /** What a person wrote beneath the marker in the description. */
  readonly notes: string;
  readonly url: string | null;
  readonly position: { readonly latitude: number; readonly longitude: number } | null;
  /** What we last put there; null: nothing. */
  readonly reminders: readonly Reminder[] | null;
};

export const textOf = (component: ICAL.Component, name: string): string | null => {
  const value = component.getFirstPropertyValue(name);
  return typeof value === "string" ? value : null;
};

const decoded = (text: string | null): string | null => {
  try {
    return text === null ? null : decodeURIComponent(text);
  } catch {
    return null;
  }
};

const positionOf = (component: ICAL.Component): FoundEvent["position"] => {
  const [latitude, longitude] = [component.getFirstPropertyValue("geo")].flat();
  return typeof latitude === "number" && typeof longitude === "number" ? { latitude, longitude } : null;
};

export const placedReminders = (component: ICAL.Component): FoundEvent["reminders"] =>
  readReminders(textOf(component, marks.reminders) ?? "") ?? null;

const endOf = (component: ICAL.Component): Instant | null => {
  const end = component.getFirstProperty("dtend");
  if (end !== null) return readMoment(end);
  const start = readMoment(component.getFirstProperty("dtstart"));
  const duration = component.getFirstPropertyValue("duration");
  if (start === null || !(duration instanceof ICAL.Duration)) return start;
  return instantOf(Date.parse(start) + duration.toSeconds() * 1000);
};

/**
 * An event of ours; null for anybody else's. Who copies one of ours makes an event with a UID of its own, though with
 * copies of our properties: it is that person's. So is an exception in a series.
 */
export const foundEvent = (component: ICAL.Component): FoundEvent | null => {
  const matchId = decoded(textOf(component, marks.matchId));
  if (matchId === null || textOf(component, "uid") !== uidOf(matchId)) return null;
  if (component.hasProperty("recurrence-id")) return null;
  const { ours, notes } = splitDescription(textOf(component, "description") ?? "");
  const sequence = Number(component.getFirstPropertyValue("sequence") ?? 0);
  return {
    matchId,
    hash: textOf(component, marks.hash),
    seal: textOf(component, marks.seal),
    rev: readRev(textOf(component, marks.rev)),
    sequence: Number.isSafeInteger(sequence) ? sequence : 0,
    modified: readMoment(component.getFirstProperty("last-modified")),
    fields: {
      summary: textOf(component, "summary") ?? "",
      description: ours,
      location: textOf(component, "location"),
      start: readMoment(component.getFirstProperty("dtstart")),
      end: endOf(component),
      cancelled: textOf(component, "status")?.toUpperCase() === "CANCELLED",
    },
    notes,
    url: textOf(component, "url"),
    position: positionOf(component),
    reminders: placedReminders(component),
  };
};

export const knownOf = (event: FoundEvent, where: Pick<Found, "remoteId" | "etag">): Listed<WantedEvent> => {
  const { matchId: id, hash, seal, rev, fields } = event;
  const actual = actualHash({ hash, seal, found: fields });
  const { start, cancelled } = fields;
  return { id, ...where, hash, actual, start, cancelled, rev, ...contentOf({ id, actual }, event) };
};

/**
 * SEQUENCE never goes back and moves only when the content does, also over a lost journal, a lost answer or a person's
 * program that has moved it as well.
 */
export const nextSequence = (options: {
  readonly found: Pick<FoundEvent, "hash" | "sequence"> | null;
  readonly hash: string;
  readonly sequence: number;
}): number => {
  const { found, hash, sequence } = options;
  if (found === null) return sequence;
  return Math.max(sequence, found.hash === hash ? found.sequence : found.sequence + 1);
};
