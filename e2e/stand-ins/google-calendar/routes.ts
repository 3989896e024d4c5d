import { type Answer, refusals, refuse } from "./answers.ts";
import type { AccessRole, Calendar } from "./calendar.ts";
import { asJson, type Json } from "./event.ts";
import type { IncomingCall } from "./faults.ts";
import type { OAuthServer } from "./oauth.ts";
import type { PeopleMethod } from "./people.ts";

/** The stand-in's whole state. */
export type World = {
  readonly oauth: OAuthServer;
  readonly calendars: ReadonlyMap<string, Calendar>;
  /** The coordinator's account, and the calendar that has its name. */
  readonly primary: string;
  readonly add: (id: string, summary: string, accessRole: AccessRole) => void;
};

type Target = Pick<IncomingCall, "method" | "calendarId" | "eventId">;

const eventMethods = {
  GET: "events.get",
  PATCH: "events.patch",
  PUT: "events.update",
  DELETE: "events.delete",
} as const;

/** Which method of the API a request means; null: none. */
export const route = (verb: string, path: string): Target | null => {
  const at = (method: IncomingCall["method"], calendarId: string | null = null, eventId: string | null = null) => ({
    method,
    calendarId,
    eventId,
  });
  if (verb === "GET" && path === "/o/oauth2/v2/auth") return at("oauth.authorize");
  if (verb === "POST" && path === "/token") return at("oauth.token");
  if (verb === "GET" && path === "/calendar/v3/users/me/calendarList") return at("calendarList.list");
  if (verb === "POST" && path === "/calendar/v3/calendars") return at("calendars.insert");
  const parts = /^\/calendar\/v3\/calendars\/([^/]+)(?:\/(events)(?:\/([^/]+))?)?$/.exec(path);
  if (parts === null) return null;
  const calendarId = decodeURIComponent(parts[1] ?? "");
  if (parts[2] === undefined) return verb === "GET" ? at("calendars.get", calendarId) : null;
  if (parts[3] === undefined) {
    if (verb === "GET") return at("events.list", calendarId);
    return verb === "POST" ? at("events.insert", calendarId) : null;
  }
  const method = Object.entries(eventMethods).find(([name]) => name === verb)?.[1];
  return method === undefined ? null : at(method, calendarId, decodeURIComponent(parts[3]));
};

export type Request = Omit<IncomingCall, "method"> & {
  readonly method: Exclude<IncomingCall["method"], PeopleMethod>;
  /** Who asks: behind `primary` is a calendar of theirs. */
  readonly account: string | null;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly ifMatch: string | null;
};

const roles: readonly AccessRole[] = ["freeBusyReader", "reader", "writer", "owner"];

const calendarListEntry = (account: string | null, calendar: Calendar): Json => ({
  kind: "calendar#calendarListEntry",
  id: calendar.id,
  summary: calendar.summary,
  accessRole: calendar.accessRole,
  timeZone: "Europe/Stockholm",
  ...(calendar.id === account ? { primary: true } : {}),
});

const listCalendars = (world: World, { query, account }: Request): Json => {
  const least = roles.map(String).indexOf(query.get("minAccessRole") ?? "");
  const fitting = [...world.calendars.values()].filter(({ accessRole }) => roles.indexOf(accessRole) >= least);
  const size = Math.min(Number(query.get("maxResults") ?? 100), 250);
  const from = Number(query.get("pageToken") ?? 0);
  const next = from + size;
  return {
    kind: "calendar#calendarList",
    items: fitting.slice(from, next).map((calendar) => calendarListEntry(account, calendar)),
    ...(next < fitting.length ? { nextPageToken: String(next) } : {}),
  };
};

const calendarResource = ({ id, summary }: Pick<Calendar, "id" | "summary">): Json => ({
  kind: "calendar#calendar",
  id,
  summary,
  timeZone: "Europe/Stockholm",
});

const insertCalendar = (world: World, body: Json): Json => {
  const { summary } = body;
  if (typeof summary !== "string" || summary === "") {
    return refuse({ status: 400, reason: "required", message: "Missing title." });
  }
  const id = `c${world.calendars.size}@group.calendar.example.com`;
  world.add(id, summary, "owner");
  return calendarResource({ id, summary });
};

const listEvents = (calendar: Calendar, query: URLSearchParams): Json => {
  const { events, ...tokens } = calendar.list(query);
  return {
    kind: "calendar#events",
    summary: calendar.summary,
    timeZone: "Europe/Stockholm",
    accessRole: calendar.accessRole,
    ...tokens,
    items: events.map(({ resource }) => resource),
  };
};

/** Carries out one authorized call. Throws Refusal. */
export const perform = (world: World, request: Request): Answer => {
  const { method, query, body, ifMatch, account } = request;
  const ok = (json: Json): Answer => ({ status: 200, body: json });
  const calendar = (): Calendar => {
    const id = request.calendarId === "primary" ? account : request.calendarId;
    return world.calendars.get(id ?? "") ?? refuse(refusals.notFound);
  };
  const json = (): Json => asJson(JSON.parse(body));
  const eventId = request.eventId ?? "";
  switch (method) {
    case "oauth.authorize":
      return world.oauth.authorize(query);
    case "oauth.token":
      return world.oauth.token(new URLSearchParams(body));
    case "calendarList.list":
      return ok(listCalendars(world, request));
    case "calendars.insert":
      return ok(insertCalendar(world, json()));
    case "calendars.get":
      return ok(calendarResource(calendar()));
    case "events.list":
      return ok(listEvents(calendar(), query));
    case "events.get":
      return ok(calendar().get(eventId));
    case "events.insert":
      return ok(calendar().insert(json()));
    case "events.patch":
      return ok(calendar().patch(eventId, json(), ifMatch));
    case "events.update":
      return ok(calendar().update(eventId, json(), ifMatch));
    case "events.delete":
      calendar().remove(eventId, ifMatch);
      return { status: 204 };
  }
};
