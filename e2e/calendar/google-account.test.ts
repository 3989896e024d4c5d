import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { aRecord, silentLog } from "../../src/core/calendar/testing/records.ts";
import type { Clock } from "../../src/core/ports.ts";
import { systemClock } from "../../src/main/adapters/clock.ts";
import { createGoogleAccount, type GoogleConfig, googleAuth } from "../../src/main/adapters/google/account.ts";
import { openSignIns } from "../../src/main/adapters/google/sign-ins.ts";
import { createGoogleTarget } from "../../src/main/adapters/google/target.ts";
import type { SecretBox } from "../../src/main/adapters/settings-file.ts";
import { defaultTag } from "../../src/shared/calendar.ts";
import { until } from "../fixtures/until.ts";
import { client, signInSettings } from "../stand-ins/google-calendar/oauth.ts";
import type { GoogleOptions } from "../stand-ins/google-calendar/server.ts";
import { openEngine } from "./engine.ts";
import { calendarId, googleFor } from "./google.ts";
import { comingMatches } from "./matches.ts";

/** What a keyring does: nobody without the key reads it. */
const makeBox = (): SecretBox => {
  const key = randomBytes(32);
  const iv = Buffer.alloc(12);
  return {
    seal: (text) => {
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      return Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, iv).setAuthTag(bytes.subarray(-16));
      try {
        return decipher.update(bytes.subarray(0, -16), undefined, "utf8") + decipher.final("utf8");
      } catch {
        return null;
      }
    },
  };
};

type Page = { readonly status: number; readonly body: string };

const deskFor = async (options: GoogleOptions = {}) => {
  const { google, folder, tokenFile } = await googleFor(options);
  const file = join(folder, "google-sign-in");
  const box = makeBox();
  const opened: URL[] = [];
  const pages: Page[] = [];
  /** A browser in which the person says yes at once. */
  const browse = async (url: string): Promise<void> => {
    opened.push(new URL(url));
    const consented = await fetch(url, { redirect: "manual" });
    const response = await fetch(consented.headers.get("location") ?? "");
    pages.push({ status: response.status, body: await response.text() });
  };
  type Settings = {
    readonly box?: SecretBox | null;
    readonly clock?: Clock;
    readonly openExternal?: (url: string) => Promise<void>;
    readonly config?: Partial<GoogleConfig>;
  };
  /** The app's account as it begins: reads what an earlier one has kept. */
  const account = (settings: Settings = {}) => {
    const config: GoogleConfig = {
      GOOGLE_CALENDAR_TOKEN_FILE: null,
      AVSPARK_CONTACTS: [],
      ...signInSettings(google),
      ...settings.config,
    };
    const signIns = openSignIns({ file, box: settings.box === undefined ? box : settings.box });
    const made = createGoogleAccount({
      config: () => config,
      signIns,
      openExternal: settings.openExternal ?? (async (url) => void browse(url)),
      clock: settings.clock ?? systemClock,
    });
    onTestFinished(made.close);
    const target = () =>
      createGoogleTarget({
        auth: googleAuth(config, signIns),
        apiRoot: google.url,
        calendarId,
        tag: defaultTag,
        clock: systemClock,
        log: silentLog,
        timeoutMs: 10_000,
      });
    return { ...made, target };
  };
  const engineFor = async (kept: ReturnType<typeof account>) => {
    const running = await openEngine({ folder, targets: [kept.target()] });
    onTestFinished(running.close);
    running.engine.start(comingMatches(3).map((match) => aRecord(match)));
    return running.engine;
  };
  return { google, file, tokenFile, opened, pages, browse, account, engineFor };
};

const refusal = (sentence: RegExp) => ({
  problem: { kind: "calendar-sign-in", message: expect.stringMatching(sentence) },
});

test("signing in goes through the system's browser, with PKCE, and gives access at once and after a restart", async () => {
  const { google, file, opened, pages, account } = await deskFor();
  expect(await account().signIn(false)).toEqual({ expiresAt: null });

  const asked = Object.fromEntries(opened[0]?.searchParams ?? []);
  expect(asked).toMatchObject({ code_challenge_method: "S256", access_type: "offline", response_type: "code" });
  expect(asked.code_challenge).toMatch(/^[\w-]{43}$/);
  expect(asked.redirect_uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(asked.state).toMatch(/^[\w-]{43}$/);
  expect(asked.scope).not.toMatch(/auth\/calendar( |$)/);
  await until(() => pages.length === 1);
  expect(pages).toMatchObject([{ status: 200, body: expect.stringContaining("du är inloggad") }]);

  const later = account();
  expect(await later.calendars()).toEqual([{ id: calendarId, name: "Coordinator", primary: true }]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8")).not.toMatch(/refresh|ya29|1\/\//);
  expect(google.calls.filter(({ method }) => method === "oauth.token")).toHaveLength(1);
});

test("an answer with another state is not believed, and does not end the sign-in of the person who is still at it", async () => {
  const { google, pages, browse, account } = await deskFor();
  const openExternal = async (url: string): Promise<void> => {
    const forged = new URL(url);
    forged.searchParams.set("state", "somebody-elses");
    await browse(forged.href);
    void browse(url);
  };
  const one = account({ openExternal });
  expect(await one.signIn(false)).toEqual({ expiresAt: null });
  await until(() => pages.length === 2);
  expect(pages).toMatchObject([{ status: 400 }, { status: 200 }]);
  expect(google.calls.filter(({ method }) => method === "oauth.token")).toHaveLength(1);
});

test("a person who declines is told so", async () => {
  const { google, account } = await deskFor();
  google.oauth.consent("deny");
  await expect(account().signIn(false)).rejects.toMatchObject(refusal(/was declined/));
});

test("a person who takes the tick from the events is told what is missing", async () => {
  const { google, file, account } = await deskFor();
  google.oauth.consent("partly");
  await expect(account().signIn(false)).rejects.toMatchObject(refusal(/permission to change events/));
  expect(existsSync(file)).toBe(false);
});

test("nobody waits for ever for a page that was closed", async () => {
  const { account } = await deskFor();
  const clock: Clock = { ...systemClock, after: (ms, task) => systemClock.after(ms / 10_000, task) };
  const one = account({ clock, openExternal: async () => undefined });
  await expect(one.signIn(false)).rejects.toMatchObject(refusal(/Nobody finished/));
});

test("clicking again after the page was closed ends the first try and begins anew", async () => {
  const { browse, account } = await deskFor();
  let clicks = 0;
  const one = account({
    openExternal: async (url) => {
      clicks += 1;
      if (clicks === 2) void browse(url);
    },
  });
  const first = one.signIn(false);
  const ended = expect(first).rejects.toMatchObject(refusal(/broken off/));
  await until(() => clicks === 1);
  await one.signIn(false);
  await ended;
  expect(await one.calendars()).toHaveLength(1);
});

test("what else comes to the loopback port changes nothing", async () => {
  const { opened, browse, account } = await deskFor();
  const statuses: number[] = [];
  const one = account({
    openExternal: async (url) => {
      const at = new URL(url).searchParams.get("redirect_uri") ?? "";
      for (const path of ["/favicon.ico", "/", "/other?code=x"]) statuses.push((await fetch(`${at}${path}`)).status);
      statuses.push((await fetch(`${at}/?code=x`, { method: "POST" })).status);
      void browse(url);
    },
  });
  await one.signIn(false);
  expect(statuses).toEqual([404, 404, 404, 404]);
  expect(opened).toHaveLength(1);
});

test("an access token that Google dropped early is fetched anew, once for all calls under way", async () => {
  const { google, account } = await deskFor();
  const one = account();
  await one.signIn(false);
  google.oauth.expireAccessTokens();
  google.forgetCalls();
  const calendar = one.target();
  await Promise.all([calendar.list(null), calendar.list(null), calendar.list(null)]);
  expect(google.calls.filter(({ method }) => method === "oauth.token")).toHaveLength(1);
});

test("a revoked sign-in stops the calendar with a sentence; signing in again lets it go on", async () => {
  const { google, account, engineFor } = await deskFor();
  const one = account();
  await one.signIn(false);
  google.oauth.revoke();
  google.oauth.expireAccessTokens();
  const engine = await engineFor(one);
  await until(() => engine.status()[0]?.state.name === "needs-person");
  expect(engine.status()).toMatchObject([{ state: refusal(/expired or was revoked/), waiting: 3 }]);

  await one.signIn(false);
  engine.retry("google");
  await until(() => engine.status()[0]?.there === 3);
});

test("in testing mode the end after seven days is known ahead", async () => {
  const { google, account } = await deskFor();
  google.oauth.testingMode(7 * 86_400);
  const one = account();
  const { expiresAt } = await one.signIn(false);
  const days = (Date.parse(expiresAt ?? "") - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(6.9);
  expect(days).toBeLessThanOrEqual(7);
  expect(await one.account()).toEqual({ state: "signed-in", kept: "keyring", expiresAt });
  expect(await account().account()).toEqual({ state: "signed-in", kept: "keyring", expiresAt });
});

test("without a keyring only a sign-in for this session can be had, and nothing of it is written", async () => {
  const { file, account } = await deskFor();
  const one = account({ box: null });
  await expect(one.signIn(false)).rejects.toMatchObject({ problem: { kind: "keyring-missing" } });
  await one.signIn(true);
  expect(await one.calendars()).toHaveLength(1);
  expect(await one.account()).toEqual({ state: "signed-in", kept: "session", expiresAt: null });
  expect(existsSync(file)).toBe(false);
  await expect(account({ box: null }).calendars()).rejects.toMatchObject(refusal(/Nobody has signed in/));
});

test("a session-only sign-in leaves nothing of an earlier one behind", async () => {
  const { file, account } = await deskFor();
  const one = account();
  await one.signIn(false);
  await one.signIn(true);
  expect(existsSync(file)).toBe(false);
  expect(await one.calendars()).toHaveLength(1);
});

test("what another keyring has sealed is as if nobody had signed in", async () => {
  const { account } = await deskFor();
  await account().signIn(false);
  await expect(account({ box: makeBox() }).calendars()).rejects.toMatchObject(refusal(/Nobody has signed in/));
});

test("after signing out nothing is written any more, at once", async () => {
  const { google, file, account, engineFor } = await deskFor();
  const one = account();
  await one.signIn(false);
  const engine = await engineFor(one);
  await engine.sync();
  await one.signOut();
  expect(existsSync(file)).toBe(false);
  google.forgetCalls();
  expect(await engine.sync()).toMatchObject([{ outcome: "waiting" }, { outcome: "waiting" }, { outcome: "waiting" }]);
  expect(google.calls).toEqual([]);
  expect(engine.status()).toMatchObject([{ state: { name: "needs-person", ...refusal(/Nobody has signed in/) } }]);
});

test("the predecessor's token file serves until somebody signs in, and after they have signed out", async () => {
  const { google, tokenFile, opened, account } = await deskFor();
  // Its OAuth client is used for the sign-in as well, where no other is configured.
  const one = account({ config: { GOOGLE_CALENDAR_TOKEN_FILE: tokenFile, GOOGLE_OAUTH_CLIENT_ID: null } });
  expect(await one.calendars()).toHaveLength(1);
  google.oauth.revoke();
  google.oauth.expireAccessTokens();
  await expect(one.calendars()).rejects.toMatchObject(refusal(/revoked/));
  await one.signIn(false);
  expect(opened[0]?.searchParams.get("client_id")).toBe(client.id);
  expect(await one.calendars()).toHaveLength(1);
  await one.signOut();
  await expect(one.calendars()).rejects.toMatchObject(refusal(/revoked/));
});

test("without an OAuth client it is said what is missing", async () => {
  const { account } = await deskFor();
  await expect(account({ config: { GOOGLE_OAUTH_CLIENT_ID: null } }).signIn(false)).rejects.toMatchObject({
    problem: { kind: "configuration-invalid", message: expect.stringContaining("GOOGLE_OAUTH_CLIENT_ID") },
  });
});

test("a wrong client secret, and a client that was changed afterwards, are told apart from everything else", async () => {
  const { account } = await deskFor();
  const wrong = account({ config: { GOOGLE_OAUTH_CLIENT_SECRET: "wrong" } });
  await expect(wrong.signIn(false)).rejects.toMatchObject(refusal(/does not know the OAuth client/));
  await account().signIn(false);
  const other = account({ config: { GOOGLE_OAUTH_CLIENT_ID: "other.apps.example.com" } });
  await expect(other.calendars()).rejects.toMatchObject(refusal(/client has been changed/));
});

test("the calendars one may write to, and a new one", async () => {
  const { google, account } = await deskFor({
    calendars: [
      { id: "club@example.com", summary: "Klubben", accessRole: "writer" },
      { id: "fixtures@example.com", summary: "Spelprogram", accessRole: "reader" },
    ],
  });
  const one = account();
  await one.signIn(false);
  expect(await one.calendars()).toEqual([
    { id: calendarId, name: "Coordinator", primary: true },
    { id: "club@example.com", name: "Klubben", primary: false },
  ]);
  const id = await one.create("Domartillsättning");
  expect(await one.calendars()).toContainEqual({ id, name: "Domartillsättning", primary: false });
  expect(google.events(id)).toEqual([]);
});
