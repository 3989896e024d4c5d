import type { CalendarTarget, WantedEvent } from "../../../core/calendar/port.ts";
import type { Found } from "../../../core/keeper/item.ts";
import { isNewerThere } from "../../../core/keeper/plan.ts";
import type { Listed, Listing, Revision } from "../../../core/keeper/target.ts";
import { shownWebAddress } from "../../../shared/address/web.ts";
import { knownOf } from "../calendar/ical/found.ts";
import { mergedResource, newResource, readResource } from "../calendar/ical/resource.ts";
import { eventName, isEventName } from "../calendar/identity.ts";
import { badAnswer, CaldavProblem, isStatus } from "./caldav-problem.ts";
import { connectDav, type DavOptions } from "./connect.ts";
import type { Resource } from "./dav.ts";
import { calendars } from "./kind.ts";
import { createLister, createReading, type Member, urlOf } from "./listing.ts";

/** How often an edit that came in between is read again and merged. */
const mergeAttempts = 3;

const fileName = (matchId: string): string => `${eventName(matchId)}.ics`;
const isFileName = (name: string): boolean => name.endsWith(".ics") && isEventName(name.slice(0, -".ics".length));

/** A resource, and whether it was read as it is there, or is what we have written. */
type Seen = Resource & { readonly isRead: boolean };

const lost = (): CaldavProblem =>
  new CaldavProblem(
    { kind: "calendar-not-found", message: "The event is no longer in the calendar." },
    { concern: "item" },
  );

/**
 * A calendar on a CalDAV server. Every write is safe to repeat: an event's name follows from its match, a new one is made
 * only where nothing is (If-None-Match), and a change builds on the version it has read (If-Match). An event is never
 * deleted to be made anew.
 */
export const createCaldavTarget = (options: DavOptions): CalendarTarget => {
  const { log } = options;
  const connection = connectDav(calendars, options);
  const { dav, start, id, collection, aboutOne, title } = connection;
  /** The text of every event of ours that was seen, each as of its version: with it an update needs no look first. */
  const texts = new Map<string, Seen>();
  const lister = createLister(dav, {
    isOurs: (name) => isFileName(name) || texts.has(name),
    // What was only written is read once: what counts is what is there.
    known: (name) => {
      const seen = texts.get(name);
      return seen?.isRead === true ? seen : undefined;
    },
  });
  const reading = createReading(connection, { lister, texts, log });
  /** The server gives a version to what it has changed itself: what is written is read from then on. */
  let alters = false;
  /** What is there under a name; null for a stranger's event. */
  const remember = ({ name, etag, text }: Member, isRead: boolean): Listed<WantedEvent> | null => {
    const found = readResource(text);
    if (found === null) texts.delete(name);
    else texts.set(name, { text, etag, isRead });
    return found && knownOf(found, { remoteId: name, etag });
  };

  /** What a listing shows under a name. What nobody has changed since we wrote it, and yet differs, is not as it should be. */
  const read = (member: Member): Listed<WantedEvent> | null => {
    const { etag } = member;
    const before = texts.get(member.name);
    const known = remember(member, true);
    const isUntouched = before?.isRead === false && etag !== null && before.etag === etag;
    if (known === null || !isUntouched || known.actual === known.hash) return known;
    alters = true;
    log.warn("the server keeps an event otherwise than it was written");
    return { ...known, hash: null };
  };

  const get = async (name: string): Promise<Resource | null> => {
    try {
      return await dav.get(urlOf(await collection(), name));
    } catch (error) {
      if (isStatus(error, 404, 410)) return null;
      throw error;
    }
  };

  type Write = { readonly name: string; readonly wanted: WantedEvent; readonly revision: Revision };

  const put = async ({ name, wanted }: Write, text: string, base: Resource | null): Promise<Found> => {
    const etag = await dav.put(urlOf(await collection(), name), text, base);
    // A server that gives no version may have changed what it was given (RFC 4791, 5.3.4), or may have done nothing at all
    // and said "200 OK": what counts is what is there.
    const isRead = etag === null || alters;
    const written = isRead ? await get(name) : { text, etag };
    const known = written && remember({ name, ...written }, isRead);
    if (known === null || known.hash !== wanted.hash) throw badAnswer(start.hostname);
    return known;
  };

  /** Writes on top of the newest version; one that somebody has replaced meanwhile is read again. */
  const merge = async (write: Write, cached: Seen | null): Promise<Found> => {
    const { name, wanted, revision } = write;
    let base: Resource | null = cached;
    let refused: string | null = null;
    for (let attempt = 0; attempt <= mergeAttempts; attempt += 1) {
      base ??= await get(name);
      if (base === null) throw lost();
      const known = remember({ name, ...base }, base !== cached || cached.isRead);
      if (known !== null && known.hash === wanted.hash && known.actual === wanted.hash) return known;
      if (known !== null && isNewerThere(known, wanted, Date.parse(revision.at))) return known;
      const text = mergedResource(base.text, wanted, revision);
      if (text === null) {
        throw new CaldavProblem({
          kind: "calendar-rejected",
          message: "What is in the calendar in the place of this event cannot be read, and was left as it is.",
        });
      }
      // Refused, and yet it is what it was: this server does not know its own version again, so it goes without.
      const isStubborn = refused !== null && refused === base.etag;
      try {
        return await put(write, text, isStubborn ? { ...base, etag: null } : base);
      } catch (error) {
        if (!isStatus(error, 412)) throw error;
        log.info("an edit came in between: it is read again and kept", { attempt: attempt + 1 });
        refused = base.etag;
        base = null;
      }
    }
    throw new CaldavProblem({
      kind: "calendar-conflict",
      message: "The event was changed by somebody else again and again while it was to be updated.",
    });
  };

  const list = async (token: string | null): Promise<Listing<WantedEvent>> => {
    const found = await reading(token);
    const removed = found.removed.filter((name) => texts.delete(name));
    const events: Listed<WantedEvent>[] = [];
    for (const member of found.members) {
      const wasOurs = texts.has(member.name);
      const known = read(member);
      if (known !== null) events.push(known);
      else if (wasOurs) removed.push(member.name);
    }
    // Where a match has several events, the one with the name we give it comes first.
    const rank = ({ remoteId, id: matchId }: Found): number => (remoteId === fileName(matchId) ? 0 : 1);
    return { kind: found.kind, items: events.toSorted((a, b) => rank(a) - rank(b)), removed, token: found.token };
  };

  return {
    name: "caldav",
    id,
    get label() {
      return title() ?? shownWebAddress(start.href);
    },
    list,
    insert: async (wanted, revision) => {
      const name = fileName(wanted.id);
      const write = { name, wanted, revision };
      return aboutOne(async () => {
        try {
          return await put(write, newResource(wanted, revision), null);
        } catch (error) {
          if (!isStatus(error, 412)) throw error;
        }
        return merge(write, null);
      });
    },
    update: (wanted, known, revision) => {
      const name = known.remoteId;
      const cached = texts.get(name);
      const isCurrent = cached !== undefined && cached.etag !== null && cached.etag === known.etag;
      return aboutOne(() => merge({ name, wanted, revision }, isCurrent ? cached : null));
    },
    remove: ({ remoteId, etag }) =>
      aboutOne(async () => {
        const url = urlOf(await collection(), remoteId);
        const hasGone = async (version: string | null): Promise<void> => {
          if (!(await dav.remove(url, version)) && (await get(remoteId)) !== null) throw badAnswer(url.hostname);
        };
        try {
          await hasGone(etag);
        } catch (error) {
          if (!isStatus(error, 404, 410, 412)) throw error;
          // Somebody has changed it since; it goes all the same, but not what may stand in its place.
          const now = isStatus(error, 412) ? await get(remoteId) : null;
          const isStubborn = now !== null && now.etag === etag;
          if (now !== null && readResource(now.text) !== null) await hasGone(isStubborn ? null : now.etag);
        }
        texts.delete(remoteId);
      }),
    // Nobody else's program makes events of matches there.
    isOursAlone: () => false,
    close: dav.close,
  };
};
