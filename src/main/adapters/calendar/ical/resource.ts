import ICAL from "ical.js";
import type { WantedEvent } from "../../../../core/calendar/port.ts";
import type { Revision } from "../../../../core/keeper/target.ts";
import type { Instant } from "../../../../shared/instant.ts";
import { sealOf } from "../seal.ts";
import { joinDescription, splitDescription } from "../text.ts";
import { writeAlarms } from "./alarms.ts";
import { type FoundEvent, foundEvent, marks, nextSequence, textOf, uidOf, version } from "./found.ts";
import { serialised } from "./serialised.ts";
import { stockholmTime, zoneBlock, zoneName } from "./zone.ts";

/** A calendar object of a CalDAV server: one event, with whatever else stands in it. */

/** Whether it is worth parsing: what a stranger has written is not our trouble. */
const marked = /^X-AVSPARK-MATCH-ID[:;]/im;

const parsed = (text: string): ICAL.Component | null => {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text));
    return calendar.name === "vcalendar" ? calendar : null;
  } catch {
    return null;
  }
};

/** Our event in it; null for a stranger's, and for what cannot be read. */
export const readResource = (text: string): FoundEvent | null => {
  if (!marked.test(text)) return null;
  try {
    const events = parsed(text)?.getAllSubcomponents("vevent") ?? [];
    return events.map(foundEvent).find((found) => found !== null) ?? null;
  } catch {
    return null;
  }
};

const utc = (at: Instant): ICAL.Time => ICAL.Time.fromJSDate(new Date(at), true);

const setTime = (event: ICAL.Component, name: "dtstart" | "dtend", at: Instant): void => {
  event.removeAllProperties(name);
  const property = new ICAL.Property(name);
  const local = stockholmTime(at);
  if (local === null) property.setValue(utc(at));
  else {
    const { year, month, day, hour, minute, second } = local;
    property.setParameter("tzid", zoneName);
    property.setValue(
      new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, ICAL.Timezone.localTimezone),
    );
  }
  event.addProperty(property);
};

const set = (event: ICAL.Component, name: string, value: unknown): void => {
  if (value === null) event.removeAllProperties(name);
  else event.updatePropertyWithValue(name, value);
};

/** The state of an event that is on is left as a person set it (CONFIRMED, TENTATIVE). */
const statusOf = (event: ICAL.Component, cancelled: boolean): string => {
  const found = textOf(event, "status");
  if (cancelled) return "CANCELLED";
  return found === null || found.toUpperCase() === "CANCELLED" ? "CONFIRMED" : found;
};

/** Changes what is ours; what is not named here stays as it is: categories, attendees, unknown properties. */
const write = (event: ICAL.Component, wanted: WantedEvent, revision: Revision): void => {
  const { notes } = splitDescription(textOf(event, "description") ?? "");
  const before = event.hasProperty("sequence")
    ? { hash: textOf(event, marks.hash), sequence: Number(event.getFirstPropertyValue("sequence")) || 0 }
    : null;
  const { position } = wanted;

  set(event, "summary", wanted.summary);
  set(event, "description", joinDescription(wanted.description, notes));
  // Thunderbird keeps a second description there, in HTML, and would go on showing it.
  event.getFirstProperty("description")?.removeParameter("altrep");
  set(event, "location", wanted.location);
  set(event, "url", wanted.url);
  set(event, "geo", position && [position.latitude, position.longitude]);
  set(event, "status", statusOf(event, wanted.cancelled));
  setTime(event, "dtstart", wanted.start);
  setTime(event, "dtend", wanted.end);
  event.removeAllProperties("duration");
  set(event, "sequence", nextSequence({ found: before, hash: wanted.hash, sequence: revision.sequence }));
  set(event, "dtstamp", utc(revision.at));
  set(event, "last-modified", utc(revision.at));
  set(event, marks.matchId, encodeURIComponent(wanted.id));
  set(event, marks.hash, wanted.hash);
  set(event, marks.seal, sealOf(wanted));
  set(event, marks.version, version);
  set(event, marks.rev, wanted.rev === undefined ? null : String(wanted.rev));
  writeAlarms(event, { wanted: wanted.reminders, description: wanted.summary });
};

const zoneComponent = (): ICAL.Component => new ICAL.Component(ICAL.parse(zoneBlock()));

const finished = (calendar: ICAL.Component): string => `${serialised(calendar)}\r\n`;

export const newResource = (wanted: WantedEvent, revision: Revision): string => {
  const calendar = new ICAL.Component("vcalendar");
  set(calendar, "version", "2.0");
  set(calendar, "prodid", "-//Avspark//Avspark//SV");
  calendar.addSubcomponent(zoneComponent());
  const event = new ICAL.Component("vevent");
  set(event, "uid", uidOf(wanted.id));
  set(event, "created", utc(revision.at));
  write(event, wanted, revision);
  calendar.addSubcomponent(event);
  return finished(calendar);
};

/** Strict servers refuse an event that stands before the zone it refers to. */
const zonesFirst = (calendar: ICAL.Component): void => {
  const parts = calendar.getAllSubcomponents();
  const [zones, others] = [
    parts.filter(({ name }) => name === "vtimezone"),
    parts.filter(({ name }) => name !== "vtimezone"),
  ];
  const own = zones.some((zone) => textOf(zone, "tzid") === zoneName) ? [] : [zoneComponent()];
  calendar.removeAllSubcomponents();
  for (const part of [...own, ...zones, ...others]) calendar.addSubcomponent(part);
};

/** The same resource with our fields as wanted; null when it holds no event of that match, or cannot be read. */
export const mergedResource = (text: string, wanted: WantedEvent, revision: Revision): string | null => {
  const calendar = parsed(text);
  const uid = uidOf(wanted.id);
  const event = calendar
    ?.getAllSubcomponents("vevent")
    .find((one) => textOf(one, "uid") === uid && !one.hasProperty("recurrence-id"));
  if (!calendar || !event) return null;
  try {
    write(event, wanted, revision);
    zonesFirst(calendar);
    return finished(calendar);
  } catch {
    return null;
  }
};
