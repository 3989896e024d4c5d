import { defaultTag } from "../../../src/shared/calendar.ts";
import type { Calendar } from "./calendar.ts";
import { isDeleted, type Json } from "./event.ts";
import { client } from "./oauth.ts";
import type { World } from "./routes.ts";

/** What tests do behind the API's back: as a person in the calendar, as the predecessor, as Google itself. */
export type Hands = {
  /** A person in Google's own window. Nobody's calls are counted. */
  readonly person: {
    /** Merges fields into an event; `null` removes one. */
    readonly edit: (calendarId: string, eventId: string, fields: Json) => Json;
    readonly remove: (calendarId: string, eventId: string) => void;
    readonly restore: (calendarId: string, eventId: string) => void;
    readonly insert: (calendarId: string, fields: Json) => Json;
  };
  /** Makes an event as the predecessor does: an id of Google's choosing, tag and match id in private properties. */
  readonly predecessor: (
    calendarId: string,
    event: Json & { readonly matchId: string; readonly syncTag?: string },
  ) => Json;
  readonly events: (calendarId: string, options?: { readonly deleted?: boolean }) => readonly Json[];
  readonly event: (calendarId: string, eventId: string) => Json;
  /** Deleted, this event can never be brought back. */
  readonly bury: (calendarId: string, eventId: string) => void;
  readonly expireSyncTokens: (calendarId: string) => void;
  readonly oauth: Pick<World["oauth"], "revoke" | "expireAccessTokens" | "consent" | "testingMode">;
  /** A token file as google-auth writes it, for an account that has signed in; the coordinator's without a word. */
  readonly tokenFile: (account?: string) => Json;
};

export const createHands = (world: World): Hands => {
  const calendar = (id: string): Calendar => {
    const found = world.calendars.get(id === "primary" ? world.primary : id);
    if (found === undefined) throw new Error(`the stand-in has no calendar ${id}`);
    return found;
  };
  return {
    person: {
      edit: (calendarId, eventId, fields) => calendar(calendarId).patch(eventId, fields, null),
      remove: (calendarId, eventId) => calendar(calendarId).remove(eventId, null),
      restore: (calendarId, eventId) => {
        calendar(calendarId).patch(eventId, { status: "confirmed" }, null);
      },
      insert: (calendarId, fields) => calendar(calendarId).insert(fields),
    },
    predecessor: (calendarId, { matchId, syncTag = defaultTag, ...fields }) =>
      calendar(calendarId).insert({
        ...fields,
        extendedProperties: { private: { matchId, syncTag } },
      }),
    events: (calendarId, options) =>
      calendar(calendarId)
        .events()
        .filter((event) => options?.deleted === true || !isDeleted(event))
        .map(({ resource }) => resource),
    event: (calendarId, eventId) => calendar(calendarId).get(eventId),
    bury: (calendarId, eventId) => calendar(calendarId).bury(eventId),
    expireSyncTokens: (calendarId) => calendar(calendarId).expireSyncTokens(),
    oauth: world.oauth,
    tokenFile: (account = world.primary) => {
      const { accessToken, refreshToken } = world.oauth.grant(account);
      return {
        token: accessToken,
        refresh_token: refreshToken,
        token_uri: "https://oauth2.googleapis.com/token",
        client_id: client.id,
        client_secret: client.secret,
        scopes: ["https://www.googleapis.com/auth/calendar"],
        universe_domain: "googleapis.com",
        account: "",
        expiry: new Date(Date.now() + 3_500_000).toISOString().replace("Z", "000Z"),
      };
    },
  };
};
