import ical, { ICalAlarmType, ICalEventStatus } from "ical-generator";
import type { WantedEvent } from "../../../core/calendar/port.ts";
import type { Revision } from "../../../core/keeper/target.ts";
import type { Instant } from "../../../shared/instant.ts";
import { remindersText } from "../../../shared/reminders.ts";
import { popups } from "../calendar/ical/alarms.ts";
import { type FoundEvent, marks, nextSequence, uidOf, version } from "../calendar/ical/found.ts";
import { stockholmTime, zoneName } from "../calendar/ical/zone.ts";
import { sealOf } from "../calendar/seal.ts";

/** An event in the file. `text`: its VEVENT block, folded, with CRLF. */
export type FileEvent = FoundEvent & { readonly start: Instant; readonly text: string };

type Timed = FoundEvent & { readonly fields: { readonly start: Instant; readonly end: Instant } };

const hasTimes = (event: FoundEvent): event is Timed => event.fields.start !== null && event.fields.end !== null;

const timesOf = ({ fields: { start, end } }: Timed) => {
  const [from, to] = [stockholmTime(start), stockholmTime(end)];
  if (from === null || to === null) return { start: new Date(start), end: new Date(end) };
  return { start: from, end: to, timezone: zoneName };
};

const placeOf = ({ fields: { location }, position }: Timed) => {
  const geo = position && { lat: position.latitude, lon: position.longitude };
  if (location === null) return geo && { geo };
  return geo === null ? { title: location } : { title: location, geo };
};

const alarmsOf = ({ reminders, fields: { summary } }: Timed) =>
  (reminders ?? []).map(({ minutes }) => ({
    type: ICalAlarmType.display as const,
    triggerBefore: minutes * 60,
    description: summary,
  }));

const propertiesOf = ({ matchId, hash, seal, rev, reminders: placed }: Timed): [string, string][] => {
  const reminders = placed && remindersText(placed);
  const values = {
    matchId: encodeURIComponent(matchId),
    hash,
    seal,
    version,
    rev: rev === undefined ? null : String(rev),
    reminders,
  };
  return Object.entries(values).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[marks[name as keyof typeof marks].toUpperCase(), value]],
  );
};

const alarm = /^BEGIN:VALARM\r\n.*?^END:VALARM\r\n/gms;

/** ical-generator puts our own properties behind the alarms; RFC 5545 (3.6.1) has all of an event's before them. */
const alarmsLast = (text: string): string =>
  text.replaceAll(alarm, "").replace("END:VEVENT", () => `${(text.match(alarm) ?? []).join("")}END:VEVENT`);

const block = /BEGIN:VEVENT\r\n.*END:VEVENT\r\n/s;

const textOf = (event: Timed): string => {
  const { matchId, fields, sequence, modified, url } = event;
  // DTSTAMP moves with the event: in a feed that is written anew all the time it would otherwise say nothing.
  const at = new Date(modified ?? fields.start);
  const calendar = ical({
    events: [
      {
        id: uidOf(matchId),
        sequence,
        stamp: at,
        lastModified: at,
        ...timesOf(event),
        summary: fields.summary,
        description: fields.description,
        location: placeOf(event),
        ...(url !== null && { url }),
        status: fields.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
        alarms: alarmsOf(event),
        x: propertiesOf(event),
      },
    ],
  });
  return alarmsLast(block.exec(calendar.toString())?.[0] ?? "");
};

/** null: it has no time any more, so a person has made something else of it. */
export const fileEvent = (event: FoundEvent): FileEvent | null =>
  hasTimes(event) ? { ...event, start: event.fields.start, text: textOf(event) } : null;

/** The event as it is to stand in the file from now on. */
export const writtenEvent = (wanted: WantedEvent, revision: Revision, before: FileEvent | undefined): FileEvent => {
  const { id: matchId, hash, rev, url, position } = wanted;
  const { summary, description, location, start, end, cancelled } = wanted;
  const sequence = nextSequence({ found: before ?? null, hash, sequence: revision.sequence });
  const event = {
    matchId,
    hash,
    seal: sealOf(wanted),
    rev,
    sequence,
    // What was there already keeps its time: only a real change moves it.
    modified: before?.hash === hash ? before.modified : revision.at,
    fields: { summary, description, location, start, end, cancelled },
    notes: "",
    url,
    position,
    reminders: popups(wanted.reminders),
  };
  return { ...event, start, text: textOf(event) };
};
