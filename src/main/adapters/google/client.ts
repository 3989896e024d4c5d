import * as http from "node:http";
import * as https from "node:https";
import { calendar, type calendar_v3 } from "@googleapis/calendar";
import { people, type people_v1 } from "@googleapis/people";
import type { z } from "zod";
import type { Clock } from "../../../core/ports.ts";
import { type GoogleAuth, type GoogleCredentials, googleEndpoints } from "./credentials.ts";
import { badAnswer, type GoogleService, googleProblem } from "./google-problem.ts";
import { createOAuth, type OAuth } from "./oauth.ts";

/** As many calls as may be under way at once, each on a connection that is kept alive. */
const maxSockets = 10;

/**
 * How long a connection lies idle before we let it go. Servers close theirs after five seconds or more without a word, and
 * a burst of calls on ten connections that have just died looks like a server that is gone.
 */
const idleMs = 4000;

export type GoogleClientOptions = {
  readonly auth: GoogleAuth;
  /** Another server in place of Google's; null: Google. */
  readonly apiRoot: string | null;
  readonly clock: Pick<Clock, "now">;
  readonly timeoutMs: number;
};

export type GoogleClient<Api> = {
  /** Makes one call and checks its answer; `run` is told for whom. Rejects with GoogleProblem. */
  readonly call: <T>(
    schema: z.ZodType<T>,
    run: (api: Api, credentials: GoogleCredentials) => Promise<{ readonly data: unknown }>,
  ) => Promise<T>;
  readonly close: () => void;
};

/** What every API's client is made with. */
type Session = {
  readonly auth: OAuth;
  readonly agent: http.Agent;
  readonly timeout: number;
  readonly retry: false;
};

/**
 * The googleapis client with the habits we need: never a retry of its own (the engine retries, and only what is safe),
 * kept-alive connections, a time limit. A 401 has had no effect, so it alone is tried again here, once, with a fresh
 * access token: the clock of this machine may be wrong, or Google may have dropped the old one early.
 */
const createGoogleClient = <Api>(
  options: GoogleClientOptions,
  { service, make }: { readonly service: GoogleService; readonly make: (session: Session) => Api },
): GoogleClient<Api> => {
  const endpoints = googleEndpoints(options.apiRoot);
  const agent = new (endpoints.api.startsWith("https:") ? https.Agent : http.Agent)({
    keepAlive: true,
    maxSockets,
    maxFreeSockets: maxSockets,
    timeout: idleMs,
  });

  const open = (credentials: GoogleCredentials) => {
    const token = options.apiRoot === null ? credentials.tokenUrl : null;
    const oauth = createOAuth({
      clientId: credentials.clientId,
      clientSecret: credentials.clientSecret,
      endpoints: token === null ? endpoints : { ...endpoints, token },
      timeoutMs: options.timeoutMs,
      agent,
    });
    oauth.setCredentials({
      refresh_token: credentials.refreshToken,
      ...(credentials.accessToken !== null && credentials.accessExpiresAt !== null
        ? { access_token: credentials.accessToken, expiry_date: credentials.accessExpiresAt }
        : {}),
    });
    oauth.on("tokens", ({ access_token: access, expiry_date: expiry, refresh_token: refresh }) => {
      if (typeof access !== "string") return;
      const fresh = { accessToken: access, accessExpiresAt: expiry ?? null, refreshToken: refresh ?? null };
      void options.auth.refreshed(credentials, fresh);
    });
    const api = make({ auth: oauth, agent, timeout: options.timeoutMs, retry: false });
    return { credentials, oauth, api };
  };

  let session: ReturnType<typeof open> | null = null;
  const enter = async () => {
    const credentials = await options.auth.read();
    if (session?.credentials !== credentials) session = open(credentials);
    return session;
  };

  const attempt = async <T>(run: (api: Api, credentials: GoogleCredentials) => Promise<T>): Promise<T> => {
    const { api, oauth, credentials } = await enter();
    const used = oauth.credentials.access_token;
    try {
      return await run(api, credentials);
    } catch (error) {
      if (googleProblem(error, options.clock.now(), service).status !== 401) throw error;
      // Another call may have fetched a new token meanwhile: only the refused one is dropped.
      if (oauth.credentials.access_token === used) {
        oauth.setCredentials({ refresh_token: oauth.credentials.refresh_token ?? null });
      }
      return run(api, credentials);
    }
  };

  return {
    call: async (schema, run) => {
      try {
        const { data } = await attempt(run);
        const answer = schema.safeParse(data);
        if (!answer.success) throw badAnswer(service);
        return answer.data;
      } catch (error) {
        const failure = googleProblem(error, options.clock.now(), service);
        if (failure.problem.kind === "calendar-sign-in") options.auth.refused();
        throw failure;
      }
    },
    close: () => agent.destroy(),
  };
};

export type CalendarClient = GoogleClient<calendar_v3.Calendar>;
export const createCalendarClient = (options: GoogleClientOptions): CalendarClient =>
  createGoogleClient(options, {
    service: "calendar",
    make: (session) => calendar({ version: "v3", rootUrl: googleEndpoints(options.apiRoot).api, ...session }),
  });

export type PeopleClient = GoogleClient<people_v1.People>;
export const createPeopleClient = (options: GoogleClientOptions): PeopleClient =>
  createGoogleClient(options, {
    service: "contacts",
    make: (session) => people({ version: "v1", rootUrl: googleEndpoints(options.apiRoot).people, ...session }),
  });
