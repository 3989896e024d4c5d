import type { Collection } from "./collection.ts";
import { type Dav, type Element, etagOf, type MultistatusEntry, textOf } from "./dav.ts";
import { badAnswer, CaldavProblem, isStatus } from "./problem.ts";

/** What a server has in a calendar. `name`: the last part of the address, decoded. */
export type Member = { readonly name: string; readonly etag: string | null; readonly text: string };

export type Members = {
  readonly members: readonly Member[];
  /** Names of what is gone; only of what has changed since a token. */
  readonly removed: readonly string[];
  readonly token: string | null;
};

const eventsAlone: Element = {
  "c:comp-filter": { _attributes: { name: "VCALENDAR" }, "c:comp-filter": { _attributes: { name: "VEVENT" } } },
};

const wanted: Element = { "d:getetag": {}, "c:calendar-data": {} };

/** So many resources are asked for by name at once. */
const batch = 100;
/** A server that never comes to an end is not to be believed. */
const mostPages = 1000;

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** Servers spell the same address in several ways: only its last part, decoded, names a member. null: not one. */
export const nameOf = (href: string): string | null => {
  const path = href.replace(/[?#].*$/, "");
  return path.endsWith("/") ? null : decoded(path.slice(path.lastIndexOf("/") + 1));
};

export const urlOf = (collection: Collection, name: string): URL => new URL(encodeURIComponent(name), collection.url);

type Found = { readonly name: string; readonly etag: string | null; readonly text: string | null };

const foundIn = (entries: readonly MultistatusEntry[]): readonly Found[] =>
  entries.flatMap(({ href, status, props }) => {
    const name = nameOf(href ?? "/");
    if (name === null || status >= 300) return [];
    return [{ name, etag: etagOf(textOf(props.getetag)), text: textOf(props.calendarData) }];
  });

/**
 * Reads the calendar. A listing is whole or fails: an answer that leaves out what it names, or is none at all, is never
 * taken for an empty calendar.
 */
export const createLister = (dav: Dav) => {
  /** Some servers name what there is but give the content only when it is asked for by name. */
  const complete = async (collection: Collection, found: readonly Found[]): Promise<readonly Member[]> => {
    const missing = found.filter(({ text }) => text === null).map(({ name }) => name);
    const fetched: Found[] = [];
    for (let from = 0; from < missing.length; from += batch) {
      const names = missing.slice(from, from + batch);
      const { entries } = await dav.ask({
        method: "REPORT",
        url: collection.url,
        depth: "1",
        body: {
          "c:calendar-multiget": {
            "d:prop": wanted,
            "d:href": names.map((name) => urlOf(collection, name).pathname),
          },
        },
      });
      fetched.push(...foundIn(entries));
    }
    const members = [...found, ...fetched].flatMap(({ name, etag, text }) =>
      text === null ? [] : [{ name, etag, text }],
    );
    if (found.length > 0 && members.length === 0) throw badAnswer(collection.url.hostname);
    return members;
  };

  const byQuery = async (collection: Collection): Promise<Members> => {
    const { entries } = await dav.ask({
      method: "REPORT",
      url: collection.url,
      depth: "1",
      body: { "c:calendar-query": { "d:prop": wanted, "c:filter": eventsAlone } },
    });
    return { members: await complete(collection, foundIn(entries)), removed: [], token: null };
  };

  /** Everything (token null) or what has changed; a server may give it piece by piece. */
  const byChanges = async (collection: Collection, since: string | null): Promise<Members> => {
    const found = new Map<string, Found>();
    const removed = new Set<string>();
    let token = since;
    for (let page = 0; page < mostPages; page += 1) {
      const { entries, syncToken } = await dav.ask({
        method: "REPORT",
        url: collection.url,
        depth: "0",
        body: {
          "d:sync-collection": { "d:sync-token": token ?? "", "d:sync-level": "1", "d:prop": wanted },
        },
      });
      if (syncToken === null) throw badAnswer(collection.url.hostname);
      for (const { href, status } of entries) {
        const name = nameOf(href ?? "/");
        if (name === null || (status !== 404 && status !== 410)) continue;
        found.delete(name);
        removed.add(name);
      }
      for (const one of foundIn(entries)) {
        found.set(one.name, one);
        removed.delete(one.name);
      }
      // RFC 6578, 3.6: this is not all yet.
      const isCut = entries.some(({ href, status }) => status === 507 && nameOf(href ?? "/") === null);
      if (!isCut) {
        return { members: await complete(collection, [...found.values()]), removed: [...removed], token: syncToken };
      }
      if (syncToken === token) break;
      token = syncToken;
    }
    throw badAnswer(collection.url.hostname);
  };

  return {
    /** null: the server does not know that token any more, and everything must be read. */
    changes: async (collection: Collection, token: string): Promise<Members | null> => {
      try {
        return await byChanges(collection, token);
      } catch (error) {
        // Servers disagree on how to say so: RFC 6578 has 403 with `valid-sync-token`, some say 400, 409 or 410.
        if (error instanceof CaldavProblem && error.condition === "valid-sync-token") return null;
        if (isStatus(error, 400, 409, 410, 412)) return null;
        throw error;
      }
    },
    everything: async (collection: Collection): Promise<Members> => {
      if (!collection.knowsChanges) return byQuery(collection);
      try {
        return await byChanges(collection, null);
      } catch (error) {
        if (!isStatus(error, 400, 403, 405, 409, 412, 501)) throw error;
        return byQuery(collection);
      }
    },
  };
};
