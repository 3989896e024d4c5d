import type { Card } from "../../../core/contacts/card.ts";
import type { AddressBook, Entry, Result } from "../../../core/contacts/port.ts";
import { failureOf } from "../../../core/keeper/failure.ts";
import { shownWebAddress } from "../../../shared/address/web.ts";
import { badAnswer, isStatus, ofResource } from "../caldav/caldav-problem.ts";
import { connectDav, type DavOptions } from "../caldav/connect.ts";
import type { Resource } from "../caldav/dav.ts";
import { addressBooks } from "../caldav/kind.ts";
import { createLister, type Members, urlOf } from "../caldav/listing.ts";
import { eventName } from "../calendar/identity.ts";
import { readCard, writeCard } from "./vcard.ts";

/** So many contacts are written one after the other, on a few connections, before the keeper is told. */
const batch = 40;

/**
 * An address book on a CardDAV server. Every contact is read, since one that a person made is known by what stands in it
 * alone. A new contact's name follows from whose it is, and is taken only where nothing is (If-None-Match); a change builds on
 * the version that was read (If-Match), and leaves everything that it does not concern as it is written.
 */
export const createCarddavBook = (options: DavOptions & { readonly group: string }): AddressBook => {
  const { log, group } = options;
  const { dav, start, id, collection, lookAgain, title } = connectDav(addressBooks, options);
  const { words } = addressBooks;
  const texts = new Map<string, Resource>();
  const lister = createLister(dav, { isOurs: () => true, known: (name) => texts.get(name) }, addressBooks);
  let listed = false;

  const entryOf = (name: string, { text, etag }: Resource): Entry | null => {
    texts.set(name, { text, etag });
    const read = readCard(text, group);
    return read && { remoteId: name, etag, ...read };
  };

  const get = async (name: string): Promise<Entry | null> => {
    try {
      return entryOf(name, await dav.get(urlOf(await collection(), name)));
    } catch (error) {
      if (!isStatus(error, 404, 410)) throw error;
      texts.delete(name);
      return null;
    }
  };

  const put = async (name: string, text: string, base: Resource | null): Promise<Entry> => {
    const etag = await dav.put(urlOf(await collection(), name), text, base);
    // A server that gives no version may have changed what it was given, or have done nothing at all.
    const entry = etag === null ? await get(name) : entryOf(name, { text, etag });
    if (entry === null) throw badAnswer(start.hostname, words);
    return entry;
  };

  /** Refused for its version: what is there now. One that is what it was belongs to a server that cannot tell. */
  const stale = async (name: string): Promise<Result> => ({ kind: "stale", entry: await get(name) });

  /** What the server refuses about one contact is that contact's trouble, unless the address book itself is gone. */
  const aboutOne = async (run: () => Promise<Result>): Promise<Result> => {
    try {
      return await run();
    } catch (error) {
      try {
        if (isStatus(error, 403, 404, 409, 410)) {
          lookAgain();
          await collection();
        }
        return { kind: "failed", failure: failureOf(ofResource(error, start.hostname, words)) };
      } catch (other) {
        return { kind: "failed", failure: failureOf(other) };
      }
    }
  };

  const create = async (owner: string, card: Card): Promise<Result> => {
    const uid = eventName(owner);
    const name = `${uid}.vcf`;
    try {
      return { kind: "done", entry: await put(name, writeCard(card, { there: null, uid, group }), null) };
    } catch (error) {
      if (!isStatus(error, 412)) throw error;
      return stale(name);
    }
  };

  const update = async ({ remoteId: name, etag }: Entry, card: Card): Promise<Result> => {
    const there = texts.get(name);
    if (there === undefined || there.etag !== etag) return stale(name);
    const text = writeCard(card, { there: there.text, uid: name, group });
    try {
      return { kind: "done", entry: await put(name, text, there) };
    } catch (error) {
      if (!isStatus(error, 404, 410, 412)) throw error;
      const now = await stale(name);
      const isStubborn = now.kind === "stale" && now.entry !== null && etag !== null && now.entry.etag === etag;
      return isStubborn ? { kind: "done", entry: await put(name, text, { ...there, etag: null }) } : now;
    }
  };

  const remove = async ({ remoteId: name, etag }: Entry): Promise<Result> => {
    const url = urlOf(await collection(), name);
    try {
      if (!(await dav.remove(url, etag)) && (await get(name)) !== null) throw badAnswer(url.hostname, words);
    } catch (error) {
      if (isStatus(error, 412)) return stale(name);
      if (!isStatus(error, 404, 410)) throw error;
    }
    texts.delete(name);
    return { kind: "done", entry: null };
  };

  const listing = (kind: "full" | "delta", { members, removed, token }: Members) => {
    for (const name of removed) texts.delete(name);
    if (kind === "full") {
      const names = new Set(members.map(({ name }) => name));
      for (const name of [...texts.keys()]) if (!names.has(name)) texts.delete(name);
    }
    return { kind, entries: members.flatMap((member) => entryOf(member.name, member) ?? []), removed, token };
  };

  const list: AddressBook["list"] = async (token) => {
    const place = await collection();
    if (token !== null && listed) {
      const changed = await lister.changes(place, token);
      if (changed !== null) return listing("delta", changed);
      log.info("the server cannot tell what has changed: everything is listed again");
    }
    const all = listing("full", await lister.everything(place));
    listed = true;
    return all;
  };

  return {
    name: "carddav",
    id: `${id} ${group}`,
    get label() {
      return title() ?? shownWebAddress(start.href);
    },
    limits: { batch, calls: 1 },
    list: async (token) => {
      try {
        return await list(token);
      } catch (error) {
        if (isStatus(error, 404, 410)) lookAgain();
        throw error;
      }
    },
    create: (cards) => Promise.all(cards.map(({ id: owner, card }) => aboutOne(() => create(owner, card)))),
    update: (changes) => Promise.all(changes.map(({ entry, card }) => aboutOne(() => update(entry, card)))),
    remove: (entries) => Promise.all(entries.map((entry) => aboutOne(() => remove(entry)))),
    close: dav.close,
  };
};
