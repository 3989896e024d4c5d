import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { launchApp, type RunningApp } from "./fixtures/app.ts";
import { expectAccessibleInBothThemes } from "./fixtures/axe.ts";
import { consentAtOnce } from "./fixtures/browser.ts";
import { inDays, publishHeard, update } from "./fixtures/desk.ts";
import { startRedis } from "./fixtures/redis.ts";
import { client } from "./stand-ins/google-calendar/oauth.ts";
import { primaryCalendar, startGoogle } from "./stand-ins/google-calendar/server.ts";

const english = { AVSPARK_LANGUAGE: "en" };

const welcome = (window: Page) => window.getByRole("dialog", { name: "Welcome to Avspark" });
const button = (window: Page, name: string) => welcome(window).getByRole("button", { name, exact: true });
const redisField = (window: Page) => welcome(window).getByRole("textbox", { name: "Address of Redis" });

/** The first that the stand-in makes. */
const made = "c1@group.calendar.example.com";

test("the demo is chosen once, is not asked about again, and the steps are found in Settings", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "avspark-first-"));
  let running: RunningApp | null = null;
  try {
    running = await launchApp({ env: english, dataDir, welcome: true });
    await expect(welcome(running.window)).toBeVisible();
    await expect(redisField(running.window)).toBeFocused();
    await expectAccessibleInBothThemes(running.window, "first step");
    await button(running.window, "Try the demo").click();
    await expect(welcome(running.window)).toBeHidden();
    await expect(running.window.getByText("Demo", { exact: true }).first()).toBeVisible();
    await running.close();

    running = await launchApp({ env: english, dataDir, welcome: true });
    await expect(running.window.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
    await expect(welcome(running.window)).toBeHidden();
    await running.window.getByRole("link", { name: "Settings" }).click();
    await running.window.getByRole("button", { name: "First steps", exact: true }).click();
    await expect(welcome(running.window)).toBeVisible();
    // It is a window over the demo, not a wall before it.
    await running.window.keyboard.press("Escape");
    await expect(welcome(running.window)).toBeHidden();
  } finally {
    await running?.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("three steps lead from nothing to a live feed, and none can be got wrong without being told", async () => {
  const redis = await startRedis();
  const dataDir = await mkdtemp(join(tmpdir(), "avspark-first-"));
  let running: RunningApp | null = null;
  try {
    running = await launchApp({ env: english, dataDir, welcome: true });
    const { window } = running;
    await expect(welcome(window).getByText("Enter an address, or try the demo.")).toBeVisible();
    await expect(button(window, "Test and go on")).toBeDisabled();

    await redisField(window).fill("localhost:6379");
    await expect(welcome(window).getByText("The address of Redis begins with redis:// or rediss://.")).toBeVisible();
    await expect(button(window, "Test and go on")).toBeDisabled();

    await redisField(window).fill("redis://127.0.0.1:1");
    await button(window, "Test and go on").click();
    await expect(welcome(window).getByText("Redis cannot be reached.")).toBeVisible();
    await expect(button(window, "Go on all the same")).toBeVisible();
    await expectAccessibleInBothThemes(window, "a failed test");

    await redisField(window).fill(redis.url);
    await redisField(window).press("Tab");
    await button(window, "Test and go on").click();
    await expect(welcome(window).getByRole("heading", { name: "Which calendar do they go to?" })).toBeFocused();
    await welcome(window).getByRole("checkbox", { name: "CalDAV" }).check();
    await expect(welcome(window).getByText("Enter the address of the CalDAV server, or untick CalDAV.")).toBeVisible();
    await expectAccessibleInBothThemes(window, "second step");
    await welcome(window).getByRole("checkbox", { name: "CalDAV" }).uncheck();
    await button(window, "Go on").click();

    await expect(welcome(window).getByText("Redis: Listening")).toBeVisible();
    await expect(welcome(window).getByText("Calendar file: Up to date")).toBeVisible();
    await expectAccessibleInBothThemes(window, "third step");
    await button(window, "Open Avspark").click();
    await publishHeard(redis, "updates", update({ id: 7301, home: "Första IF", away: "Testlag", kickoff: inDays(2) }));
    await expect(window.getByText("Första IF – Testlag").first()).toBeVisible();
    await expect(window.getByText("Demo", { exact: true })).toHaveCount(0);
    await running.close();

    // It is saved, and nothing is asked any more.
    running = await launchApp({ env: english, dataDir, welcome: true });
    await expect(running.window.getByText("Första IF – Testlag").first()).toBeVisible();
    await expect(welcome(running.window)).toBeHidden();
  } finally {
    await running?.close();
    await redis.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("Google is signed in to and a new calendar made on the way; nothing is written before it was looked at", async () => {
  const redis = await startRedis();
  const google = await startGoogle();
  const { app, window, dataDir, close } = await launchApp({
    env: { ...english, GOOGLE_API_ROOT: google.url },
    welcome: true,
  });
  try {
    await consentAtOnce(app);
    await redisField(window).fill(redis.url);
    await button(window, "Test and go on").click();
    await welcome(window).getByRole("checkbox", { name: "Google" }).check();
    await expect(welcome(window).getByText("Sign in and choose a Google calendar, or untick Google.")).toBeVisible();
    await welcome(window).getByRole("textbox", { name: "Client id" }).fill(client.id);
    await welcome(window).getByLabel("Client secret").fill(client.secret);
    await welcome(window)
      .getByRole("button", { name: /^Sign in/ })
      .click();
    await expect(welcome(window).getByRole("radio", { name: "Coordinator" })).toBeVisible();
    await welcome(window).getByRole("button", { name: "Make it" }).click();
    await expect(welcome(window).getByRole("radio", { name: "Referee assignments" })).toBeChecked();
    await expectAccessibleInBothThemes(window, "a Google calendar is chosen");
    await button(window, "Go on").click();

    await expect(welcome(window).getByText("Redis: Listening")).toBeVisible();
    await publishHeard(
      redis,
      "updates",
      update({ id: 7302, home: "Kalender IF", away: "Testlag", kickoff: inDays(2) }),
    );
    // All calendars are told of a match at once.
    const calendarFile = () => readFile(join(dataDir, "calendar.ics"), "utf8").catch(() => "");
    await expect.poll(calendarFile).toContain("Kalender IF");
    await button(window, "See what would happen").click();
    const preview = window.getByRole("dialog", { name: "What a sync would do: Google" });
    await expect(preview.getByRole("listitem")).toContainText("Kalender IF – Testlag");
    expect(google.events(made)).toEqual([]);
    await preview.getByRole("button", { name: "Begin the first sync" }).click();
    await expect.poll(() => google.events(made).map(({ summary }) => summary)).toEqual(["Kalender IF – Testlag"]);
  } finally {
    await close();
    await google.stop();
    await redis.close();
  }
});

for (const theme of ["light", "dark"]) {
  for (const language of ["sv", "en"]) {
    test(`a picture of the first step: ${theme}, ${language}`, async () => {
      const { app, window, close } = await launchApp({
        env: { AVSPARK_THEME: theme, AVSPARK_LANGUAGE: language },
        welcome: true,
      });
      try {
        await expect(window.getByRole("dialog")).toBeVisible();
        await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 820));
        await expect.poll(() => window.evaluate(() => globalThis.innerWidth)).toBe(1280);
        await expect(window).toHaveScreenshot(`welcome-${theme}-${language}.png`);
      } finally {
        await close();
      }
    });
  }
}

/** The system's dialog, with somebody before it who chooses this folder. */
const chooseFolder = (app: RunningApp["app"], folder: string): Promise<void> =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, folder);

test("whoever comes from the Python service names its folder: its events are found, and written after a look", async () => {
  const redis = await startRedis();
  const google = await startGoogle();
  const old = await mkdtemp(join(tmpdir(), "avspark-old-"));
  const kickoff = new Date(inDays(2)).toISOString();
  google.predecessor(primaryCalendar, {
    ...{ matchId: "7302", syncTag: "DISTRIKTET", summary: "Andra IF - Testlag" },
    start: { dateTime: kickoff },
    end: { dateTime: kickoff },
  });
  await writeFile(join(old, "config.json"), JSON.stringify({ CALENDAR_ID: primaryCalendar, SYNC_TAG: "DISTRIKTET" }));
  await writeFile(join(old, ".env"), `REDIS_URL=${redis.url}\nFOGIS_USERNAME=Prov\nFOGIS_PASSWORD=inv3nted\n`);
  await writeFile(join(old, "token.json"), JSON.stringify(google.tokenFile()));
  const { app, window, close } = await launchApp({ env: { ...english, GOOGLE_API_ROOT: google.url }, welcome: true });
  try {
    await chooseFolder(app, tmpdir());
    await button(window, "I come from the Python service").click();
    await expect(
      welcome(window).getByText("Nothing of the Python service is in that folder", { exact: false }),
    ).toBeVisible();
    await chooseFolder(app, old);
    await button(window, "I come from the Python service").click();
    await expect(welcome(window).getByRole("heading", { name: "What becomes of the Python service" })).toBeFocused();
    await expect(welcome(window).getByText("The sign-in to Google in token.json goes on here")).toBeVisible();
    await expectAccessibleInBothThemes(window, "what becomes of the old service");
    await button(window, "Take it over").click();

    await expect(welcome(window).getByText("Redis: Listening")).toBeVisible();
    await welcome(window).getByRole("button", { name: "See what would happen" }).click();
    await expect(window.getByRole("dialog", { name: "What a sync would do: Google" })).toBeVisible();
    expect(google.events(primaryCalendar)).toMatchObject([{ summary: "Andra IF - Testlag" }]);
  } finally {
    await close();
    await google.stop();
    await redis.close();
    await rm(old, { recursive: true, force: true });
  }
});
