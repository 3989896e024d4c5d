import type { Log } from "../../../core/ports.ts";
import { readWebAddress } from "../../../shared/address/web.ts";
import { sha256 } from "../calendar/seal.ts";
import { CaldavProblem, isStatus, ofResource } from "./caldav-problem.ts";
import { type Collection, findCollection } from "./collection.ts";
import { createDav, type Dav } from "./dav.ts";
import { createDavHttp } from "./http.ts";
import type { DavKind } from "./kind.ts";

export type DavOptions = {
  /** The collection, or the server to find it on. May hold the user name and the password. */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  /** PEM: the authority that signed the server's certificate, when it is not a public one. */
  readonly ca?: string | null;
  readonly log: Log;
  readonly timeouts?: { readonly idleMs: number; readonly timeoutMs: number };
};

export type DavConnection = {
  readonly dav: Dav;
  /** Without credentials. */
  readonly start: URL;
  /** Which collection it is, for whom; holds no secret. */
  readonly id: string;
  /** Looked for once, and again after `lookAgain`. */
  readonly collection: () => Promise<Collection>;
  readonly lookAgain: () => void;
  /**
   * A call about one resource. What the server refuses is that resource's trouble, unless the collection itself is gone or may
   * not be changed any more: then looking for it fails, and says so.
   */
  readonly aboutOne: <T>(run: () => Promise<T>) => Promise<T>;
  /** What the owner calls it, as far as it is known. */
  readonly title: () => string | null;
};

/** A server may think for a while before it lists a large collection. */
const defaultTimeouts = { idleMs: 30_000, timeoutMs: 120_000 };

/** It is kept in the journal, and what follows the question mark may be a secret. */
const identityOf = ({ origin, pathname, search }: URL): string =>
  search === "" ? `${origin}${pathname}` : `${origin}${pathname}?${sha256(search).toString("base64url")}`;

/** The address without its credentials, which go into a header: no message can then repeat them. */
const startOf = ({ url: text, username, password }: DavOptions, setting: string) => {
  const address = readWebAddress(text);
  if (!address.ok) {
    throw new CaldavProblem({ kind: "configuration-invalid", message: `${setting} should be ${address.expected.en}.` });
  }
  const said = address.value;
  return { url: new URL(said.href), username: username ?? said.username, password: password ?? said.password };
};

/** A collection of a kind on a server, found when it is first needed. */
export const connectDav = (kind: DavKind, options: DavOptions): DavConnection => {
  const start = startOf(options, kind.addressSetting);
  const { words } = kind;
  const ca = options.ca ?? null;
  const http = createDavHttp({ ...start, ca, ...(options.timeouts ?? defaultTimeouts), now: Date.now, words });
  const dav = createDav(http, kind);
  let title: string | null = null;
  let finding: Promise<Collection> | null = null;
  const lookAgain = (): void => {
    finding = null;
  };
  const collection = (): Promise<Collection> => {
    finding ??= findCollection(dav, start.url, kind).then(
      (found) => {
        title = found.title;
        return found;
      },
      (error: unknown) => {
        lookAgain();
        throw error;
      },
    );
    return finding;
  };
  return {
    dav,
    start: start.url,
    id: `${start.username}@${identityOf(start.url)}`,
    collection,
    lookAgain,
    aboutOne: async (run) => {
      try {
        return await run();
      } catch (error) {
        if (isStatus(error, 403, 404, 409, 410)) {
          lookAgain();
          await collection();
        }
        throw ofResource(error, start.url.hostname, words);
      }
    },
    title: () => title,
  };
};
