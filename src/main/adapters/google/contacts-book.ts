import type { people_v1 } from "@googleapis/people";
import { z } from "zod";
import type { AddressBook, Entry, EntryListing, Result } from "../../../core/contacts/port.ts";
import { failureOf } from "../../../core/keeper/failure.ts";
import type { Log } from "../../../core/ports.ts";
import { createPeopleClient, type GoogleClientOptions } from "./client.ts";
import {
  entryOf,
  type GooglePerson,
  googlePersonSchema,
  personBody,
  personFields,
  writtenFields,
} from "./contact-card.ts";
import type { GoogleCredentials } from "./credentials.ts";
import { badAnswer, GoogleProblem, isStatus } from "./google-problem.ts";

export type GoogleContactsOptions = GoogleClientOptions & { readonly group: string; readonly log: Log };

const pageSize = 1000;
/** No account has this many pages: a server that always names another one is not to be believed. */
const maxPages = 100;
/** What one call may make or change. */
const batch = 200;
/** What people wrote in the contact itself, not what Google knows of whoever has that address. */
const sources = ["READ_SOURCE_TYPE_CONTACT"];

const pageSchema = z.object({
  connections: z.array(googlePersonSchema).nullish(),
  nextPageToken: z.string().nullish(),
  nextSyncToken: z.string().nullish(),
});

const groupSchema = z.object({ resourceName: z.string(), name: z.string().nullish(), groupType: z.string().nullish() });
const groupsSchema = z.object({
  contactGroups: z.array(groupSchema).nullish(),
  nextPageToken: z.string().nullish(),
});

const responseSchema = z.object({ person: googlePersonSchema.nullish() });
const createdSchema = z.object({ createdPeople: z.array(responseSchema) });
const updatedSchema = z.object({ updateResult: z.record(z.string(), responseSchema) });
const gotSchema = z.object({
  responses: z.array(responseSchema.extend({ requestedResourceName: z.string().nullish() })).nullish(),
});

/** Somebody has changed or deleted one of them since it was read; which, Google does not say. */
const isStale = (error: unknown): boolean =>
  isStatus(error, 404) || (isStatus(error, 400, 409) && /^failed_?precondition$|^aborted$/i.test(error.reason ?? ""));

/** One contact among several may be what Google refuses. */
const isRefusal = (error: unknown): boolean => isStatus(error, 400);

/**
 * The contacts of a Google account. Google chooses a contact's name, so a new one is known again only by the mark in it; a
 * change brings the etag that it builds on. Google wants writes one after the other, and takes two hundred contacts in each.
 */
export const createGoogleContacts = (options: GoogleContactsOptions): AddressBook => {
  const { group, log } = options;
  const client = createPeopleClient(options);
  const persons = new Map<string, GooglePerson>();
  /** The resource name of our group; null: there is none, or it has not been looked for. */
  let groupName: string | null = null;

  const remember = (person: GooglePerson): Entry => {
    persons.set(person.resourceName, person);
    return entryOf(person, groupName);
  };

  /** Whose contacts they are; asked once for each sign-in. */
  let owner: { readonly credentials: GoogleCredentials; readonly account: string } | null = null;
  let listedAs: string | null = null;
  const account = async (): Promise<string> => {
    const credentials = await options.auth.read();
    if (owner?.credentials === credentials) return owner.account;
    const { resourceName } = await client.call(z.object({ resourceName: z.string() }), (api) =>
      api.people.get({ resourceName: "people/me", personFields: "metadata" }),
    );
    owner = { credentials, account: resourceName };
    return resourceName;
  };

  /** Whoever has signed in meanwhile gets nothing that was meant for another: their contacts are listed first. */
  const asListed = async (): Promise<void> => {
    const now = await account();
    if (listedAs === null || now === listedAs) return;
    throw new GoogleProblem(
      { kind: "calendar-conflict", message: "Another Google account has signed in: its contacts are read first." },
      { concern: "collection" },
    );
  };

  const findGroup = async (): Promise<string | null> => {
    let pageToken: string | null = null;
    for (let count = 0; count < maxPages; count += 1) {
      const page: z.infer<typeof groupsSchema> = await client.call(groupsSchema, (api) =>
        api.contactGroups.list({
          pageSize,
          groupFields: "name,groupType",
          ...(pageToken === null ? {} : { pageToken }),
        }),
      );
      const ours = (page.contactGroups ?? []).find(
        ({ name, groupType }) => name === group && groupType !== "SYSTEM_CONTACT_GROUP",
      );
      if (ours !== undefined) return ours.resourceName;
      if (!page.nextPageToken) return null;
      pageToken = page.nextPageToken;
    }
    throw badAnswer("contacts");
  };

  /** Made when something is first written into it. */
  const ownGroup = async (): Promise<string> => {
    groupName ??= await findGroup();
    groupName ??= (
      await client.call(groupSchema, (api) =>
        api.contactGroups.create({ requestBody: { contactGroup: { name: group } } }),
      )
    ).resourceName;
    return groupName;
  };

  const pages = async (syncToken: string | null) => {
    const found: GooglePerson[] = [];
    let pageToken: string | null = null;
    for (let count = 0; count < maxPages; count += 1) {
      const page: z.infer<typeof pageSchema> = await client.call(pageSchema, (api) =>
        api.people.connections.list({
          resourceName: "people/me",
          pageSize,
          personFields,
          sources,
          requestSyncToken: true,
          ...(syncToken === null ? {} : { syncToken }),
          ...(pageToken === null ? {} : { pageToken }),
        }),
      );
      found.push(...(page.connections ?? []));
      if (!page.nextPageToken) {
        // An empty page has nothing else to be known by, and another server's answer must not pass for one.
        if (!page.nextSyncToken) throw badAnswer("contacts");
        return { found, token: page.nextSyncToken };
      }
      pageToken = page.nextPageToken;
    }
    throw badAnswer("contacts");
  };

  const full = async (): Promise<EntryListing> => {
    groupName = await findGroup();
    const { found, token } = await pages(null);
    persons.clear();
    const there = found.filter(({ metadata }) => metadata?.deleted !== true);
    return { kind: "full", entries: there.map(remember), removed: [], token };
  };

  const delta = async (since: string): Promise<EntryListing> => {
    const { found, token } = await pages(since);
    const isGone = ({ metadata }: GooglePerson): boolean => metadata?.deleted === true;
    const removed = found.filter(isGone).map(({ resourceName }) => resourceName);
    for (const resourceName of removed) persons.delete(resourceName);
    return { kind: "delta", entries: found.filter((person) => !isGone(person)).map(remember), removed, token };
  };

  /** Each as it is now; null: it is gone. */
  const fresh = async (entries: readonly Entry[]): Promise<readonly (Entry | null)[]> => {
    const resourceNames = entries.map(({ remoteId }) => remoteId);
    const { responses } = await client.call(gotSchema, (api) =>
      api.people.getBatchGet({ resourceNames, personFields, sources }),
    );
    const got = new Map((responses ?? []).flatMap(({ person }) => (person ? [[person.resourceName, person]] : [])));
    return resourceNames.map((name) => {
      const person = got.get(name);
      if (person !== undefined) return remember(person);
      persons.delete(name);
      return null;
    });
  };

  /** Where one of several is refused, the others are not: they are tried in ever smaller parts. */
  const inParts = async <T>(
    all: readonly T[],
    run: (part: readonly T[]) => Promise<readonly Result[]>,
  ): Promise<readonly Result[]> => {
    try {
      return await run(all);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // Our group may have been deleted: the next try looks for it again.
      groupName = null;
      if (all.length === 1) return [{ kind: "failed", failure: failureOf(error) }];
      const middle = Math.ceil(all.length / 2);
      return [...(await inParts(all.slice(0, middle), run)), ...(await inParts(all.slice(middle), run))];
    }
  };

  const done = (person: GooglePerson | null | undefined): Result => {
    if (person === null || person === undefined) throw badAnswer("contacts");
    return { kind: "done", entry: remember(person) };
  };

  const bodyOf = (entry: Entry, body: people_v1.Schema$Person): people_v1.Schema$Person => ({
    ...body,
    resourceName: entry.remoteId,
    etag: entry.etag,
  });

  return {
    name: "google-contacts",
    id: group,
    label: group,
    limits: { batch, calls: 1 },
    // The first list of a process is always full: it brings what people wrote.
    list: async (token) => {
      const who = await account();
      const isKnown = who === listedAs;
      listedAs = who;
      if (token === null || !isKnown) return { ...(await full()), account: who };
      try {
        return { ...(await delta(token)), account: who };
      } catch (error) {
        // 400 with EXPIRED_SYNC_TOKEN is what the documentation says; 410 is what it said before.
        if (!isStatus(error, 400, 404, 410)) throw error;
        log.info("Google has forgotten the sync token: everything is listed again");
        return { ...(await full()), account: who };
      }
    },
    create: async (cards) => {
      await asListed();
      return inParts(cards, async (part) => {
        const into = await ownGroup();
        const contacts = part.map(({ card }) => ({ contactPerson: personBody(card, null, into) }));
        const { createdPeople } = await client.call(createdSchema, (api) =>
          api.people.batchCreateContacts({ requestBody: { contacts, readMask: personFields, sources } }),
        );
        return part.map((_, index) => done(createdPeople[index]?.person));
      });
    },
    update: async (changes) => {
      await asListed();
      return inParts(changes, async (part) => {
        const into = await ownGroup();
        const contacts = Object.fromEntries(
          part.map(({ entry, card }) => {
            const there = persons.get(entry.remoteId) ?? null;
            return [entry.remoteId, bodyOf(entry, personBody(card, there, into))];
          }),
        );
        try {
          const { updateResult } = await client.call(updatedSchema, (api) =>
            api.people.batchUpdateContacts({
              requestBody: { contacts, updateMask: writtenFields, readMask: personFields, sources },
            }),
          );
          return part.map(({ entry }) => done(updateResult[entry.remoteId]?.person));
        } catch (error) {
          if (!isStale(error)) throw error;
          log.info("an edit came in between: it is read again and kept");
          const now = await fresh(part.map(({ entry }) => entry));
          return now.map((entry): Result => ({ kind: "stale", entry }));
        }
      });
    },
    remove: async (entries) => {
      await asListed();
      // A removal brings no etag: what somebody has touched meanwhile is not to go.
      const now = await fresh(entries);
      const results = entries.map((entry, index): Result => {
        const there = now[index] ?? null;
        return there !== null && there.etag !== entry.etag
          ? { kind: "stale", entry: there }
          : { kind: "done", entry: null };
      });
      const resourceNames = entries.flatMap(({ remoteId }, index) =>
        now[index] != null && results[index]?.kind === "done" ? [remoteId] : [],
      );
      if (resourceNames.length > 0) {
        await client.call(z.unknown(), (api) => api.people.batchDeleteContacts({ requestBody: { resourceNames } }));
      }
      for (const resourceName of resourceNames) persons.delete(resourceName);
      return results;
    },
    close: client.close,
  };
};
