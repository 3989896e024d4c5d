import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessibleInBothThemes } from "./fixtures/axe.ts";
import { consentAtOnce } from "./fixtures/browser.ts";
import { inDays, matchList, openDesk, update, type WireMatch } from "./fixtures/desk.ts";
import { json, startMatchServer } from "./fixtures/match-server.ts";
import { signInSettings } from "./stand-ins/google-calendar/oauth.ts";
import { type GoogleStandIn, primaryCalendar, startGoogle } from "./stand-ins/google-calendar/server.ts";

const open = async (window: Page): Promise<void> => {
  await window.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Calendars" }).click();
  await expect(window.getByRole("heading", { level: 1, name: "Calendars" })).toBeVisible();
};

const panel = (window: Page, name: string) => window.getByRole("region", { name, exact: true });

const matches = (count: number, first = 7400): readonly WireMatch[] =>
  Array.from({ length: count }, (_, index) => ({
    id: first + index,
    home: `Hemlag ${index}`,
    away: "Testlag",
    kickoff: inDays(2 + (index % 20)),
  }));

/** The app with Google by the predecessor's token file. */
const withGoogle = async (google: GoogleStandIn) => {
  const folder = await mkdtemp(join(tmpdir(), "avspark-token-"));
  const file = join(folder, "token.json");
  await writeFile(file, JSON.stringify(google.tokenFile()));
  const desk = await openDesk({
    env: {
      AVSPARK_THEME: "",
      AVSPARK_CALENDARS: "ics,google",
      GOOGLE_CALENDAR_ID: primaryCalendar,
      GOOGLE_API_ROOT: google.url,
      GOOGLE_CALENDAR_TOKEN_FILE: file,
    },
  });
  return {
    ...desk,
    close: async (): Promise<void> => {
      await desk.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const fetchList = (window: Page): Promise<unknown> =>
  window.evaluate(() => Reflect.get(globalThis, "avspark").call("fetchMatches", {}));

/** Past the first sync, which a person has to see first. */
const begin = async (window: Page): Promise<void> => {
  await open(window);
  await panel(window, "Google").getByRole("button", { name: "See what would happen" }).click();
  await window.getByRole("dialog").getByRole("button", { name: "Begin the first sync" }).click();
  await expect(panel(window, "Google").getByText("Up to date")).toBeVisible();
};

test("a dropped file of matches is synced with a bar that moves, and each match's fate is told", async () => {
  const google = await startGoogle({ latencyMs: 60 });
  const desk = await withGoogle(google);
  try {
    const { window } = desk;
    await begin(window);
    // A link of before leads to where it is now.
    await window.evaluate(() => globalThis.location.assign("#/calendars/manual"));
    const manual = panel(window, "Matches by hand");

    const drop = async (text: string): Promise<void> => {
      const transfer = await window.evaluateHandle((content) => {
        const data = new DataTransfer();
        data.items.add(new File([content], "matches.json", { type: "application/json" }));
        return data;
      }, text);
      await manual.getByRole("textbox").dispatchEvent("drop", { dataTransfer: transfer });
    };

    await drop("{ not JSON at all");
    await expect(manual.getByText(/This is not JSON/)).toBeVisible();
    await expect(manual.getByRole("button", { name: "Sync" })).toBeDisabled();

    // The match that cannot be read is named by its place; the others are taken.
    const list = matchList(...matches(120));
    await drop(JSON.stringify({ matches: [...list.matches.slice(0, 2), { lag1namn: "Utan id" }] }));
    await manual.getByRole("button", { name: "Sync 3 matches" }).click();
    await expect(manual.getByText("1 match cannot be read")).toBeVisible();
    await expect(manual.getByText("matches[2].matchid", { exact: true })).toBeVisible();
    await expect(manual.getByText("match 3 in the list", { exact: false })).toBeVisible();
    await expect(manual.getByText("2 matches are in the calendars")).toBeVisible();
    expect(google.events(primaryCalendar)).toHaveLength(2);

    await drop(JSON.stringify(list));
    await expect(manual.getByText("120 matches", { exact: false }).first()).toBeVisible();
    await manual.getByRole("button", { name: "Sync 120 matches" }).click();
    const bar = manual.getByRole("progressbar");
    await expect(bar).toBeVisible();
    await expect(manual.getByText(/Writing \d+ of \d+/)).toBeVisible();
    const done = async () =>
      Number((await bar.getAttribute("aria-valuenow", { timeout: 500 }).catch(() => null)) ?? 1e9);
    const early = await done();
    await expect.poll(done).toBeGreaterThan(early);
    await expect(manual.getByText("120 matches are in the calendars")).toBeVisible();
    await expect(manual.getByRole("list").getByText("Hemlag 0 – Testlag")).toBeVisible();
    expect(google.events(primaryCalendar)).toHaveLength(120);
    await expectAccessibleInBothThemes(window, "results of a manual sync");
  } finally {
    await desk.close();
    await google.stop();
  }
});

test("what somebody changed in the calendar is found and repaired; the last run can be taken back", async () => {
  const google = await startGoogle();
  const desk = await withGoogle(google);
  try {
    const { window } = desk;
    await begin(window);
    const target = panel(window, "Google");
    await desk.publish("updates", update(...matches(3)));
    await expect.poll(() => google.events(primaryCalendar).length).toBe(3);

    const [event] = google.events(primaryCalendar);
    google.person.edit(primaryCalendar, String(event?.id), { location: "Somewhere else" });
    google.person.remove(primaryCalendar, String(google.events(primaryCalendar).at(-1)?.id));
    await target.getByRole("button", { name: "Compare" }).click();
    await expect(target.getByText("2 events are not as they should be")).toBeVisible();
    await expect(target.getByText(/1 is missing, 1 was changed by somebody/)).toBeVisible();
    await expectAccessibleInBothThemes(window, "a drift");
    await target.getByRole("button", { name: "Repair" }).click();
    await window.getByRole("dialog").getByRole("button", { name: "Repair" }).click();
    await expect
      .poll(() => google.events(primaryCalendar).map(({ location }) => location))
      .toEqual(["Provvallen", "Provvallen", "Provvallen"]);
    await target.getByRole("button", { name: "Compare" }).click();
    await expect(target.getByText("The calendar is as it should be.")).toBeVisible();

    await desk.publish(
      "updates",
      update({ ...matches(1)[0], id: 7490, home: "Ångrat IF", away: "Testlag", kickoff: inDays(3) }),
    );
    await expect.poll(() => google.events(primaryCalendar).length).toBe(4);
    await target.getByRole("button", { name: "Undo" }).click();
    await window.getByRole("dialog").getByRole("button", { name: "Undo the last run" }).click();
    await expect(window.getByText("1 event put back.")).toBeVisible();
    expect(google.events(primaryCalendar).map(({ summary }) => summary)).not.toContain("Ångrat IF – Testlag");
  } finally {
    await desk.close();
    await google.stop();
  }
});

test("unusually many removals wait for a person, who sees which they are", async () => {
  const season = matches(16);
  const source = await startMatchServer(json(matchList(...season)));
  const desk = await openDesk({ env: { AVSPARK_MATCHES_URL: source.url, AVSPARK_THEME: "" } });
  try {
    const { window } = desk;
    await open(window);
    const file = panel(window, "Calendar file");
    await expect(file.getByText("In place").locator("..")).toContainText("16");
    // A list speaks for the days that it spans, and one that lacks many is believed when the next one agrees.
    source.answerWith(json(matchList(...season.slice(0, 2), ...season.slice(-1))));
    await fetchList(window);
    await fetchList(window);
    await expect(file.getByText("13 events would be removed")).toBeVisible();
    await expect(file.getByText(/The list has 3 matches instead of 16/)).toBeVisible();
    await file.getByRole("button", { name: "See which" }).click();
    const held = window.getByRole("dialog");
    await expect(held.getByRole("listitem")).not.toHaveCount(0);
    await expect(held.getByText("Hemlag 2 – Testlag")).toBeVisible();
    await expectAccessibleInBothThemes(window, "removals that wait");
    // On paper it is the dialog alone, and all of its list.
    await window.emulateMedia({ media: "print" });
    await window.evaluate(() => globalThis.dispatchEvent(new Event("beforeprint")));
    await expect(window.getByRole("heading", { level: 1, includeHidden: true })).toBeHidden();
    await expect(held.getByRole("listitem")).toHaveCount(13);
    await expect(held.getByRole("listitem").last()).toBeInViewport({ ratio: 1 });
    await window.evaluate(() => globalThis.dispatchEvent(new Event("afterprint")));
    await window.emulateMedia({ media: null });
    // What is shown is what is removed: one more is gone by now.
    source.answerWith(json(matchList(...season.slice(0, 1), ...season.slice(-1))));
    await fetchList(window);
    await fetchList(window);
    await held.getByRole("button", { name: /^Remove 14 matches from / }).click();
    await expect(file.getByText("Up to date")).toBeVisible();
    await expect(file.getByText("In place").locator("..")).toContainText("2");
  } finally {
    await desk.close();
    await source.close();
  }
});

test("Google's server goes away and comes back: the panel says so, and nothing is lost", async () => {
  const google = await startGoogle();
  const desk = await withGoogle(google);
  try {
    const { window } = desk;
    await begin(window);
    const target = panel(window, "Google");
    google.fail({ kind: "drop", when: "before", times: 1_000 });
    await desk.publish("updates", update(...matches(8)));
    await expect(target.getByText("The calendar server cannot be reached.")).toBeVisible();
    await expect(target.getByText(/Next attempt/)).toBeVisible();
    await expectAccessibleInBothThemes(window, "a calendar that cannot be reached");
    google.clearFaults();
    await target.getByRole("button", { name: "Sync now" }).click();
    await expect(target.getByText("Up to date")).toBeVisible();
    expect(google.events(primaryCalendar)).toHaveLength(8);
  } finally {
    await desk.close();
    await google.stop();
  }
});

test("a sign-in's end is told ahead; signing in, choosing a calendar and signing out are done in the panel", async () => {
  const google = await startGoogle({
    calendars: [
      { id: "club@example.com", summary: "Klubbens kalender", accessRole: "writer" },
      { id: "holidays@example.com", summary: "Helgdagar", accessRole: "reader" },
    ],
  });
  google.oauth.testingMode(86_400);
  const desk = await openDesk({
    env: {
      AVSPARK_THEME: "",
      ...signInSettings(google),
    },
  });
  try {
    const { app, window } = desk;
    // The first time the browser is closed by mistake.
    await app.evaluate(({ shell }) => {
      shell.openExternal = async () => undefined;
    });
    await open(window);
    await window.getByRole("button", { name: "Set up Google" }).click();
    const setUp = window.getByRole("dialog", { name: "Set up Google" });
    await setUp.getByRole("button", { name: /^Sign in/ }).click();
    await expect(setUp.getByText("Go on in the browser that has opened", { exact: false })).toBeVisible();
    await consentAtOnce(app);
    await setUp.getByRole("button", { name: "Open the browser again" }).click();
    await expect(setUp.getByRole("radio", { name: "Klubbens kalender" })).toBeVisible();
    await expect(setUp.getByRole("radio", { name: "Helgdagar" })).toHaveCount(0);
    await setUp.getByRole("radio", { name: "Klubbens kalender" }).check();
    await expectAccessibleInBothThemes(window, "setting up Google");
    await setUp.getByRole("button", { name: "Use this calendar" }).click();

    const target = panel(window, "Google");
    await expect(target.getByText("Nothing has been written here yet")).toBeVisible();
    await expect(target.getByText(/^ends .*, (tomorrow|in 23 hours)$/)).toBeVisible();
    await target.getByRole("button", { name: "Choose calendar" }).click();
    await window.getByRole("dialog").getByRole("radio", { name: "Coordinator" }).check();
    await window.getByRole("dialog").getByRole("button", { name: "Use this calendar" }).click();
    await expect(target.getByText("Coordinator").first()).toBeVisible();

    await target.getByRole("button", { name: "Sign out" }).click();
    await window.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
    await expect(window.getByText("Signed out of Google.")).toBeVisible();
    await expect(target.getByText("Nobody is signed in")).toBeVisible();
  } finally {
    await desk.close();
    await google.stop();
  }
});
