import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Reply } from "../../fixtures/proxy.ts";
import { createDigestGuard, type DigestGuard, type DigestRules } from "./digest.ts";

/** What the server knows of the standards; each may be taken from it at any time. */
export type Abilities = {
  /** RFC 6578. */
  sync: boolean;
  /** The report `calendar-query`. */
  query: boolean;
  /** A filter for a property, in that report. `ignored`: it gives everything. */
  propertyFilter: boolean | "ignored";
  /** The report `calendar-multiget`. */
  multiget: boolean;
};

export type CaldavStandIn = {
  /** The calendar's address. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly abilities: Abilities;
  /** What is in the calendar, by name. */
  readonly files: ReadonlyMap<string, string>;
  /** As another program would write a file. */
  readonly put: (name: string, text: string) => void;
  readonly remove: (name: string) => void;
  /** The names of whose text anything was given out. */
  readonly read: ReadonlySet<string>;
  /** Every call: its method, or the name of its report. */
  readonly calls: readonly string[];
  readonly forget: () => void;
  readonly guard: DigestGuard | null;
  readonly close: () => Promise<void>;
};

type Resource = { readonly text: string; readonly etag: string };

const username = "coordinator";
const password = "hemligt: lösen/ord@1";
const path = "/cal/matcher/";

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
};

/**
 * A CalDAV server in this process, as strict as the standards and as poor as wanted. Real servers are tried too (Radicale);
 * this one is fast, and can do less.
 */
export const startCaldavStandIn = async ({
  digest,
}: {
  readonly digest?: DigestRules;
} = {}): Promise<CaldavStandIn> => {
  const abilities: Abilities = { sync: true, query: true, propertyFilter: true, multiget: true };
  const files = new Map<string, Resource>();
  const changes: string[] = [];
  const read = new Set<string>();
  const calls: string[] = [];
  const guard = digest === undefined ? null : createDigestGuard(username, password, digest);
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  let version = 0;

  const store = (name: string, text: string): string => {
    version += 1;
    const etag = `"${version}"`;
    files.set(name, { text, etag });
    changes.push(name);
    return etag;
  };
  const drop = (name: string): void => {
    files.delete(name);
    changes.push(name);
  };

  const hrefOf = (name: string): string => path + encodeURIComponent(name);
  const gone = (name: string): string =>
    `<response><href>${hrefOf(name)}</href><status>HTTP/1.1 404 Not Found</status></response>`;
  const entry = (name: string, { text, etag }: Resource, withText: boolean): string => {
    if (withText) read.add(name);
    const data = withText ? `<C:calendar-data>${escaped(text)}</C:calendar-data>` : "";
    return `<response><href>${hrefOf(name)}</href><propstat><prop><getetag>${etag}</getetag>${data}</prop><status>HTTP/1.1 200 OK</status></propstat></response>`;
  };
  const collection = (): string => {
    const reports = [
      ...(abilities.sync ? ["<sync-collection/>"] : []),
      ...(abilities.query ? ["<C:calendar-query/>"] : []),
    ];
    const supported = reports
      .map((report) => `<supported-report><report>${report}</report></supported-report>`)
      .join("");
    return `<response><href>${path}</href><propstat><prop><resourcetype><collection/><C:calendar/></resourcetype><displayname>Matcher</displayname><supported-report-set>${supported}</supported-report-set></prop><status>HTTP/1.1 200 OK</status></propstat></response>`;
  };
  const multistatus = (parts: readonly string[]): Reply => ({
    status: 207,
    headers: { "content-type": "application/xml; charset=utf-8" },
    body: `<?xml version="1.0"?><multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">${parts.join("")}</multistatus>`,
  });

  const sync = (body: string): Reply => {
    if (!abilities.sync) return { status: 501 };
    const token = /sync-token>(?:urn:sync:(\d+))?</.exec(body)?.[1];
    const names = new Set(token === undefined ? files.keys() : changes.slice(Number(token)));
    const withText = body.includes("calendar-data");
    const parts = [...names].map((name) => {
      const file = files.get(name);
      return file === undefined ? gone(name) : entry(name, file, withText);
    });
    return multistatus([...parts, `<sync-token>urn:sync:${changes.length}</sync-token>`]);
  };
  const query = (body: string): Reply => {
    if (!abilities.query) return { status: 501 };
    const property = /prop-filter name="([^"]+)"/.exec(body)?.[1];
    if (property !== undefined && abilities.propertyFilter === false) return { status: 403 };
    const wanted = abilities.propertyFilter === true ? property : undefined;
    const found = [...files].filter(([, { text }]) => wanted === undefined || text.includes(`\n${wanted}`));
    return multistatus(found.map(([name, file]) => entry(name, file, body.includes("calendar-data"))));
  };
  const multiget = (body: string): Reply => {
    if (!abilities.multiget) return { status: 501 };
    const hrefs = [...body.matchAll(/href>([^<]+)</g)].map(([, href = ""]) => href);
    const names = hrefs.map((href) => decodeURIComponent(href.slice(href.lastIndexOf("/") + 1)));
    return multistatus(
      names.map((name) => {
        const file = files.get(name);
        return file === undefined ? gone(name) : entry(name, file, true);
      }),
    );
  };

  const one = (name: string, { method, headers }: IncomingMessage, body: string): Reply => {
    const file = files.get(name);
    const condition = headers["if-match"];
    const isStale = condition !== undefined && condition !== file?.etag;
    switch (method) {
      case "GET":
        if (file === undefined) return { status: 404 };
        read.add(name);
        return { status: 200, headers: { "content-type": "text/calendar", etag: file.etag }, body: file.text };
      case "PUT":
        if (isStale || (headers["if-none-match"] === "*" && file !== undefined)) return { status: 412 };
        return { status: file === undefined ? 201 : 204, headers: { etag: store(name, body) } };
      case "DELETE":
        if (file === undefined) return { status: 404 };
        if (isStale) return { status: 412 };
        drop(name);
        return { status: 204 };
      default:
        return { status: 405 };
    }
  };

  const answer = (request: IncomingMessage, report: string | undefined, body: string): Reply => {
    const { method = "GET", url = "/", headers } = request;
    if (!url.startsWith(path)) return { status: 404 };
    const name = decodeURIComponent(url.slice(path.length));
    if (name !== "") return one(name, request, body);
    if (method === "PROPFIND") {
      const members = headers.depth === "1" ? [...files].map(([member, file]) => entry(member, file, false)) : [];
      return multistatus([collection(), ...members]);
    }
    switch (report) {
      case "sync-collection":
        return sync(body);
      case "calendar-query":
        return query(body);
      case "calendar-multiget":
        return multiget(body);
      default:
        return { status: 405 };
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const { method = "GET", headers } = request;
    const report = /<(?:\w+:)?(sync-collection|calendar-query|calendar-multiget)[\s>]/.exec(body)?.[1];
    calls.push(method === "REPORT" ? (report ?? method) : method);
    if (guard !== null && !guard.lets(request, response)) return;
    const isKnown = guard !== null || headers.authorization === basic;
    const reply = isKnown
      ? answer(request, report, body)
      : { status: 401, headers: { "www-authenticate": 'Basic realm="calendars"' } };
    response.writeHead(reply.status, reply.headers).end(reply.body);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    username,
    password,
    abilities,
    get files() {
      return new Map([...files].map(([name, { text }]) => [name, text]));
    },
    put: (name, text) => void store(name, text),
    remove: drop,
    read,
    calls,
    forget: () => {
      calls.length = 0;
      read.clear();
    },
    guard,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
