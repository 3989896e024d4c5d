import ICAL from "ical.js";
import ical, { ICalCalendarMethod } from "ical-generator";
import type { WantedEvent } from "../../../core/calendar/port.ts";
import type { CalendarWriter } from "../../../core/calendar-feeds/content.ts";
import type { Instant } from "../../../shared/instant.ts";
import { foundEvent, textOf } from "../calendar/ical/found.ts";
import { serialised } from "../calendar/ical/serialised.ts";
import { zoneBlock, zoneName } from "../calendar/ical/zone.ts";
import { type FileEvent, fileEvent, writtenEvent } from "./event.ts";

/** How often a calendar program should look: it asks with an ETag, so nearly all of these cost nothing. */
const refreshSeconds = 15 * 60;

export type FileContent = {
  /** By match id. */
  readonly events: ReadonlyMap<string, FileEvent>;
  /** What somebody else has put into the file, as it stands: lines with CRLF. */
  readonly foreign: readonly string[];
};

export const emptyContent: FileContent = { events: new Map(), foreign: [] };

const end = "END:VCALENDAR";

/**
 * All that comes before the events. `name` is what calendar programs call it. ical-generator puts some of the calendar's own
 * properties behind the zone; RFC 5545 (3.6) has them all before the first component.
 */
const headOf = (name: string): string => {
  const head = ical({
    name,
    prodId: { company: "Avspark", product: "Avspark", language: "SV" },
    method: ICalCalendarMethod.PUBLISH,
    ttl: refreshSeconds,
    timezone: { name: zoneName, generator: zoneBlock },
  })
    .toString()
    .slice(0, -end.length);
  const [zone = ""] = /BEGIN:VTIMEZONE\r\n.*END:VTIMEZONE\r\n/s.exec(head) ?? [];
  return head.replace(zone, "") + zone;
};

const order = (a: FileEvent, b: FileEvent): number =>
  a.start === b.start ? (a.matchId < b.matchId ? -1 : 1) : a.start < b.start ? -1 : 1;

/** As they stand in the file: equal events, equal order, in whatever order they came about. */
export const inOrder = (events: Iterable<FileEvent>): readonly FileEvent[] => [...events].sort(order);

/** The whole file, in parts of which none is larger than an event. */
export const createFileParts = (name: string) => {
  const head = headOf(name);
  return (ordered: readonly FileEvent[], foreign: readonly string[]): readonly string[] => [
    head,
    ...ordered.map(({ text }) => text),
    ...foreign,
    `${end}\r\n`,
  ];
};

/** The file of a calendar that is made once, to be handed to somebody. */
export const fileOf = (name: string, events: readonly WantedEvent[], at: Instant): string =>
  createFileParts(name)(inOrder(events.map((event) => writtenEvent(event, { sequence: 0, at }, undefined))), []).join(
    "",
  );

/** How calendars are written of which each event stands in many. */
export const calendarWriter: CalendarWriter = {
  event: (event, revision) => writtenEvent(event, revision, undefined).text,
  whole: (name, events) => [headOf(name), ...events, `${end}\r\n`].join(""),
};

/** What is in the file; null when it is no calendar. Throws nothing. */
export const readFileText = (text: string): FileContent | null => {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text));
    if (calendar.name !== "vcalendar") return null;
    const events = new Map<string, FileEvent>();
    const foreign: string[] = [];
    for (const component of calendar.getAllSubcomponents()) {
      const found = component.name === "vevent" ? foundEvent(component) : null;
      if (found !== null) {
        const event = events.has(found.matchId) ? null : fileEvent(found);
        if (event !== null) events.set(event.matchId, event);
      } else if (component.name !== "vtimezone" || textOf(component, "tzid") !== zoneName) {
        foreign.push(`${serialised(component)}\r\n`);
      }
    }
    return { events, foreign };
  } catch {
    return null;
  }
};
