import { z } from "zod";
import { type Answer, Refusal } from "./answers.ts";
import type { MethodName } from "./faults.ts";

/**
 * Google's People API v1 as far as Avspark uses it: faithful to the published discovery document and to what the guides say of
 * errors, etags, sync tokens and the limits of batches.
 */

export type PeopleMethod = Extract<MethodName, `people.${string}` | `contactGroups.${string}`>;

const methods: Readonly<Record<string, PeopleMethod>> = {
  "GET /v1/people/me/connections": "people.connections.list",
  "GET /v1/people/me": "people.get",
  "GET /v1/people:batchGet": "people.getBatchGet",
  "POST /v1/people:batchCreateContacts": "people.batchCreateContacts",
  "POST /v1/people:batchUpdateContacts": "people.batchUpdateContacts",
  "POST /v1/people:batchDeleteContacts": "people.batchDeleteContacts",
  "GET /v1/contactGroups": "contactGroups.list",
  "POST /v1/contactGroups": "contactGroups.create",
};

export const isPeopleMethod = (method: MethodName): method is PeopleMethod => /^(people|contactGroups)\./.test(method);

export const peopleRoute = (method: string, path: string): PeopleMethod | null => methods[`${method} ${path}`] ?? null;

/** The bodies that the newer APIs refuse with (google.rpc.Status). */
const status = (code: number, word: string, message: string, reason?: string): Refusal =>
  new Refusal({
    status: code,
    body: {
      error: {
        code,
        message,
        status: word,
        ...(reason === undefined
          ? {}
          : { details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain: "googleapis.com" }] }),
      },
    },
  });
const invalid = (message: string): Refusal => status(400, "INVALID_ARGUMENT", message);

const masks = new Set(
  "addresses,ageRanges,biographies,birthdays,calendarUrls,clientData,coverPhotos,emailAddresses,events,externalIds,genders,imClients,interests,locales,locations,memberships,metadata,miscKeywords,names,nicknames,occupations,organizations,phoneNumbers,photos,relations,sipAddresses,skills,urls,userDefined".split(
    ",",
  ),
);
const unwritable = new Set(["ageRanges", "coverPhotos", "metadata", "photos"]);

const fieldsIn = (mask: string | null | undefined, what: string): readonly string[] => {
  const fields = (mask ?? "").split(",").filter((field) => field !== "");
  if (fields.length === 0) throw invalid(`${what} mask is required.`);
  const unknown = fields.find((field) => !masks.has(field));
  if (unknown !== undefined) throw invalid(`Invalid ${what} mask path: "${unknown}".`);
  return fields;
};

const item = z.looseObject({});
const bodySchema = z.looseObject({
  etag: z.string().optional(),
  names: z.array(z.looseObject({ givenName: z.string().optional(), familyName: z.string().optional() })).optional(),
  phoneNumbers: z.array(z.looseObject({ value: z.string() })).optional(),
  emailAddresses: z.array(z.looseObject({ value: z.string() })).optional(),
  addresses: z.array(item).optional(),
  externalIds: z.array(z.looseObject({ value: z.string() })).optional(),
  clientData: z.array(z.looseObject({ key: z.string(), value: z.string() })).optional(),
  memberships: z
    .array(z.looseObject({ contactGroupMembership: z.looseObject({ contactGroupResourceName: z.string() }) }))
    .optional(),
});
export type PersonBody = z.infer<typeof bodySchema>;

type Stored = { readonly resourceName: string; readonly version: number; readonly body: PersonBody };
type Group = { readonly resourceName: string; readonly name: string; readonly groupType: string };

const createSchema = z.object({
  contacts: z.array(z.object({ contactPerson: bodySchema })).max(200),
  readMask: z.string(),
});
const updateSchema = z.object({
  contacts: z.record(z.string(), bodySchema),
  readMask: z.string(),
  updateMask: z.string(),
});
const deleteSchema = z.object({ resourceNames: z.array(z.string()).min(1).max(500) });
const groupSchema = z.object({ contactGroup: z.object({ name: z.string().min(1) }) });

const parsed = <T>(schema: z.ZodType<T>, text: string): T => {
  const read = schema.safeParse(JSON.parse(text));
  if (!read.success) throw invalid("Request contains an invalid argument.");
  return read.data;
};

const tidyName = (name: NonNullable<PersonBody["names"]>[number]) => {
  const displayName = [name.givenName, name.familyName].filter(Boolean).join(" ");
  return { ...name, displayName, unstructuredName: displayName };
};

/** The contacts of one account. */
export const createPeople = () => {
  const contacts = new Map<string, Stored>();
  const goneAt = new Map<string, number>();
  const groups = new Map<string, Group>([
    [
      "contactGroups/myContacts",
      { resourceName: "contactGroups/myContacts", name: "myContacts", groupType: "SYSTEM_CONTACT_GROUP" },
    ],
  ]);
  let version = 0;
  let count = 0;
  let oldestToken = 0;

  const etagOf = ({ version: at }: Stored): string => `%Eg${at}=`;
  const put = (resourceName: string, body: PersonBody): Stored => {
    if ((body.names ?? []).length > 1) throw invalid("Contact person resource can only have one name.");
    for (const { contactGroupMembership: one } of body.memberships ?? [])
      if (!groups.has(one.contactGroupResourceName)) throw invalid("Contact group does not exist.");
    version += 1;
    const names = body.names?.map(tidyName);
    const stored: Stored = { resourceName, version, body: { ...body, ...(names === undefined ? {} : { names }) } };
    contacts.set(resourceName, stored);
    return stored;
  };
  const add = (body: PersonBody): Stored => {
    count += 1;
    const memberships = [{ contactGroupMembership: { contactGroupResourceName: "contactGroups/myContacts" } }];
    return put(`people/c${count}`, { memberships, ...body });
  };
  const drop = (resourceName: string): void => {
    version += 1;
    contacts.delete(resourceName);
    goneAt.set(resourceName, version);
  };
  const shown = (stored: Stored, fields: readonly string[]): object => {
    const body = Object.fromEntries(
      Object.entries(stored.body).filter(
        ([field, value]) => fields.includes(field) && Array.isArray(value) && value.length > 0,
      ),
    );
    return { resourceName: stored.resourceName, etag: etagOf(stored), ...body };
  };

  const connections = (query: URLSearchParams): Answer => {
    const fields = fieldsIn(query.get("personFields"), "personFields");
    const pageSize = Number(query.get("pageSize") ?? "100");
    if (pageSize > 1000) throw invalid("Page size must be at most 1000.");
    const token = query.get("syncToken");
    const since = token === null ? 0 : Number(token.replace("sync-", ""));
    if (token !== null && since < oldestToken)
      throw status(
        400,
        "FAILED_PRECONDITION",
        "Sync token is expired. Clear local cache and retry call without the sync token.",
        "EXPIRED_SYNC_TOKEN",
      );
    const changed = [...contacts.values()].filter((stored) => stored.version > since);
    const gone = token === null ? [] : [...goneAt].filter(([, at]) => at > since);
    const all = [
      ...changed.map((stored) => shown(stored, fields)),
      ...gone.map(([resourceName]) => ({ resourceName, metadata: { deleted: true } })),
    ];
    const from = Number(query.get("pageToken") ?? "0");
    const page = all.slice(from, from + pageSize);
    const isLast = from + pageSize >= all.length;
    return {
      status: 200,
      body: {
        ...(page.length === 0 ? {} : { connections: page, totalPeople: contacts.size, totalItems: contacts.size }),
        ...(isLast ? {} : { nextPageToken: String(from + pageSize) }),
        ...(isLast && query.get("requestSyncToken") === "true" ? { nextSyncToken: `sync-${version}` } : {}),
      },
    };
  };

  const update = (text: string): Answer => {
    const { contacts: changes, readMask, updateMask } = parsed(updateSchema, text);
    const read = fieldsIn(readMask, "readMask");
    const written = fieldsIn(updateMask, "updateMask");
    if (written.some((field) => unwritable.has(field))) throw invalid("Invalid updateMask.");
    const all = Object.entries(changes);
    if (all.length > 200) throw invalid("At most 200 contacts may be updated at once.");
    for (const [resourceName, { etag }] of all) {
      const stored = contacts.get(resourceName);
      if (stored === undefined) throw status(404, "NOT_FOUND", "Contact person not found.");
      if (etag === undefined) throw invalid("Request must set person.etag or person.metadata.sources.etag.");
      if (etag !== etagOf(stored))
        throw status(
          400,
          "FAILED_PRECONDITION",
          "Request person.etag is different than the current person.etag. Clear local cache and get the latest person.",
          "failedPrecondition",
        );
    }
    const results = all.map(([resourceName, body]) => {
      const before = contacts.get(resourceName)?.body ?? {};
      const changed = Object.fromEntries(written.map((field) => [field, body[field] ?? []]));
      const stored = put(resourceName, parsed(bodySchema, JSON.stringify({ ...before, ...changed })));
      return [resourceName, { httpStatusCode: 200, person: shown(stored, read), requestedResourceName: resourceName }];
    });
    return { status: 200, body: { updateResult: Object.fromEntries(results) } };
  };

  const perform = (
    method: PeopleMethod,
    {
      query,
      body,
      account,
    }: { readonly query: URLSearchParams; readonly body: string; readonly account: string | null },
  ): Answer => {
    switch (method) {
      case "people.get":
        return { status: 200, body: { resourceName: `people/${account}`, etag: "%E" } };
      case "people.connections.list":
        return connections(query);
      case "people.getBatchGet": {
        const fields = fieldsIn(query.get("personFields"), "personFields");
        const names = query.getAll("resourceNames");
        if (names.length > 200) throw invalid("At most 200 resource names may be asked for.");
        const responses = names.map((requestedResourceName) => {
          const stored = contacts.get(requestedResourceName);
          return stored === undefined
            ? { httpStatusCode: 404, requestedResourceName, status: { code: 5, message: "Person not found." } }
            : { httpStatusCode: 200, requestedResourceName, person: shown(stored, fields) };
        });
        return { status: 200, body: { responses } };
      }
      case "people.batchCreateContacts": {
        const { contacts: made, readMask } = parsed(createSchema, body);
        const fields = fieldsIn(readMask, "readMask");
        const createdPeople = made.map(({ contactPerson }) => ({
          httpStatusCode: 200,
          person: shown(add(contactPerson), fields),
        }));
        return { status: 200, body: { createdPeople } };
      }
      case "people.batchUpdateContacts":
        return update(body);
      case "people.batchDeleteContacts": {
        const { resourceNames } = parsed(deleteSchema, body);
        if (resourceNames.some((name) => !contacts.has(name)))
          throw status(404, "NOT_FOUND", "Contact person not found.");
        for (const name of resourceNames) drop(name);
        return { status: 200, body: {} };
      }
      case "contactGroups.list":
        return { status: 200, body: { contactGroups: [...groups.values()], totalItems: groups.size } };
      case "contactGroups.create": {
        const { name } = parsed(groupSchema, body).contactGroup;
        if ([...groups.values()].some((group) => group.name === name))
          throw status(409, "ALREADY_EXISTS", "Contact group name already exists.");
        const resourceName = `contactGroups/g${groups.size}`;
        const group = { resourceName, name, groupType: "USER_CONTACT_GROUP" };
        groups.set(resourceName, group);
        return { status: 200, body: group };
      }
    }
  };

  return {
    perform,
    /** What a person does in their contacts, or the predecessor did. */
    add: (body: PersonBody): string => add(body).resourceName,
    change: (resourceName: string, body: PersonBody): void =>
      void put(resourceName, { ...contacts.get(resourceName)?.body, ...body }),
    drop,
    group: (name: string): string => {
      const resourceName = `contactGroups/g${groups.size}`;
      groups.set(resourceName, { resourceName, name, groupType: "USER_CONTACT_GROUP" });
      return resourceName;
    },
    all: (): readonly (PersonBody & { readonly resourceName: string })[] =>
      [...contacts.values()].map(({ resourceName, body }) => ({ ...body, resourceName })),
    /** Sync tokens live for seven days: those given so far have grown too old. */
    forgetSyncTokens: (): void => {
      version += 1;
      oldestToken = version;
    },
  };
};
export type People = ReturnType<typeof createPeople>;
