import type { Log } from "../../../core/ports.ts";
import { badAnswer, CaldavProblem, isStatus } from "./caldav-problem.ts";
import type { Collection } from "./collection.ts";
import type { DavConnection } from "./connect.ts";
import { type Dav, type Element, etagOf, type MultistatusEntry, type Resource, textOf } from "./dav.ts";
import { calendars, type DavKind } from "./kind.ts";

/** What a server has in a calendar or an address book. `name`: the last part of the address, decoded. */
export type Member = { readonly name: string; readonly etag: string | null; readonly text: string };

export type Members = {
  readonly members: readonly Member[];
  /** Names of what is gone; only of what has changed since a token. */
  readonly removed: readonly string[];
  readonly token: string | null;
};

/** How to find what bears a property, whatever it is called. */
const bearing = (property: string): Element => ({
  "c:comp-filter": {
    _attributes: { name: "VCALENDAR" },
    "c:comp-filter": { _attributes: { name: "VEVENT" }, "c:prop-filter": { _attributes: { name: property } } },
  },
});

const version: Element = { "d:getetag": {} };

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

type Named = { readonly name: string; readonly etag: string | null };

/** A resource as an answer tells of it; a collection is none. */
const resourcesIn = (entries: readonly MultistatusEntry[], { data }: DavKind = calendars) =>
  entries.flatMap(({ href, status, props }) => {
    const name = nameOf(href ?? "/");
    if (name === null || isCollection(props.resourcetype)) return [];
    return [{ name, status, etag: etagOf(textOf(props.getetag)), text: textOf(props[data.answered]) }];
  });

const isCollection = (type: unknown): boolean => typeof type === "object" && type !== null && "collection" in type;

/** The server has heard the question and does not answer it, though it would answer others. */
const isRefusal = (error: unknown): boolean => isStatus(error, 400, 403, 405, 409, 412, 415, 422, 500, 501);

/** One resource cannot be read: the server refuses it, or it is no calendar object. */
const isUnreadable = (error: unknown): boolean =>
  isRefusal(error) || (error instanceof CaldavProblem && error.problem.kind === "calendar-bad-answer");

/** What is known from earlier readings. */
export type Memory = {
  /** The resource may well be ours: it has a name that we give, or was ours when it was last read. */
  readonly isOurs: (name: string) => boolean;
  readonly known: (name: string) => Resource | undefined;
};

type Names = {
  readonly found: readonly Named[];
  readonly removed: readonly string[];
  readonly token: string | null;
};

/**
 * Reads the calendar: first what there is, by name and version; then the text of what is ours, as far as it has changed. What
 * others have written there is never read. What is ours is known by its name, from earlier readings, or by the server's word
 * that it bears our mark.
 *
 * A listing is whole or fails: an answer that leaves out what it names, or is none at all, is never taken for an empty
 * calendar. One resource that cannot be read is left out of a full listing, of which nobody concludes that it is gone.
 */
export const createLister = (dav: Dav, { isOurs, known }: Memory, kind: DavKind = calendars) => {
  const { data, multiget, words } = kind;
  /** What does not bear our mark, each as of a version. */
  const strangers = new Map<string, string | null>();
  /** The server looks for properties; null: that has not been tried. */
  let canSearch: boolean | null = null;

  const search = async (collection: Collection, property: string): Promise<ReadonlySet<string>> => {
    const { entries } = await dav.ask({
      method: "REPORT",
      url: collection.url,
      depth: "1",
      body: { "c:calendar-query": { "d:prop": version, "c:filter": bearing(property) } },
    });
    return new Set(resourcesIn(entries).flatMap(({ name, status }) => (status < 300 ? [name] : [])));
  };

  /** Those that bear our mark; none where the server cannot tell. */
  const marked = async (collection: Collection, names: readonly Named[]): Promise<readonly Named[]> => {
    if (names.length === 0 || canSearch === false || !collection.knowsQueries) return [];
    try {
      const bearers = await search(collection, "X-AVSPARK-MATCH-ID");
      const found = names.filter(({ name }) => bearers.has(name));
      // Some servers give everything, whatever is looked for.
      if (found.length > 0) canSearch ??= (await search(collection, "X-AVSPARK-NOTHING")).size === 0;
      return canSearch === false ? [] : found;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      canSearch = false;
      return [];
    }
  };

  const many = async (collection: Collection, names: readonly string[]): Promise<readonly MultistatusEntry[]> => {
    try {
      const hrefs = names.map((name) => urlOf(collection, name).pathname);
      const body: Element = { [multiget]: { "d:prop": { ...version, [data.asked]: {} }, "d:href": hrefs } };
      return (await dav.ask({ method: "REPORT", url: collection.url, depth: "1", body })).entries;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return [];
    }
  };

  const one = async (collection: Collection, name: string): Promise<Read> => {
    try {
      return { state: "read", member: { name, ...(await dav.get(urlOf(collection, name))) } };
    } catch (error) {
      if (isStatus(error, 404, 410)) return { state: "gone" };
      if (isUnreadable(error)) return { state: "unreadable", error };
      throw error;
    }
  };

  /** Each by name; what the server does not give together is asked for by itself. */
  const read = async (collection: Collection, names: readonly string[]): Promise<readonly Read[]> => {
    const all: Read[] = [];
    for (let from = 0; from < names.length; from += batch) {
      const part = names.slice(from, from + batch);
      const answered = new Map<string, Read>();
      for (const { name, status, etag, text } of resourcesIn(await many(collection, part), kind)) {
        if (status === 404 || status === 410) answered.set(name, { state: "gone" });
        else if (status < 300 && text !== null) answered.set(name, { state: "read", member: { name, etag, text } });
      }
      all.push(...(await Promise.all(part.map(async (name) => answered.get(name) ?? one(collection, name)))));
    }
    return all;
  };

  const complete = async (collection: Collection, { found, removed, token }: Names): Promise<Whole> => {
    const isKnownStranger = ({ name, etag }: Named): boolean => etag !== null && strangers.get(name) === etag;
    const unknown = found.filter((one) => !isOurs(one.name) && !isKnownStranger(one));
    const adopted = new Set((await marked(collection, unknown)).map(({ name }) => name));
    for (const { name, etag } of unknown) if (!adopted.has(name)) strangers.set(name, etag);
    for (const name of removed) strangers.delete(name);

    const members: Member[] = [];
    const wanted: string[] = [];
    for (const { name, etag } of found) {
      if (!isOurs(name) && !adopted.has(name)) continue;
      const before = known(name);
      if (before !== undefined && etag !== null && before.etag === etag) members.push({ name, ...before });
      else wanted.push(name);
    }
    const reads = await read(collection, wanted);
    members.push(...reads.flatMap((one) => (one.state === "read" ? [one.member] : [])));
    const unreadable = reads.flatMap((one) => (one.state === "unreadable" ? [one.error] : []));
    if (members.length === 0 && unreadable.length > 1) throw unreadable[0];
    return { members, removed, token, isWhole: unreadable.length === 0 };
  };

  /** By name and version, as any WebDAV server tells it. */
  const namesOf = async (collection: Collection): Promise<Names> => {
    const { entries } = await dav.ask({
      method: "PROPFIND",
      url: collection.url,
      depth: "1",
      body: { "d:propfind": { "d:prop": { "d:resourcetype": {}, ...version } } },
    });
    // The calendar itself is always among them.
    if (entries.length === 0) throw badAnswer(collection.url.hostname, words);
    return { found: resourcesIn(entries).filter(({ status }) => status < 300), removed: [], token: null };
  };

  /** Everything (token null) or what has changed; a server may give it piece by piece. */
  const changesSince = async (collection: Collection, since: string | null): Promise<Names> => {
    const found = new Map<string, Named>();
    const removed = new Set<string>();
    let token = since;
    for (let page = 0; page < mostPages; page += 1) {
      const { entries, syncToken } = await dav.ask({
        method: "REPORT",
        url: collection.url,
        depth: "0",
        body: {
          "d:sync-collection": { "d:sync-token": token ?? "", "d:sync-level": "1", "d:prop": version },
        },
      });
      if (syncToken === null) throw badAnswer(collection.url.hostname, words);
      for (const one of resourcesIn(entries)) {
        const isGone = one.status === 404 || one.status === 410;
        if (isGone) {
          found.delete(one.name);
          removed.add(one.name);
        } else if (one.status < 300) {
          found.set(one.name, one);
          removed.delete(one.name);
        }
      }
      // RFC 6578, 3.6: this is not all yet.
      const isCut = entries.some(({ href, status }) => status === 507 && nameOf(href ?? "/") === null);
      if (!isCut) return { found: [...found.values()], removed: [...removed], token: syncToken };
      if (syncToken === token) break;
      token = syncToken;
    }
    throw badAnswer(collection.url.hostname, words);
  };

  return {
    /** null: it cannot be told, and everything must be read: the server does not know that token any more, say. */
    changes: async (collection: Collection, token: string): Promise<Members | null> => {
      try {
        const whole = await complete(collection, await changesSince(collection, token));
        // What cannot be read would not be told of a second time.
        return whole.isWhole ? whole : null;
      } catch (error) {
        // Servers disagree on how to say so: RFC 6578 has 403 with `valid-sync-token`, some say 400, 409 or 410.
        if (error instanceof CaldavProblem && error.condition === "valid-sync-token") return null;
        if (isStatus(error, 400, 409, 410, 412)) return null;
        throw error;
      }
    },
    everything: async (collection: Collection): Promise<Members> => {
      const named = async (): Promise<Names> => {
        if (!collection.knowsChanges) return namesOf(collection);
        try {
          return await changesSince(collection, null);
        } catch (error) {
          if (!isRefusal(error)) throw error;
          return namesOf(collection);
        }
      };
      return complete(collection, await named());
    },
  };
};

/** What became of reading one resource. */
type Read =
  | { readonly state: "read"; readonly member: Member }
  | { readonly state: "gone" }
  | { readonly state: "unreadable"; readonly error: unknown };

type Whole = Members & { readonly isWhole: boolean };

/**
 * Reads a collection: all of it the first time, which brings the texts, then what has changed, as far as the server can tell
 * that. What a full reading lacks leaves `texts`. Where the collection is not found, the next call looks for it again, since it
 * may have been moved or made anew.
 */
export const createReading = (
  { collection, lookAgain }: Pick<DavConnection, "collection" | "lookAgain">,
  options: {
    readonly lister: ReturnType<typeof createLister>;
    readonly texts: Map<string, unknown>;
    readonly log: Log;
  },
) => {
  const { lister, texts, log } = options;
  let listed = false;

  const read = async (token: string | null): Promise<Members & { readonly kind: "full" | "delta" }> => {
    const place = await collection();
    if (token !== null && listed) {
      const changed = await lister.changes(place, token);
      if (changed !== null) return { kind: "delta", ...changed };
      log.info("the server cannot tell what has changed: everything is listed again");
    }
    const all = await lister.everything(place);
    const names = new Set(all.members.map(({ name }) => name));
    for (const name of [...texts.keys()]) if (!names.has(name)) texts.delete(name);
    listed = true;
    return { kind: "full", ...all };
  };

  return async (token: string | null): ReturnType<typeof read> => {
    try {
      return await read(token);
    } catch (error) {
      if (isStatus(error, 404, 410)) lookAgain();
      throw error;
    }
  };
};
