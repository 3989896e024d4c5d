import type { Card } from "../../../core/contacts/card.ts";
import type { AddressBook, Entry, Result } from "../../../core/contacts/port.ts";
import { failureOf } from "../../../core/keeper/failure.ts";
import { shownWebAddress } from "../../../shared/address/web.ts";
import { badAnswer, isStatus } from "../caldav/caldav-problem.ts";
import { connectDav, type DavOptions } from "../caldav/connect.ts";
import type { Resource } from "../caldav/dav.ts";
import { addressBooks } from "../caldav/kind.ts";
import { createLister, createReading, urlOf } from "../caldav/listing.ts";
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
  const connection = connectDav(addressBooks, options);
  const { dav, start, id, collection, aboutOne, title } = connection;
  const { words } = addressBooks;
  const texts = new Map<string, Resource>();
  const lister = createLister(dav, { isOurs: () => true, known: (name) => texts.get(name) }, addressBooks);
  const reading = createReading(connection, { lister, texts, log });

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

  /** As it ends, also where it fails: the others of a batch go on. */
  const ending = async (run: () => Promise<Result>): Promise<Result> => {
    try {
      return await aboutOne(run);
    } catch (error) {
      return { kind: "failed", failure: failureOf(error) };
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

  const list: AddressBook["list"] = async (token) => {
    const found = await reading(token);
    for (const name of found.removed) texts.delete(name);
    const entries = found.members.flatMap((member) => entryOf(member.name, member) ?? []);
    return { kind: found.kind, entries, removed: found.removed, token: found.token };
  };

  return {
    name: "carddav",
    id: `${id} ${group}`,
    get label() {
      return title() ?? shownWebAddress(start.href);
    },
    limits: { batch, calls: 1 },
    list,
    create: (cards) => Promise.all(cards.map(({ id: owner, card }) => ending(() => create(owner, card)))),
    update: (changes) => Promise.all(changes.map(({ entry, card }) => ending(() => update(entry, card)))),
    remove: (entries) => Promise.all(entries.map((entry) => ending(() => remove(entry)))),
    close: dav.close,
  };
};
