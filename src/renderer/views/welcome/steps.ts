import { configFields, faultOf, shownValue } from "../../../shared/config.ts";
import type { Problem } from "../../../shared/problem.ts";
import type { Values } from "../settings/drafts.tsx";

export const stepNames = ["feed", "calendar", "done"] as const;
export type StepName = (typeof stepNames)[number];

/** What a try of certain values came to; with other values it says nothing. */
export type Trial = { readonly key: string; readonly problem: Problem | null };

/** What stands between a step and the next one. */
export type Gate<Blocked extends string> =
  /** Something is missing or wrong; said before anything is tried. */
  | { readonly kind: "blocked"; readonly why: Blocked }
  /** The values have to be tried. */
  | { readonly kind: "try"; readonly key: string }
  /** They were tried and do not work; a person may go on all the same. */
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "open" };

const gateOf = (key: string, trials: readonly Trial[]): Gate<never> => {
  const trial = trials.find((each) => each.key === key);
  if (trial === undefined) return { kind: "try", key };
  return trial.problem === null ? { kind: "open" } : { kind: "failed", problem: trial.problem };
};

export type FeedValues = { readonly redis: string; readonly list: string };

/** Tells tries of different values apart. */
export const trialKey = (what: string, ...values: readonly string[]): string => JSON.stringify([what, ...values]);

/** Where the matches come from: Redis, a list over HTTP, or both. Each that is given must have been tried. */
export const feedGate = (
  { redis, list }: FeedValues,
  trials: readonly Trial[],
): Gate<"nothing" | "redis-form" | "list-form"> => {
  if (redis === "" && list === "") return { kind: "blocked", why: "nothing" };
  if (!configFields.REDIS_URL.schema.safeParse(redis).success) return { kind: "blocked", why: "redis-form" };
  if (!configFields.AVSPARK_MATCHES_URL.schema.safeParse(list).success) return { kind: "blocked", why: "list-form" };
  const gates = [
    ...(redis === "" ? [] : [gateOf(trialKey("redis", redis), trials)]),
    ...(list === "" ? [] : [gateOf(trialKey("source", list), trials)]),
  ];
  return gates.find(({ kind }) => kind !== "open") ?? { kind: "open" };
};

/** Whose service the window shows. */
export type PlaceName = "here" | "server";

export type ServerValues = { readonly url: string; readonly token: string; readonly ca: string };

/** A service elsewhere must have answered before the window is given to it. */
export const serverGate = (
  { url, token, ca }: ServerValues,
  trials: readonly Trial[],
): Gate<"no-service" | "service-form" | "token-form"> => {
  if (url === "") return { kind: "blocked", why: "no-service" };
  if (!configFields.AVSPARK_SERVICE_URL.schema.safeParse(url).success) return { kind: "blocked", why: "service-form" };
  if (!configFields.AVSPARK_SERVICE_TOKEN.schema.safeParse(token).success)
    return { kind: "blocked", why: "token-form" };
  return gateOf(trialKey("service", url, token, ca), trials);
};

export type CalendarChoice = {
  readonly google: boolean;
  readonly caldav: boolean;
  /** null: none chosen yet. */
  readonly calendarId: string | null;
  readonly server: { readonly url: string; readonly user: string; readonly password: string };
};

/** Where the matches go. The file is always kept, so no other calendar need be chosen. */
export const calendarGate = (
  { google, caldav, calendarId, server }: CalendarChoice,
  trials: readonly Trial[],
): Gate<"no-calendar" | "no-server" | "server-form"> => {
  if (google && calendarId === null) return { kind: "blocked", why: "no-calendar" };
  if (!caldav) return { kind: "open" };
  if (server.url === "") return { kind: "blocked", why: "no-server" };
  if (!configFields.CALDAV_URL.schema.safeParse(server.url).success) return { kind: "blocked", why: "server-form" };
  return gateOf(trialKey("caldav", server.url, server.user, server.password), trials);
};

/** What the three steps save at the end. */
export const valuesOf = (feed: FeedValues, choice: CalendarChoice): Values => ({
  REDIS_URL: feed.redis,
  AVSPARK_MATCHES_URL: feed.list,
  // With a list alone nothing is to be listened to.
  REDIS_PUBSUB_ENABLED: feed.redis === "" ? "false" : "",
  AVSPARK_CALENDARS: ["ics", ...(choice.google ? ["google"] : []), ...(choice.caldav ? ["caldav"] : [])].join(","),
  ...(choice.google && choice.calendarId !== null && { GOOGLE_CALENDAR_ID: choice.calendarId }),
  ...(choice.caldav && {
    CALDAV_URL: choice.server.url,
    CALDAV_USERNAME: choice.server.user,
    ...(choice.server.password !== "" && { CALDAV_PASSWORD: choice.server.password }),
  }),
});

/** An address with something in it that must not be shown. */
export const holdsPassword = (address: string): boolean =>
  faultOf("REDIS_URL", address) === null && shownValue("REDIS_URL", address) !== address;
