import { invalid, refusals, refuse } from "./answers.ts";
import {
  deletedEvent,
  isDeleted,
  type Json,
  newEvent,
  patchedEvent,
  replacedEvent,
  type StoredEvent,
} from "./event.ts";
import { createLister, type Listed } from "./list.ts";

export type AccessRole = "owner" | "writer" | "reader" | "freeBusyReader";

/** One calendar and its events, as the API sees them. */
export type Calendar = {
  readonly id: string;
  readonly summary: string;
  readonly accessRole: AccessRole;
  readonly get: (id: string) => Json;
  readonly list: (query: URLSearchParams) => Listed;
  readonly insert: (body: Json) => Json;
  readonly patch: (id: string, body: Json, ifMatch: string | null) => Json;
  readonly update: (id: string, body: Json, ifMatch: string | null) => Json;
  readonly remove: (id: string, ifMatch: string | null) => void;
  readonly events: () => readonly StoredEvent[];
  readonly expireSyncTokens: () => void;
  /** Deleted events that Google will not give back: seen in the wild, documented nowhere. */
  readonly bury: (id: string) => void;
};

export const createCalendar = (options: {
  readonly id: string;
  readonly summary: string;
  readonly accessRole: AccessRole;
  readonly now: () => number;
}): Calendar => {
  const { id: calendarId, summary, accessRole, now } = options;
  const events = new Map<string, StoredEvent>();
  const buried = new Set<string>();
  let change = 0;
  const lister = createLister({ events: () => [...events.values()], change: () => change, now });

  const stamp = () => {
    change += 1;
    return { change, now: now() };
  };
  const find = (id: string): StoredEvent => events.get(id) ?? refuse(refusals.notFound);
  const keep = (id: string, event: StoredEvent): Json => {
    events.set(id, event);
    return event.resource;
  };
  const mayWrite = () => {
    if (accessRole !== "owner" && accessRole !== "writer") refuse(refusals.writerNeeded);
  };
  const writableEvent = (id: string, ifMatch: string | null): StoredEvent => {
    mayWrite();
    const event = find(id);
    if (ifMatch !== null && ifMatch !== "*" && ifMatch !== event.resource.etag) refuse(refusals.conditionNotMet);
    if (buried.has(id)) refuse(refusals.forbidden);
    return event;
  };

  return {
    id: calendarId,
    summary,
    accessRole,
    get: (id) => find(id).resource,
    list: lister.list,
    insert: (body) => {
      mayWrite();
      const given = body.id;
      if (given !== undefined && (typeof given !== "string" || !/^[a-v0-9]{5,1024}$/.test(given))) {
        return invalid("Invalid resource id value.");
      }
      const id = given ?? `e${String(change).padStart(25, "0")}`;
      if (events.has(id)) return refuse(refusals.duplicate);
      return keep(id, newEvent({ id, calendarId, body, stamp: stamp() }));
    },
    patch: (id, body, ifMatch) => keep(id, patchedEvent(writableEvent(id, ifMatch), body, stamp())),
    update: (id, body, ifMatch) => keep(id, replacedEvent(writableEvent(id, ifMatch), body, stamp())),
    remove: (id, ifMatch) => {
      const event = writableEvent(id, ifMatch);
      if (isDeleted(event)) refuse(refusals.deleted);
      keep(id, deletedEvent(event, stamp()));
    },
    events: () => [...events.values()],
    expireSyncTokens: lister.expireSyncTokens,
    bury: (id) => {
      buried.add(id);
    },
  };
};
