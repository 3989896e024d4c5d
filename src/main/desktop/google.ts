import type { Desktop } from "../../core/service/context.ts";
import type { Config } from "../../shared/config.ts";
import { raise } from "../../shared/problem.ts";
import { systemClock } from "../adapters/clock.ts";
import { createGoogleCalendars, type GoogleCalendars } from "../adapters/google/calendars.ts";
import { signInToGoogle } from "../adapters/google/signIn.ts";
import type { TokenStore } from "../adapters/google/tokenStore.ts";
import { googleAuth, googleTimeoutMs } from "../remote-calendars.ts";

/** Where a sign-in is kept: in the keyring's care, or for this run only. */
export type SignInStores = {
  /** null where the system has no keyring. */
  readonly lasting: TokenStore | null;
  readonly session: TokenStore;
};

/** What is read: a sign-in for this run if there is one, else the lasting one. */
export const readingStore = ({ lasting, session }: SignInStores): TokenStore => ({
  load: async () => (await session.load()) ?? (await lasting?.load()) ?? null,
  save: (signIn) => (lasting ?? session).save(signIn),
  forget: async () => {
    await session.forget();
    await lasting?.forget();
  },
});

type GoogleOptions = {
  readonly stores: SignInStores;
  readonly config: () => Config;
  readonly openExternal: (url: string) => Promise<void>;
};

/** The person's Google account. */
export const googleDesk = ({ stores, config, openExternal }: GoogleOptions): Desktop["google"] => {
  const store = readingStore(stores);
  const withCalendars = async <T>(use: (calendars: GoogleCalendars) => Promise<T>): Promise<T> => {
    const calendars = createGoogleCalendars({
      auth: googleAuth(config(), store),
      apiRoot: config().GOOGLE_API_ROOT,
      clock: systemClock,
      timeoutMs: googleTimeoutMs,
    });
    try {
      return await use(calendars);
    } finally {
      calendars.close();
    }
  };
  return {
    account: async () => {
      const session = await stores.session.load();
      const signIn = session ?? (await stores.lasting?.load()) ?? null;
      if (signIn === null) return { state: "none" };
      return { state: "signed-in", kept: session === null ? "keyring" : "session", expiresAt: signIn.signInExpiresAt };
    },
    signIn: async (sessionOnly) => {
      const { GOOGLE_OAUTH_CLIENT_ID: clientId, GOOGLE_OAUTH_CLIENT_SECRET: clientSecret } = config();
      if (clientId === null) {
        return raise("configuration-invalid", "GOOGLE_OAUTH_CLIENT_ID is not set.", "GOOGLE_OAUTH_CLIENT_ID");
      }
      const lasting = sessionOnly ? stores.session : (stores.lasting ?? noKeyring());
      const answer = await signInToGoogle({
        clientId,
        clientSecret,
        apiRoot: config().GOOGLE_API_ROOT,
        store: lasting,
        open: openExternal,
        clock: systemClock,
        timeoutMs: googleTimeoutMs,
      });
      // An older sign-in for this run would hide the new one.
      if (!sessionOnly) await stores.session.forget();
      return answer;
    },
    signOut: store.forget,
    calendars: () => withCalendars((calendars) => calendars.list()),
    create: (name) => withCalendars(async (calendars) => (await calendars.create(name)).id),
  };
};

const noKeyring = (): never =>
  raise("keyring-missing", "This system has no keyring to keep the sign-in in; sign in for this run only instead.");
