import { isIP } from "node:net";
import { badAnswer, CaldavProblem, isStatus } from "./caldav-problem.ts";
import { type Dav, type Element, type MultistatusEntry, textOf } from "./dav.ts";
import { calendars, type DavKind } from "./kind.ts";

/** A calendar, or an address book, on the server, as we found it. */
export type Collection = {
  readonly url: URL;
  /** What the owner calls it. */
  readonly title: string | null;
  /** The server can tell what has changed since a token (RFC 6578). */
  readonly knowsChanges: boolean;
  /** It can look for what we ask for (RFC 4791, 7.8). */
  readonly knowsQueries: boolean;
};

const wantedOf = ({ homeSet, resourceType }: DavKind): Element => ({
  "d:resourcetype": {},
  "d:displayname": {},
  "d:current-user-principal": {},
  "d:current-user-privilege-set": {},
  "d:supported-report-set": {},
  [homeSet.asked]: {},
  ...(resourceType === "calendar" ? { "c:supported-calendar-component-set": {} } : {}),
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What is at the end of a path through elements, of which there may be one or several. */
const at = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const [name, ...rest] = path;
  const values = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  if (name === undefined) return values;
  return values.flatMap((one) => (isObject(one) ? at(one[name], ...rest) : []));
};

const namesAt = (value: unknown, ...path: readonly string[]): ReadonlySet<string> =>
  new Set(at(value, ...path).flatMap((one) => (isObject(one) ? Object.keys(one) : [])));

const isOfKind = ({ props }: MultistatusEntry, { resourceType }: DavKind): boolean =>
  namesAt(props, "resourcetype").has(resourceType);

/** A server that says nothing of it lets us try. */
const holdsEvents = ({ props }: MultistatusEntry): boolean => {
  const kinds = at(props, "supportedCalendarComponentSet", "comp", "_attributes", "name").map(String);
  return kinds.length === 0 || kinds.includes("VEVENT");
};

const mayWrite = ({ props }: MultistatusEntry): boolean => {
  const rights = namesAt(props, "currentUserPrivilegeSet", "privilege");
  return rights.size === 0 || ["all", "write", "writeContent"].some((right) => rights.has(right));
};

const titleOf = ({ props }: MultistatusEntry): string | null => textOf(props.displayname)?.trim() || null;

const collectionOf = (url: URL, entry: MultistatusEntry, { words }: DavKind): Collection => {
  if (!holdsEvents(entry)) {
    throw new CaldavProblem({
      kind: "calendar-not-found",
      message: `What is at that address on ${url.hostname} holds no events: it may be a list of tasks.`,
    });
  }
  if (!mayWrite(entry)) {
    throw new CaldavProblem({
      kind: "calendar-forbidden",
      message: `${url.hostname} lets this user read the ${words.collection} but not change it.`,
    });
  }
  const reports = namesAt(entry.props, "supportedReportSet", "supportedReport", "report");
  return {
    url,
    title: titleOf(entry),
    knowsChanges: reports.has("syncCollection"),
    knowsQueries: reports.size === 0 || reports.has("calendarQuery"),
  };
};

const hrefsOf = (entry: MultistatusEntry | undefined, ...path: readonly string[]): readonly string[] =>
  at(entry?.props, ...path, "href").flatMap((href) => textOf(href) ?? []);

/**
 * `p42-caldav.icloud.com` belongs to `caldav.icloud.com`; no two hosts below `co.uk` belong together for that alone. null:
 * an address in numbers belongs to nobody else.
 */
const siteOf = ({ hostname }: URL): string | null => {
  if (isIP(hostname.replace(/^\[|\]$/g, "")) !== 0) return null;
  const labels = hostname.split(".");
  return labels.slice((labels.at(-2)?.length ?? 0) <= 3 ? -3 : -2).join(".");
};

/**
 * Where a server says that things are. Large providers keep calendars on other hosts of theirs; the server we trust with
 * the password has said so itself, over TLS.
 */
const followed = (href: string, from: URL, { addressSetting, words }: DavKind): URL => {
  if (!URL.canParse(href, from.href)) throw badAnswer(from.hostname, words);
  const to = new URL(href, from.href);
  const isSafe = to.protocol === "https:" && from.protocol === "https:";
  const isSibling = isSafe && siteOf(to) !== null && siteOf(to) === siteOf(from);
  const isSame = to.hostname === from.hostname;
  if (isSame && from.protocol === "https:") to.protocol = "https:";
  if (isSame || isSibling) return to;
  throw new CaldavProblem({
    kind: "calendar-bad-answer",
    message: `${from.hostname} says that the ${words.collection}s are at ${to.origin}: put that address into ${addressSetting}.`,
  });
};

const asDirectory = (url: URL): URL => {
  const directory = new URL(url);
  if (!directory.pathname.endsWith("/")) directory.pathname += "/";
  return directory;
};

/** One of the kind is taken. Of several the one that is called Avspark is; else a person must say which. */
const choose = (
  found: readonly { readonly url: URL; readonly entry: MultistatusEntry }[],
  host: string,
  { addressSetting, words }: DavKind,
) => {
  const usable = found.filter(({ entry }) => holdsEvents(entry) && mayWrite(entry));
  const [first] = usable;
  if (first === undefined) {
    throw new CaldavProblem({
      kind: "calendar-not-found",
      message: `${host} has no ${words.collection} that this user may change: make one, or name one in ${addressSetting}.`,
    });
  }
  if (usable.length === 1) return first;
  const named = usable.filter(({ entry }) => titleOf(entry)?.toLowerCase() === "avspark");
  if (named.length === 1 && named[0] !== undefined) return named[0];
  const names = usable.slice(0, 5).map(({ url, entry }) => `${titleOf(entry) ?? "no name"} (${url.pathname})`);
  throw new CaldavProblem({
    kind: "configuration-invalid",
    message: `${host} has ${usable.length} ${words.collection}s: put the address of one into ${addressSetting}, or call one Avspark. There are ${names.join(", ")}${usable.length > names.length ? ", …" : ""}.`,
  });
};

/** Finds the calendar, or the address book, behind an address: it is one itself, or some are in it, or the server says where the user's are. */
export const findCollection = async (
  dav: Pick<Dav, "ask">,
  start: URL,
  kind: DavKind = calendars,
): Promise<Collection> => {
  const wanted = wantedOf(kind);
  const look = async (url: URL) => {
    const { url: from, entries } = await dav.ask({
      method: "PROPFIND",
      url,
      depth: "0",
      body: { "d:propfind": { "d:prop": wanted } },
    });
    return { url: asDirectory(from), entry: entries[0] };
  };

  const collectionsIn = async (url: URL) => {
    const { url: from, entries } = await dav.ask({
      method: "PROPFIND",
      url,
      depth: "1",
      body: { "d:propfind": { "d:prop": wanted } },
    });
    return entries
      .filter((entry) => isOfKind(entry, kind))
      .map((entry) => ({ url: asDirectory(followed(entry.href ?? "", asDirectory(from), kind)), entry }));
  };

  /** Many servers tell nothing at their root; that is what the well-known address (RFC 6764) is for. */
  const begin = async () => {
    const isRoot = start.pathname === "/";
    const wellKnown = new URL(kind.wellKnown, start);
    try {
      const found = await look(start);
      return isRoot && hrefsOf(found.entry, "currentUserPrincipal").length === 0 ? await look(wellKnown) : found;
    } catch (error) {
      // A wrong path is a mistake that must be told, not a reason to take another calendar.
      if (!isRoot || !(isStatus(error, 403, 404, 405, 501) || isBadAnswer(error))) throw error;
      return look(wellKnown);
    }
  };

  const home = async (found: Awaited<ReturnType<typeof look>>): Promise<readonly URL[]> => {
    const here = hrefsOf(found.entry, kind.homeSet.answered);
    if (here.length > 0) return here.map((href) => followed(href, found.url, kind));
    const [principal] = hrefsOf(found.entry, "currentUserPrincipal");
    if (principal === undefined) return [];
    const owner = await look(followed(principal, found.url, kind));
    return hrefsOf(owner.entry, kind.homeSet.answered).map((href) => followed(href, owner.url, kind));
  };

  const found = await begin();
  if (found.entry !== undefined && isOfKind(found.entry, kind)) return collectionOf(found.url, found.entry, kind);
  const inside = start.pathname === "/" ? [] : await collectionsIn(found.url);
  const all = inside.length > 0 ? inside : (await Promise.all((await home(found)).map(collectionsIn))).flat();
  const { url, entry } = choose(all, start.hostname, kind);
  return collectionOf(url, entry, kind);
};

const isBadAnswer = (error: unknown): boolean =>
  error instanceof CaldavProblem && error.problem.kind === "calendar-bad-answer";
