import { Temporal } from "temporal-polyfill";
import { invalid, refuse } from "./answers.ts";

export type Json = { readonly [name: string]: unknown };

/** An event as it is kept: the resource, and when it last changed in the calendar's own count. */
export type StoredEvent = { readonly resource: Json; readonly change: number };

/** What a client may set; the rest of a body is ignored, as Google does with read-only fields. */
const writable = [
  "summary",
  "description",
  "location",
  "colorId",
  "start",
  "end",
  "recurrence",
  "transparency",
  "visibility",
  "attendees",
  "extendedProperties",
  "reminders",
  "source",
  "status",
  "sequence",
  "guestsCanInviteOthers",
  "guestsCanModify",
  "guestsCanSeeOtherGuests",
] as const;

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** Google's patch semantics: objects merge, arrays and values replace, null removes. */
const merge = (old: Json, patch: Json): Json => {
  const result: Record<string, unknown> = { ...old };
  for (const [name, value] of Object.entries(patch)) {
    const before = result[name];
    if (value === null) delete result[name];
    else result[name] = isJson(value) ? merge(isJson(before) ? before : {}, value) : value;
  }
  return result;
};

/** In the calendar's zone with its offset and without fractions, as Google gives times back. */
const normalTime = (time: unknown, name: "start" | "end"): Json => {
  if (!isJson(time)) return refuse({ status: 400, reason: "required", message: `Missing ${name} time.` });
  const { date, dateTime, timeZone } = time;
  if ((typeof date === "string") === (typeof dateTime === "string")) return invalid(`Invalid ${name} time.`);
  if (typeof date === "string") return /^\d{4}-\d\d-\d\d$/.test(date) ? { date } : invalid(`Invalid ${name} time.`);
  const zone = typeof timeZone === "string" ? timeZone : "Europe/Stockholm";
  try {
    const text = String(dateTime);
    const zoned = /(Z|[+-]\d\d:\d\d)$/i.test(text)
      ? Temporal.Instant.from(text).toZonedDateTimeISO("Europe/Stockholm")
      : Temporal.PlainDateTime.from(text).toZonedDateTime(zone).withTimeZone("Europe/Stockholm");
    const shown = zoned.toString({ timeZoneName: "never", fractionalSecondDigits: 0 });
    return { dateTime: shown, timeZone: zone };
  } catch {
    return invalid(`Invalid ${name} time.`);
  }
};

const startOf = (time: Json): number => Date.parse(String(time.dateTime ?? time.date));

/** Text as it comes back: line ends unified, blank ends cut. */
const normalText = (text: unknown): string | undefined => {
  const trimmed = typeof text === "string" ? text.replace(/\r\n?/g, "\n").trim() : "";
  return trimmed === "" ? undefined : trimmed;
};

const checkProperties = (properties: unknown): void => {
  if (!isJson(properties)) return;
  for (const kind of ["private", "shared"]) {
    for (const [name, value] of Object.entries(asJson(properties[kind] ?? {}))) {
      if (typeof value !== "string") invalid("Invalid extended property value.");
      else if (name.length > 44 || value.length > 1024) invalid("The extended property is too long.");
    }
  }
};

/** At most five, of two kinds, up to four weeks ahead; the calendar's own or these, and an empty list is not given back. */
const normalReminders = (reminders: unknown): Json => {
  if (!isJson(reminders)) return { useDefault: true };
  const { useDefault = false, overrides = [] } = reminders;
  if (!Array.isArray(overrides) || typeof useDefault !== "boolean") return invalid("Invalid reminders.");
  if (overrides.length > 5) return invalid("Too many reminder overrides.");
  if (useDefault && overrides.length > 0) {
    return refuse({
      status: 400,
      domain: "calendar",
      reason: "cannotUseDefaultRemindersAndSpecifyOverride",
      message: "Cannot specify both default reminders and overrides at the same time.",
    });
  }
  const given = overrides.map((one: unknown) => {
    const { method, minutes } = isJson(one) ? one : {};
    const isRight = (method === "popup" || method === "email") && Number.isInteger(minutes);
    return isRight && Number(minutes) >= 0 && Number(minutes) <= 40_320
      ? { method, minutes }
      : invalid("Invalid reminder override.");
  });
  return { useDefault, ...(given.length === 0 ? {} : { overrides: given }) };
};

const settled = (fields: Json): Json => {
  const start = normalTime(fields.start, "start");
  const end = normalTime(fields.end, "end");
  if ("date" in start !== "date" in end || startOf(end) < startOf(start)) {
    return refuse({
      status: 400,
      domain: "calendar",
      reason: "timeRangeEmpty",
      message: "The specified time range is empty.",
      locationType: "parameter",
      location: "timeMax",
    });
  }
  checkProperties(fields.extendedProperties);
  const source = fields.source;
  if (isJson(source) && !/^https?:\/\//.test(String(source.url))) return invalid("Invalid source URL.");
  const texts = { summary: normalText(fields.summary), description: normalText(fields.description) };
  const all = { ...fields, ...texts, location: normalText(fields.location), start, end };
  const reminders = normalReminders(fields.reminders);
  return Object.fromEntries(Object.entries({ ...all, reminders }).filter(([, value]) => value !== undefined));
};

const picked = (body: Json): Json =>
  Object.fromEntries(writable.flatMap((name) => (name in body ? [[name, body[name]]] : [])));

const withoutNulls = (body: Json): Json => merge({}, body);

/** The fields that only the server sets. */
type Stamp = { readonly change: number; readonly now: number };

const stamped = (resource: Json, stamp: Stamp): StoredEvent => ({
  resource: {
    ...resource,
    etag: `"${3_400_000_000_000_000 + stamp.change}"`,
    updated: new Date(stamp.now).toISOString(),
  },
  change: stamp.change,
});

export const newEvent = (options: {
  readonly id: string;
  readonly calendarId: string;
  readonly body: Json;
  readonly stamp: Stamp;
}): StoredEvent => {
  const { id, calendarId, body, stamp } = options;
  const person = { email: calendarId, self: true };
  return stamped(
    {
      kind: "calendar#event",
      id,
      status: "confirmed",
      htmlLink: `https://www.google.com/calendar/event?eid=${id}`,
      created: new Date(stamp.now).toISOString(),
      creator: person,
      organizer: person,
      iCalUID: `${id}@google.com`,
      sequence: 0,
      reminders: { useDefault: true },
      eventType: "default",
      ...settled(withoutNulls(picked(body))),
    },
    stamp,
  );
};

const sequenceOf = (resource: Json): number => Number(resource.sequence ?? 0);

/** A change of time moves the sequence; a client's older one is refused. */
const nextSequence = (old: Json, fields: Json, given: unknown): number => {
  if (typeof given === "number" && given < sequenceOf(old)) {
    return invalid(
      "Invalid sequence value. The specified sequence number is below the current sequence number of the resource. " +
        "Re-fetch the resource and use its sequence number on the following request.",
    );
  }
  const moved = JSON.stringify([old.start, old.end]) !== JSON.stringify([fields.start, fields.end]);
  return sequenceOf(old) + (moved ? 1 : 0);
};

/** A deleted event takes no change but the one that brings it back. */
const checkDeleted = (old: Json, body: Json): void => {
  if (old.status === "cancelled" && body.status !== "confirmed") {
    refuse({ status: 403, reason: "forbidden", message: "Forbidden" });
  }
};

export const patchedEvent = (old: StoredEvent, body: Json, stamp: Stamp): StoredEvent => {
  checkDeleted(old.resource, body);
  const fields = settled(merge(old.resource, picked(body)));
  return stamped({ ...fields, sequence: nextSequence(old.resource, fields, body.sequence) }, stamp);
};

/** Everything a client may set is replaced; what the body leaves out is gone. */
export const replacedEvent = (old: StoredEvent, body: Json, stamp: Stamp): StoredEvent => {
  checkDeleted(old.resource, body);
  const kept = Object.fromEntries(
    Object.entries(old.resource).filter(([name]) => !writable.some((field) => field === name)),
  );
  const defaults = { status: old.resource.status, reminders: { useDefault: true } };
  const fields = settled({ ...kept, ...defaults, ...withoutNulls(picked(body)) });
  return stamped({ ...fields, sequence: nextSequence(old.resource, fields, body.sequence) }, stamp);
};

/** Deleting hides: the id stays taken, and the organizer may still read the details. */
export const deletedEvent = (old: StoredEvent, stamp: Stamp): StoredEvent =>
  stamped({ ...old.resource, status: "cancelled" }, stamp);

export const isDeleted = (event: StoredEvent): boolean => event.resource.status === "cancelled";

export const privateProperty = (event: StoredEvent, name: string): unknown => {
  const properties = event.resource.extendedProperties;
  const group = isJson(properties) ? properties.private : undefined;
  return isJson(group) ? group[name] : undefined;
};

export const asJson = (value: unknown): Json => (isJson(value) ? value : invalid("Parse Error"));
