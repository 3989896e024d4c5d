import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { errorCode } from "../../../core/error-name.ts";
import type { Clock } from "../../../core/ports.ts";
import { instantOf } from "../../../shared/instant.ts";
import { type Problem, ProblemError, raise } from "../../../shared/problem.ts";
import { googleEndpoints } from "./credentials.ts";
import { googleProblem } from "./google-problem.ts";
import { createOAuth } from "./oauth.ts";
import { signInPage } from "./sign-in-page.ts";
import type { GoogleSignIn } from "./sign-ins.ts";

/** As little as the work needs: change events, see which calendars there are, make one. */
export const googleScopes = [
  "https://www.googleapis.com/auth/calendar.events",
  "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
  "https://www.googleapis.com/auth/calendar.calendars",
] as const;

/** And to keep contacts, where they are kept. */
const contactsScope = "https://www.googleapis.com/auth/contacts";

export type GoogleSignInOptions = {
  readonly withContacts: boolean;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly apiRoot: string | null;
  /** Opens the address in the system's browser. */
  readonly open: (url: string) => Promise<void> | void;
  readonly clock: Pick<Clock, "now" | "after">;
  /** Where the answer is taken on the loopback address, so that it can be forwarded there; any free port unless told. */
  readonly port?: number;
  /** What somebody pastes whose browser cannot reach us: the address at which it ended. */
  readonly pasted?: { readonly lines: AsyncIterable<string>; readonly onStray: () => void };
  /** How long the person may take; five minutes unless told otherwise. */
  readonly limitMs?: number;
  readonly timeoutMs: number;
  /** Ends it: another sign-in has begun, or nobody wants this one any longer. */
  readonly signal: AbortSignal;
};

const tokensSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expiry_date: z.number().nullish(),
  scope: z.string().nullish(),
  /** Seconds; given while the Google Cloud project is in testing mode (seven days) or the consent has an end. */
  refresh_token_expires_in: z.number().nullish(),
});

const refused = (message: string): Problem => ({ kind: "calendar-sign-in", message });

/** What came back from the browser: the code, or why there is none. */
type Arrival = { readonly code: string } | { readonly problem: Problem };

const readArrival = (query: URLSearchParams): Arrival => {
  const code = query.get("code");
  if (code !== null && code !== "") return { code };
  return {
    problem: refused(
      query.get("error") === "access_denied"
        ? "The sign-in to Google was declined."
        : "Google ended the sign-in without letting Avspark in.",
    ),
  };
};

const listen = (server: Server, wanted: number): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once("error", (error) =>
      reject(new ProblemError(refused(`Port ${wanted} of this machine cannot be used (${errorCode(error)}).`))),
    );
    server.listen(wanted, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      resolve(`127.0.0.1:${port}`);
    });
  });

/** The query of a request to our page; null for anything else a browser asks for, or somebody who found the port. */
const arriving = (request: IncomingMessage, host: string): URLSearchParams | null => {
  if (request.method !== "GET" || request.headers.host !== host) return null;
  const { url = "/" } = request;
  return url.startsWith("/?") ? new URLSearchParams(url.slice(1)) : null;
};

/** The query of an address; of anything else, an empty one. */
const queryOf = (address: string): URLSearchParams => {
  // As one copies it: with quotes, or in the brackets that mail puts around addresses.
  const text = address.trim().replace(/^(["'`<“”‘’«»])(.*)["'`>“”‘’«»]$/s, "$2");
  return URL.canParse(text) ? new URL(text).searchParams : new URLSearchParams();
};

/**
 * Signs in as RFC 8252 tells an app to: in the system's browser, with PKCE (S256), the answer taken by a server on the
 * loopback address that lives until it has come.
 */
export const signInToGoogle = async (options: GoogleSignInOptions): Promise<GoogleSignIn> => {
  const { clientId, clientSecret, clock, signal } = options;
  const endpoints = googleEndpoints(options.apiRoot);
  const state = randomBytes(32).toString("base64url");
  const server = createServer();
  let cancel = (): void => undefined;
  try {
    const host = await listen(server, options.port ?? 0);
    const oauth = createOAuth({
      clientId,
      clientSecret,
      endpoints,
      redirectUri: `http://${host}`,
      timeoutMs: options.timeoutMs,
    });
    const { codeVerifier, codeChallenge } = await oauth.generateCodeVerifierAsync();

    const arrival = new Promise<Arrival>((resolve, reject) => {
      const readPasted = async ({ lines, onStray }: NonNullable<typeof options.pasted>): Promise<void> => {
        for await (const line of lines) {
          const query = queryOf(line);
          if (query.get("state") === state) return resolve(readArrival(query));
          if (line.trim() !== "") onStray();
        }
      };
      if (options.pasted !== undefined) readPasted(options.pasted).catch(reject);
      server.on("request", (request, response) => {
        const query = arriving(request, host);
        if (query === null) {
          response.writeHead(404).end();
          return;
        }
        // Somebody who found the port cannot end the sign-in of the person who is still at it.
        if (query.get("state") !== state) {
          const page = signInPage("refused");
          response.writeHead(400, page.headers).end(page.body);
          return;
        }
        const result = readArrival(query);
        const page = signInPage("code" in result ? "done" : "refused");
        // Also when the browser did not wait for the page: what it brought counts.
        response.once("close", () => resolve(result));
        response.writeHead("code" in result ? 200 : 400, page.headers).end(page.body);
        server.close();
      });
      signal.addEventListener("abort", () => resolve({ problem: refused("The sign-in to Google was broken off.") }));
      cancel = clock.after(options.limitMs ?? 300_000, () =>
        resolve({ problem: refused("Nobody finished the sign-in in the browser in time.") }),
      );
    });

    const consent = new URL(
      oauth.generateAuthUrl({
        access_type: "offline",
        // Without it Google gives a refresh token only the first time.
        prompt: "consent",
        scope: [...googleScopes, ...(options.withContacts ? [contactsScope] : [])],
        state,
      }),
    );
    consent.searchParams.set("code_challenge", codeChallenge ?? raise("internal", "No code challenge could be made."));
    consent.searchParams.set("code_challenge_method", "S256");
    await options.open(consent.href);
    const arrived = await arrival;
    if ("problem" in arrived) throw new ProblemError(arrived.problem);

    const { tokens } = await oauth.getToken({ code: arrived.code, codeVerifier });
    const given = tokensSchema.safeParse(tokens);
    if (!given.success) return raise("calendar-sign-in", "Google gave no lasting access; sign in once more.");
    if (given.data.scope && !given.data.scope.split(" ").includes(googleScopes[0])) {
      return raise("calendar-sign-in", "The permission to change events was not given; tick it when signing in.");
    }
    if (options.withContacts && given.data.scope && !given.data.scope.split(" ").includes(contactsScope)) {
      return raise("calendar-sign-in", "The permission to change contacts was not given; tick it when signing in.");
    }
    const lasts = given.data.refresh_token_expires_in;
    const expiresAt = lasts ? instantOf(clock.now() + lasts * 1000) : null;
    return {
      clientId,
      refreshToken: given.data.refresh_token,
      accessToken: given.data.access_token,
      accessExpiresAt: given.data.expiry_date ?? null,
      signInExpiresAt: expiresAt,
    };
  } catch (error) {
    throw googleProblem(error, clock.now());
  } finally {
    cancel();
    server.close();
    server.closeAllConnections();
  }
};
