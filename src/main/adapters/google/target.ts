import type { calendar_v3 } from "@googleapis/calendar";
import { z } from "zod";
import type { CalendarTarget, WantedEvent } from "../../../core/calendar/port.ts";
import type { Found } from "../../../core/keeper/item.ts";
import { isNewerThere } from "../../../core/keeper/plan.ts";
import type { Listed, Listing } from "../../../core/keeper/target.ts";
import type { Log } from "../../../core/ports.ts";
import { defaultTag, type OtherTag } from "../../../shared/calendar.ts";
import type { Instant } from "../../../shared/instant.ts";
import { eventName } from "../calendar/identity.ts";
import { type CalendarClient, createCalendarClient, type GoogleClientOptions } from "./client.ts";
import type { GoogleCredentials } from "./credentials.ts";
import {
  eventBody,
  eventFields,
  type GoogleEvent,
  googleEventSchema,
  isDeleted,
  isUntouched,
  knownEvent,
  noPersonsPart,
  type PersonsPart,
  personsPart,
  tagOf,
} from "./event.ts";
import { badAnswer, GoogleProblem, isStatus, ofEvent } from "./google-problem.ts";

export type GoogleTargetOptions = GoogleClientOptions & {
  readonly calendarId: string;
  /** Which events of matches are ours; those under another are left alone. */
  readonly tag: string;
  readonly log: Log;
};

const pageSchema = z.object({
  /** An empty page has little else to be known by, and another server's answer must not pass for one. */
  kind: z.literal("calendar#events"),
  accessRole: z.string().nullish(),
  summary: z.string().nullish(),
  nextPageToken: z.string().nullish(),
  nextSyncToken: z.string().nullish(),
  items: z.array(googleEventSchema).nullish(),
});

/** The largest page Google gives. */
const pageSize = 2500;
/** No calendar has this many pages: a server that always names another one is not to be believed. */
const maxPages = 2000;
/** How often an edit that came in between is read again and merged. */
const mergeAttempts = 3;
/** How many names are tried for a match whose deleted event Google will not give back. */
const generations = [0, 1, 2, 3, 4];

/** What must be known of an event to change it: where it is, which version, and what a person put in it. */
type Version = { readonly id: string; readonly etag: string | null; readonly person: PersonsPart };

const versionOf = (event: GoogleEvent): Version => ({
  id: event.id,
  etag: event.etag ?? null,
  person: personsPart(event),
});

/** What an event is to be, and when that is written. */
type Wish = { readonly wanted: WantedEvent; readonly at: Instant };

const isNewer = (there: Found, { wanted, at }: Wish): boolean => isNewerThere(there, wanted, Date.parse(at));

/** An event that was given back is somebody else's again: nothing in it says how we want it. */
const asGiven = (found: Found, { hash, theirs }: WantedEvent): Found =>
  theirs === undefined ? found : { ...found, actual: hash };

/** Whoever wants the event all the same makes it anew. */
const eventGone = (): GoogleProblem =>
  new GoogleProblem({ kind: "calendar-not-found", message: "Somebody has deleted the event." }, { concern: "item" });

const isGone = (error: unknown): boolean =>
  error instanceof GoogleProblem && error.status === null && error.problem.kind === "calendar-not-found";

/** Google uses the same words for a calendar that is gone or may not be changed as for one event. */
const mayConcernAll = (error: unknown): boolean =>
  isStatus(error, 403, 404) && ["calendar-forbidden", "calendar-not-found"].includes(error.problem.kind);

const conflict = (message: string): GoogleProblem => new GoogleProblem({ kind: "calendar-conflict", message });

const otherAccount = (): GoogleProblem =>
  new GoogleProblem(
    { kind: "calendar-conflict", message: "Another Google account has signed in: its calendar is read first." },
    { concern: "collection" },
  );

const refuseReader = ({ accessRole }: z.infer<typeof pageSchema>): void => {
  if (accessRole === undefined || accessRole === null || ["owner", "writer"].includes(accessRole)) return;
  throw new GoogleProblem({
    kind: "calendar-forbidden",
    message: "The Google account may read this calendar but not change it.",
  });
};

const countOtherTags = (events: readonly GoogleEvent[], ours: string): readonly OtherTag[] => {
  const counts = new Map<string, number>();
  for (const event of events) {
    const tag = isDeleted(event) ? null : tagOf(event);
    if (tag !== null && tag !== ours) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts].map(([tag, count]) => ({ tag, events: count }));
};

/** An event that was deleted or given back between two of our calls: the next try sees it as it is. */
const crossed = (error: unknown): never => {
  throw isGone(error) || isStatus(error, 404, 412)
    ? conflict("The event was changed by somebody else just now.")
    : error;
};

/**
 * A Google calendar. Every write is safe to repeat: an insert brings its own id, an update the etag it builds on.
 *
 * Listing<WantedEvent>: a sync token may not be combined with `privateExtendedProperty`, and a list with other parameters than the
 * first one has no defined result (events.list, parameter `syncToken`). So the first list asks for everything, all
 * pages, and what is not ours is dropped here; from then on one call brings what has changed since.
 */
export const createGoogleTarget = (options: GoogleTargetOptions): CalendarTarget => {
  const { calendarId, tag, log } = options;
  const client = createCalendarClient(options);
  // A person's part in every event seen, each valid for one etag: with them an update needs no look first.
  const versions = new Map<string, Version>();
  let listed = false;
  let title: string | null = null;

  const remember = (event: GoogleEvent): Listed<WantedEvent> | null => {
    const known = isDeleted(event) ? null : knownEvent(event, tag);
    if (known === null) versions.delete(event.id);
    else versions.set(event.id, versionOf(event));
    return known;
  };

  /** Who has signed in, and whose calendar was listed: `primary` is another calendar for each account. */
  let owner: { readonly credentials: GoogleCredentials; readonly account: string | null } | null = null;
  let listedAs: string | null = null;
  const account = async (): Promise<string | null> => {
    if (calendarId !== "primary") return null;
    const credentials = await options.auth.read();
    if (owner?.credentials === credentials) return owner.account;
    try {
      const { id } = await client.call(z.object({ id: z.string() }), (api) =>
        api.calendars.get({ calendarId, fields: "id" }),
      );
      owner = { credentials, account: id };
    } catch (error) {
      // A sign-in for events alone may not ask.
      if (!isStatus(error, 403, 404)) throw error;
      owner = { credentials, account: null };
    }
    return owner.account;
  };

  /** Whoever has signed in meanwhile gets nothing that was meant for another: their calendar is listed first. */
  const asListed = async <T>(write: () => Promise<T>): Promise<T> => {
    const now = await account();
    if (now === null || listedAs === null || now === listedAs) return write();
    throw otherAccount();
  };

  /** A call about one event, for whoever was asked about last: a sign-in counts at once, also between two such calls. */
  const call: CalendarClient["call"] = (schema, run) =>
    client.call(schema, (api, credentials) => {
      const isOther = owner !== null && owner.account !== null && owner.credentials !== credentials;
      return isOther ? Promise.reject(otherAccount()) : run(api, credentials);
    });

  /**
   * A call about one event. What Google refuses is that event's trouble, unless the calendar itself is gone or may not be
   * changed any more: then looking at it fails, and says so.
   */
  const aboutOne = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      if (mayConcernAll(error)) {
        const fields = "kind,accessRole";
        refuseReader(await client.call(pageSchema, (api) => api.events.list({ calendarId, maxResults: 1, fields })));
      }
      throw ofEvent(error);
    }
  };

  /** An event we have just written is ours, or Google did not do what it said. */
  const ours = (event: GoogleEvent): Found => {
    const known = remember(event);
    if (known === null) throw badAnswer();
    return known;
  };

  const get = async (eventId: string): Promise<GoogleEvent | null> => {
    try {
      return await call(googleEventSchema, (api) => api.events.get({ calendarId, eventId, fields: eventFields }));
    } catch (error) {
      if (isStatus(error, 404, 410)) return null;
      throw error;
    }
  };

  const patch = async (base: Version, requestBody: calendar_v3.Schema$Event): Promise<Found> =>
    ours(
      await call(googleEventSchema, (api) =>
        api.events.patch(
          { calendarId, eventId: base.id, fields: eventFields, requestBody },
          base.etag === null ? {} : { headers: { "If-Match": base.etag } },
        ),
      ),
    );

  /** Writes on top of the newest version; a version that somebody has replaced meanwhile is read again. */
  const merge = async (wish: Wish, known: Version | null, eventId: string): Promise<Found> => {
    const { wanted } = wish;
    let base = known;
    for (let attempt = 0; attempt <= mergeAttempts; attempt += 1) {
      if (base === null) {
        const found = await get(eventId);
        if (found === null || isDeleted(found)) throw eventGone();
        const there = remember(found);
        if (there !== null && isNewer(there, wish)) return there;
        base = versionOf(found);
      }
      try {
        return await patch(base, eventBody(wanted, base.person, tag));
      } catch (error) {
        if (isStatus(error, 404, 410)) throw eventGone();
        if (!isStatus(error, 412)) throw error;
        log.info("an edit came in between: it is read again and kept", { attempt: attempt + 1 });
        base = null;
      }
    }
    throw conflict("The event was changed by somebody else again and again while it was to be updated.");
  };

  /** Brings a deleted event back, with the colour and the reminders it had; null when Google will not. */
  const revive = async (wanted: WantedEvent, found: GoogleEvent): Promise<Found | null> => {
    try {
      const base = versionOf(found);
      return await patch(base, { ...eventBody(wanted, base.person, tag), status: "confirmed" });
    } catch (error) {
      // Seen in the wild: some deleted events are not given back. The match's next name is free.
      if (!isStatus(error, 400, 403, 404, 410) || error.problem.kind === "calendar-rate-limited") throw error;
      log.info("a deleted event could not be brought back: its match gets a new one");
      return null;
    }
  };

  /** null: the name is taken. */
  const make = async (wanted: WantedEvent, id: string): Promise<Found | null> => {
    try {
      return ours(
        await call(googleEventSchema, (api) =>
          api.events.insert({
            calendarId,
            fields: eventFields,
            requestBody: { id, ...eventBody(wanted, noPersonsPart, tag) },
          }),
        ),
      );
    } catch (error) {
      if (!isStatus(error, 409)) throw error;
      return null;
    }
  };

  /** What bears the name already: an earlier insert's event, or one that was deleted. null: the next name must do. */
  const take = async (wish: Wish, id: string): Promise<Found | null> => {
    const { wanted } = wish;
    const found = await get(id);
    if (found === null) return null;
    if (isDeleted(found)) return revive(wanted, found);
    const known = remember(found);
    const isDone = known !== null && known.hash === wanted.hash && known.actual === wanted.hash;
    return isDone || (known !== null && isNewer(known, wish)) ? known : merge(wish, versionOf(found), id);
  };

  const insert = async (wish: Wish): Promise<Found> => {
    const { wanted } = wish;
    for (const generation of generations) {
      const id = eventName(wanted.id, { tag, generation });
      const event = (await make(wanted, id)) ?? (await take(wish, id).catch(crossed));
      if (event !== null) return event;
    }
    throw conflict("Google will not give a deleted event back, nor let a new one take its place.");
  };

  const pages = async (syncToken: string | null) => {
    const items: GoogleEvent[] = [];
    let pageToken: string | null = null;
    for (let count = 0; count < maxPages; count += 1) {
      const page: z.infer<typeof pageSchema> = await client.call(pageSchema, (api) =>
        api.events.list({
          calendarId,
          maxResults: pageSize,
          fields: `kind,accessRole,summary,nextPageToken,nextSyncToken,items(${eventFields})`,
          ...(syncToken === null ? {} : { syncToken }),
          ...(pageToken === null ? {} : { pageToken }),
        }),
      );
      refuseReader(page);
      title = page.summary ?? title;
      items.push(...(page.items ?? []));
      if (!page.nextPageToken) return { items, token: page.nextSyncToken ?? null };
      pageToken = page.nextPageToken;
    }
    throw badAnswer();
  };

  const full = async (): Promise<Listing<WantedEvent>> => {
    const { items, token } = await pages(null);
    const events = items.map(remember).filter((known) => known !== null);
    // Where a match has several events, the one with the name we give it comes first.
    const rank = (known: Found) => (known.remoteId === eventName(known.id, { tag }) ? 0 : known.hash === null ? 2 : 1);
    listed = true;
    return {
      kind: "full",
      items: events.toSorted((a, b) => rank(a) - rank(b)),
      removed: [],
      token,
      otherTags: countOtherTags(items, tag),
    };
  };

  const delta = async (syncToken: string): Promise<Listing<WantedEvent>> => {
    const { items, token } = await pages(syncToken);
    const events: Listed<WantedEvent>[] = [];
    const removed: string[] = [];
    for (const item of items) {
      const wasOurs = versions.has(item.id);
      const known = remember(item);
      if (known !== null) events.push(known);
      else if (wasOurs) removed.push(item.id);
    }
    return { kind: "delta", items: events, removed, token };
  };

  return {
    name: "google",
    id: tag === defaultTag ? calendarId : `${calendarId} ${tag}`,
    get label() {
      return title ?? calendarId;
    },
    // The first list of a process is always full: it brings the notes, and costs one call for 2,500 events.
    list: async (token) => {
      const who = await account();
      if (who !== listedAs) {
        listed = false;
        versions.clear();
      }
      listedAs = who;
      const whose = who === null ? {} : { account: who };
      if (token === null || !listed) return { ...(await full()), ...whose };
      try {
        return { ...(await delta(token)), ...whose };
      } catch (error) {
        // 410 is what the documentation says; 400 "Invalid sync token value" and 404 are what it also answers.
        if (!isStatus(error, 400, 404, 410)) throw error;
        log.info("Google has forgotten the sync token: everything is listed again");
        return { ...(await full()), ...whose };
      }
    },
    insert: async (wanted, { at }) => asGiven(await asListed(() => aboutOne(() => insert({ wanted, at }))), wanted),
    update: async (wanted, known, { at }) => {
      const version = versions.get(known.remoteId);
      const current = version !== undefined && version.etag === known.etag ? version : null;
      const found = await asListed(() => aboutOne(() => merge({ wanted, at }, current, known.remoteId)));
      return asGiven(found, wanted);
    },
    remove: ({ remoteId: eventId }) =>
      asListed(() =>
        aboutOne(async () => {
          try {
            await call(z.unknown(), (api) => api.events.delete({ calendarId, eventId }));
          } catch (error) {
            if (!isStatus(error, 404, 410)) throw error;
          }
          versions.delete(eventId);
        }),
      ),
    isOursAlone: ({ id, remoteId, hash, actual }) => {
      const version = versions.get(remoteId);
      const isMade = generations.some((generation) => remoteId === eventName(id, { tag, generation }));
      return isMade && version !== undefined && hash === actual && isUntouched(version.person);
    },
    close: client.close,
  };
};
