import { expect, type Page, test } from "@playwright/test";
import type { CommandName, Input, Output, Reply } from "../src/shared/contract.ts";
import { consentAtOnce } from "./fixtures/browser.ts";
import { inDays, openDesk, update } from "./fixtures/desk.ts";
import { signInSettings } from "./stand-ins/google-calendar/oauth.ts";
import { primaryCalendar, startGoogle } from "./stand-ins/google-calendar/server.ts";

const call = <N extends CommandName>(window: Page, name: N, input: Input<N>): Promise<Reply<N>> =>
  window.evaluate(([command, given]) => Reflect.get(globalThis, "avspark").call(command, given).then(JSON.parse), [
    name,
    input,
  ] as const);

const value = async <N extends CommandName>(window: Page, name: N, input: Input<N>): Promise<Output<N>> => {
  const reply = await call(window, name, input);
  if (!reply.ok) throw new Error(`${name}: ${reply.problem.message}`);
  return reply.value;
};

test("signing in to Google, looking at what would happen, saying yes: then the matches are in the calendar", async () => {
  const google = await startGoogle();
  const desk = await openDesk({
    env: {
      AVSPARK_CALENDARS: "ics,google",
      GOOGLE_CALENDAR_ID: primaryCalendar,
      ...signInSettings(google),
    },
  });
  try {
    const { app, window } = desk;
    await consentAtOnce(app);
    await desk.publish("updates", update({ id: 7001, home: "Provlag", away: "Testlag", kickoff: inDays(5) }));
    await expect.poll(async () => (await call(window, "googleCalendars", {})).ok).toBe(false);

    // Without a keyring nothing is kept, and a person must say so.
    const { keyring } = await value(window, "googleAccount", {});
    if (!keyring) {
      const reply = await call(window, "googleSignIn", {});
      expect(reply).toMatchObject({ ok: false, problem: { kind: "keyring-missing" } });
    }
    await value(window, "googleSignIn", { sessionOnly: true });
    expect(await value(window, "googleAccount", {})).toMatchObject({
      account: { state: "signed-in", kept: "session" },
    });
    expect((await value(window, "googleCalendars", {})).calendars).toMatchObject([{ id: primaryCalendar }]);

    const operations = async () => (await value(window, "preview", { target: "google" })).previews[0]?.operations;
    await expect.poll(operations).toMatchObject([{ matchId: "7001", kind: "insert" }]);
    expect(google.events(primaryCalendar)).toEqual([]);
    await value(window, "confirm", { target: "google" });
    await expect
      .poll(() => google.events(primaryCalendar).map(({ summary }) => summary))
      .toEqual(["Provlag – Testlag"]);

    await value(window, "googleSignOut", {});
    expect(await call(window, "googleCalendars", {})).toMatchObject({
      ok: false,
      problem: { kind: "calendar-sign-in" },
    });
  } finally {
    await desk.close();
    await google.stop();
  }
});
