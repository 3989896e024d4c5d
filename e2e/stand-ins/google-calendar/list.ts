import { invalid, refusals, refuse } from "./answers.ts";
import { isDeleted, privateProperty, type StoredEvent } from "./event.ts";

/** events.list and its tokens. */

/** The parameters that may not stand beside a sync token (events.list, `syncToken`). */
const notWithSyncToken = [
  "iCalUID",
  "orderBy",
  "privateExtendedProperty",
  "q",
  "sharedExtendedProperty",
  "timeMin",
  "timeMax",
  "updatedMin",
] as const;

/** What must stay the same from page to page and from one sync to the next; paging parameters aside. */
const shape = (query: URLSearchParams): string =>
  JSON.stringify(
    [...query.entries()].filter(([name]) => !["pageToken", "syncToken", "maxResults"].includes(name)).sort(),
  );

type Page = {
  readonly events: readonly StoredEvent[];
  readonly at: number;
  readonly change: number;
  readonly shape: string;
};

export type Listed = {
  readonly events: readonly StoredEvent[];
  readonly nextPageToken?: string;
  readonly nextSyncToken?: string;
};

const token = (kind: string, value: unknown): string =>
  Buffer.from(JSON.stringify([kind, value])).toString("base64url");

const readToken = (text: string, kind: string): unknown => {
  try {
    const [found, value] = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return found === kind ? value : null;
  } catch {
    return null;
  }
};

const matches = (event: StoredEvent, query: URLSearchParams): boolean => {
  const properties = query.getAll("privateExtendedProperty").map((text) => {
    const at = text.indexOf("=");
    return at < 1
      ? invalid("Invalid property constraint.", "privateExtendedProperty")
      : [text.slice(0, at), text.slice(at + 1)];
  });
  const iCalUID = query.get("iCalUID");
  const q = query.get("q");
  const updatedMin = query.get("updatedMin");
  return (
    properties.every(([name, value]) => privateProperty(event, name ?? "") === value) &&
    (iCalUID === null || event.resource.iCalUID === iCalUID) &&
    (q === null || JSON.stringify(event.resource).toLowerCase().includes(q.toLowerCase())) &&
    (updatedMin === null || Date.parse(String(event.resource.updated)) >= Date.parse(updatedMin))
  );
};

export type Lister = {
  readonly list: (query: URLSearchParams) => Listed;
  /** Every sync token handed out so far is worth nothing from now on. */
  readonly expireSyncTokens: () => void;
};

/** How long Google remembers changes for `updatedMin`. */
const memoryMs = 28 * 24 * 3600 * 1000;

export const createLister = (calendar: {
  readonly events: () => readonly StoredEvent[];
  readonly change: () => number;
  readonly now: () => number;
}): Lister => {
  const pages = new Map<number, Page>();
  let pageCount = 0;
  let oldestChange = 0;

  const since = (query: URLSearchParams, syncToken: string): readonly StoredEvent[] => {
    if (notWithSyncToken.some((name) => query.has(name)) || query.get("showDeleted") === "false") {
      const reason = query.has("orderBy") ? "syncTokenWithNonDefaultOrdering" : "syncTokenWithRequestRestrictions";
      const message = "Sync token cannot be used with other request restrictions.";
      return refuse({ status: 400, domain: "calendar", reason, message });
    }
    const value = readToken(syncToken, "sync");
    const [change, madeWith] = Array.isArray(value) ? value : [null, null];
    if (typeof change !== "number" || change < oldestChange) return refuse(refusals.fullSyncRequired);
    // Undefined behaviour at Google; here it is an error, so that nobody relies on it.
    if (madeWith !== shape(query)) return invalid("The parameters differ from those of the first sync.");
    return calendar
      .events()
      .filter((event) => event.change > change)
      .toSorted((a, b) => a.change - b.change);
  };

  const all = (query: URLSearchParams): readonly StoredEvent[] => {
    const updatedMin = query.get("updatedMin");
    if (updatedMin !== null && Date.parse(updatedMin) < calendar.now() - memoryMs)
      refuse(refusals.updatedMinTooLongAgo);
    const withDeleted = query.get("showDeleted") === "true" || updatedMin !== null;
    return calendar.events().filter((event) => (withDeleted || !isDeleted(event)) && matches(event, query));
  };

  const start = (query: URLSearchParams): Page => {
    const syncToken = query.get("syncToken");
    const events = syncToken === null ? all(query) : since(query, syncToken);
    return { events, at: 0, change: calendar.change(), shape: shape(query) };
  };

  const resume = (query: URLSearchParams, pageToken: string): Page => {
    const page = pages.get(Number(readToken(pageToken, "page")));
    if (page === undefined || page.shape !== shape(query)) return invalid("Invalid page token value.", "pageToken");
    return page;
  };

  return {
    list: (query) => {
      const asked = Number(query.get("maxResults") ?? 250);
      if (!Number.isInteger(asked) || asked < 1) invalid("Invalid value for maxResults.", "maxResults");
      const size = Math.min(asked, 2500);
      const pageToken = query.get("pageToken");
      const page = pageToken === null ? start(query) : resume(query, pageToken);
      const events = page.events.slice(page.at, page.at + size);
      const next = page.at + size;
      if (next < page.events.length) {
        pageCount += 1;
        pages.set(pageCount, { ...page, at: next });
        return { events, nextPageToken: token("page", pageCount) };
      }
      // A list that was narrowed in a way that a sync token cannot be leads to none.
      const narrowed = notWithSyncToken.some((name) => query.has(name));
      return narrowed ? { events } : { events, nextSyncToken: token("sync", [page.change, page.shape]) };
    },
    expireSyncTokens: () => {
      oldestChange = calendar.change() + 1;
    },
  };
};
