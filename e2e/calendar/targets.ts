import { z } from "zod";
import type { CalendarTarget } from "../../src/core/calendar/port.ts";
import { silentLog } from "../../src/core/calendar/testing/records.ts";
import type { AddressBook } from "../../src/core/contacts/port.ts";
import { createCaldavTarget } from "../../src/main/adapters/caldav/target.ts";
import { createCarddavBook } from "../../src/main/adapters/carddav/book.ts";
import { systemClock } from "../../src/main/adapters/clock.ts";
import { createGoogleContacts } from "../../src/main/adapters/google/contacts-book.ts";
import { createGoogleTarget } from "../../src/main/adapters/google/target.ts";
import { googleTokenFile } from "../../src/main/adapters/google/token-file.ts";
import { createIcsTarget } from "../../src/main/adapters/ics/target.ts";
import { defaultTag } from "../../src/shared/calendar.ts";

/** A calendar as it can be named to another process. */
export const targetSpecSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ics"), file: z.string() }),
  z.object({ kind: z.literal("caldav"), url: z.string(), username: z.string(), password: z.string() }),
  z.object({
    kind: z.literal("google"),
    apiRoot: z.string(),
    calendarId: z.string(),
    tokenFile: z.string(),
    tag: z.string().optional(),
    timeoutMs: z.number().optional(),
  }),
]);
export type TargetSpec = z.infer<typeof targetSpecSchema>;

/** The same of an address book. */
export const bookSpecSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("carddav"), url: z.string(), username: z.string(), password: z.string() }),
  z.object({ kind: z.literal("google"), apiRoot: z.string(), tokenFile: z.string() }),
]);
export type BookSpec = z.infer<typeof bookSpecSchema>;

export const createBook = (spec: BookSpec): AddressBook =>
  spec.kind === "carddav"
    ? createCarddavBook({ ...spec, group: "Referees", log: silentLog })
    : createGoogleContacts({
        auth: googleTokenFile(spec.tokenFile),
        apiRoot: spec.apiRoot,
        group: "Referees",
        clock: systemClock,
        log: silentLog,
        timeoutMs: 10_000,
      });

export const createTarget = (spec: TargetSpec): CalendarTarget => {
  switch (spec.kind) {
    case "ics":
      return createIcsTarget({ file: spec.file, log: silentLog });
    case "caldav":
      return createCaldavTarget({ url: spec.url, username: spec.username, password: spec.password, log: silentLog });
    case "google":
      return createGoogleTarget({
        auth: googleTokenFile(spec.tokenFile),
        apiRoot: spec.apiRoot,
        calendarId: spec.calendarId,
        tag: spec.tag ?? defaultTag,
        clock: systemClock,
        log: silentLog,
        timeoutMs: spec.timeoutMs ?? 10_000,
      });
  }
};
