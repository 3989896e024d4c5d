import { createObject, type DAVMethods, type DAVResponse, davRequest, deleteObject, updateObject } from "tsdav";
import { z } from "zod";
import { badAnswer } from "./caldav-problem.ts";
import type { DavHttp } from "./http.ts";
import type { DavKind } from "./kind.ts";

/** A body of XML as xml-js takes it: names with the prefixes d (DAV) and c (the kind's own); a list is the element repeated. */
export type Element = { readonly [name: string]: string | readonly string[] | Element };

export type MultistatusEntry = {
  readonly href: string | null;
  readonly status: number;
  readonly props: Readonly<Record<string, unknown>>;
};

export type Multistatus = {
  /** Where the answer came from, after redirects. */
  readonly url: URL;
  readonly entries: readonly MultistatusEntry[];
  readonly syncToken: string | null;
};

export type Resource = { readonly text: string; readonly etag: string | null };

export type Dav = {
  readonly ask: (query: {
    readonly method: "PROPFIND" | "REPORT";
    readonly url: URL;
    readonly depth: "0" | "1";
    readonly body: Element;
  }) => Promise<Multistatus>;
  readonly get: (url: URL) => Promise<Resource>;
  /**
   * `base`: what it replaces; null: nothing may be there. Answers the new version; null where the server does not tell it, or
   * answers as it would not if it had written anything.
   */
  readonly put: (url: URL, text: string, base: Pick<Resource, "etag"> | null) => Promise<string | null>;
  /** Answers whether the server says so in words that fit. */
  readonly remove: (url: URL, etag: string | null) => Promise<boolean>;
  readonly close: () => void;
};

const cdataSchema = z.object({ _cdata: z.union([z.string(), z.array(z.string())]) });

/** The text of an element as tsdav gives it: it takes what looks like a number or a boolean for one. */
export const textOf = (value: unknown): string | null => {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const cdata = cdataSchema.safeParse(value).data;
  return cdata === undefined ? null : [cdata._cdata].flat().join("");
};

/**
 * A version as the server named it, byte for byte: some forget the quotes, some weaken it (`W/`), and each compares what comes
 * back with what it said.
 */
export const etagOf = (etag: string | null): string | null => {
  const said = etag?.trim() ?? "";
  return said === "" ? null : said;
};

/** What may stand behind the last element: comments and instructions to programs. */
const isAside = (markup: string): boolean =>
  (markup.startsWith("<!--") && markup.endsWith("-->")) || (markup.startsWith("<?") && markup.endsWith("?>"));

const lastElement = /^<(?:\/(?:[^\s:<>/]+:)?multistatus\s*|(?:[^\s:<>/]+:)?multistatus(?:\s[^<>]*)?\/)>$/;

/** tsdav takes a document that breaks off for a short one. */
const isWhole = (xml: string): boolean => {
  let end = xml.trimEnd();
  for (;;) {
    // A comment may hold anything, so its beginning is looked for, not the nearest bracket.
    const start = end.endsWith("-->") ? end.lastIndexOf("<!--") : end.lastIndexOf("<");
    const markup = start === -1 ? "" : end.slice(start);
    if (!isAside(markup)) return lastElement.test(markup);
    end = end.slice(0, start).trimEnd();
  }
};

const rawSchema = z.object({ multistatus: z.record(z.string(), z.unknown()) });

/** tsdav's words over our HTTP. */
export const createDav = (http: DavHttp, { namespace, contentType, begins, words }: DavKind): Dav => {
  const namespaces = { "xmlns:d": "DAV:", "xmlns:c": namespace };
  const foreign = ({ hostname }: URL) => badAnswer(hostname, words);
  type Seen = { url: URL; etag: string | null; type: string; fits: boolean };

  /** A fetch for one call of tsdav, which does not say where an answer came from. */
  const fetchInto = (seen: Seen) => async (input: string | URL | Request, init?: RequestInit) => {
    const answer = await http.send({
      method: init?.method ?? "GET",
      url: new URL(input instanceof Request ? input.url : input),
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: typeof init?.body === "string" ? init.body : null,
    });
    seen.url = answer.url;
    seen.etag = etagOf(answer.headers.get("etag"));
    seen.type = answer.headers.get("content-type") ?? "";
    // A program that stands in between, and knows nothing of calendars, likes to answer 200 and something of its own.
    seen.fits = answer.status === 201 || answer.status === 204 || (answer.status === 200 && answer.body === "");
    if (answer.status === 207 && !isWhole(answer.body)) throw foreign(answer.url);
    const hasBody = answer.status !== 204 && answer.status !== 205;
    return new Response(hasBody ? answer.body : null, { status: answer.status, headers: answer.headers });
  };
  const look = (url: URL): Seen => ({ url, etag: null, type: "", fits: false });

  const entryOf = ({ href, status, props }: DAVResponse): MultistatusEntry => ({
    href: textOf(href),
    status,
    props: props ?? {},
  });

  /** A web page that says "200 OK" has not done what it was asked for. */
  const refusePage = ({ url, type }: Seen): void => {
    if (/\bhtml\b/i.test(type)) throw foreign(url);
  };

  return {
    ask: async ({ method, url, depth, body }) => {
      const seen = look(url);
      const [name = "", content = {}] = Object.entries(body)[0] ?? [];
      const init: { readonly method: DAVMethods; readonly headers: Record<string, string>; readonly body: unknown } = {
        method,
        headers: { depth },
        body: { [name]: { _attributes: namespaces, ...Object(content) } },
      };
      const responses = await davRequest({ url: url.href, init, fetch: fetchInto(seen) });
      const raw = rawSchema.safeParse(responses[0]?.raw).data;
      if (raw === undefined) throw foreign(url);
      return {
        url: seen.url,
        // An answer without a single response comes back as one without a name.
        entries: responses.map(entryOf).filter(({ href }) => href !== null),
        syncToken: textOf(raw.multistatus.syncToken),
      };
    },
    get: async (url) => {
      const { body, headers } = await http.send({
        method: "GET",
        url,
        headers: { accept: contentType },
        body: null,
      });
      if (!begins.test(body)) throw foreign(url);
      return { text: body, etag: etagOf(headers.get("etag")) };
    },
    put: async (url, text, base) => {
      const seen = look(url);
      const headers = { "content-type": `${contentType}; charset=utf-8` };
      const call = { url: url.href, data: text, fetch: fetchInto(seen) };
      if (base === null) await createObject({ ...call, headers: { ...headers, "If-None-Match": "*" } });
      else await updateObject({ ...call, headers, ...(base.etag === null ? {} : { etag: base.etag }) });
      refusePage(seen);
      return seen.fits ? seen.etag : null;
    },
    remove: async (url, etag) => {
      const seen = look(url);
      await deleteObject({ url: url.href, fetch: fetchInto(seen), ...(etag === null ? {} : { etag }) });
      refusePage(seen);
      return seen.fits;
    },
    close: http.close,
  };
};
