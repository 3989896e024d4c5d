import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { demoSeason, type Random } from "../src/main/demo/season.ts";
import { alertMessage, fogisUpdate, invalidMessage, statusMessage } from "../src/main/demo/wire.ts";
import { viewNames } from "../src/shared/bridge.ts";
import { type Language, languages } from "../src/shared/language.ts";
import { textsFor } from "../src/shared/text/texts.ts";
import type { Texts } from "../src/shared/text/type.ts";
import { expectAccessible } from "./fixtures/axe.ts";
import { openDesk } from "./fixtures/desk.ts";
import { json, startMatchServer } from "./fixtures/match-server.ts";
import { expectNothingBeside, expectNothingLost, expectReachable } from "./fixtures/reach.ts";
import { startCaldavStandIn } from "./stand-ins/caldav/server.ts";

/**
 * Every view in both languages and themes: nothing for axe to find, and a picture that is the one in docs/screens. The wall
 * clock stands still and the data are always the same, a weekend with trouble in it, so that a mark that is missing fails.
 * What is new on purpose is taken in with `npm test -- e2e screens --update-snapshots`, and looked at.
 */

/** A Friday morning, and the evening before, when somebody looked last. */
const time = "2027-05-07T07:00:00Z";
const evening = "2027-05-06T18:00:00Z";

const themes = ["light", "dark"] as const;
const sizes = [
  { name: "", width: 1280, height: 820 },
  { name: "-small", width: 900, height: 600 },
  { name: "-wide", width: 2200, height: 1000 },
] as const;

/** An ultrawide window, the smallest one, and letters of twice the size; Tab reaches in a wide one what it reaches in a narrow one. */
const reaches = [
  { size: { width: 3440, height: 1440 }, factor: 1, byTab: false },
  { size: { width: 900, height: 600 }, factor: 1, byTab: true },
  { size: { width: 1280, height: 820 }, factor: 2, byTab: true },
] as const;

/** The same season every time (Park and Miller's generator). */
const seeded = (seed: number): Random => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
};

const season = () => demoSeason(Temporal.Instant.from(time), seeded(7)).slice(0, 40);
const told = (text: string): object => ({ ...JSON.parse(text), timestamp: time });
const update = (matches: ReturnType<typeof season>, cycle: number) =>
  told(fogisUpdate({ matches, events: [], total: matches.length, cycle }));

/** The whole list: one place is open, and one referee has two matches half an hour apart. */
const list = (all: ReturnType<typeof season>): { readonly matches: readonly object[] } => {
  const { matches } = JSON.parse(fogisUpdate({ matches: all, events: [], total: 0, cycle: 1 })).payload;
  const [, , , open, first, second] = matches;
  open.domaruppdraglista[2] = { domarrollnamn: "Assisterande 2", domaruppdragstatusnamn: "Ej tillsatt" };
  const at = Number(/\d+/.exec(first.tid)?.[0]);
  Object.assign(second, { tid: `/Date(${at + 30 * 60_000})/`, domaruppdraglista: first.domaruppdraglista });
  return { matches };
};

/** The season once a match has been called off, one has moved in time and one in place. */
const changed = (): ReturnType<typeof season> =>
  season().map((match, index) => {
    if (index === 0) return { ...match, status: "cancelled" };
    if (index === 1) return { ...match, kickoff: match.kickoff.add({ hours: 2 }) };
    return index === 2 ? { ...match, venue: { ...match.venue, name: "Heden" } } : match;
  });

/** The views, and the pages within them. */
const pages = (texts: Texts) => {
  const { views } = texts.app;
  const match = season()[1];
  if (match === undefined) throw new Error("The season is too short.");
  return [
    ...viewNames.map((view) => ({ name: view, place: view, title: views[view] })),
    { name: "match", place: `matches/${match.id}`, title: `${match.home} – ${match.away}` },
    { name: "quarantine", place: "stream/quarantine", title: views.stream },
    { name: "removals", place: "calendars/decide-ics", title: views.calendars },
  ];
};

type Desk = Awaited<ReturnType<typeof openDesk>>;

const tell = async (desk: Desk): Promise<void> => {
  await desk.publish("status", told(statusMessage("started", 1, 0, 0)));
  for (const [index, match] of changed().slice(0, 3).entries())
    await desk.publish("updates", update([match], index + 2));
  await desk.publish("status", told(statusMessage("completed", 4, 24, 2300)));
  await desk.publish("updates", told(invalidMessage(5)));
  await desk.publish("alerts", told(alertMessage("warning", "FOGIS svarar långsamt: senaste hämtningen tog 28 s")));
};

/** How many events the calendar file has, whether the list has closed every gap, and what the alerts say. */
const stateOf = (
  window: Page,
): Promise<{ readonly there: number; readonly caughtUp: boolean; readonly alerts: string }> =>
  window.evaluate(async () => {
    const { snapshot } = JSON.parse(await Reflect.get(globalThis, "avspark").call("snapshot", {})).value;
    const { there } = snapshot.targets.find(({ name }: { name: string }) => name === "ics");
    const isClosed = ({ state }: { state: string }) => state === "closed";
    const caughtUp = snapshot.connection.state === "live" && snapshot.gaps.length > 0 && snapshot.gaps.every(isClosed);
    return { there, caughtUp, alerts: JSON.stringify(snapshot.alerts) };
  });

/** What is another in each run (ports, folders, how long something took, how large the journal is) is written over. */
const steady = (window: Page): Promise<void> =>
  window.evaluate(() => {
    const same = (text: string): string =>
      text
        .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:5003")
        .replace(/\/\S*avspark-e2e-\w+/g, "/home/anna/Avspark")
        .replace(/\b\d+([.,]\d+)? ?ms\b/g, "3 ms")
        .replace(/\b\d{3}([.,]\d+)?(\s)kB/g, "600$2kB")
        .replace(/[\w-]{32,}/g, "secret");
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const text = node.nodeValue ?? "";
      if (node.parentElement?.closest("style") === null && same(text) !== text) node.nodeValue = same(text);
    }
    for (const field of document.querySelectorAll("input"))
      if (same(field.value) !== field.value) field.value = same(field.value);
  });

const resize = async (
  { app, window }: Desk,
  size: { readonly width: number; readonly height: number },
): Promise<void> => {
  await app.evaluate(
    ({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
    size,
  );
  await expect.poll(() => window.evaluate(() => globalThis.innerWidth)).toBe(size.width);
};

const take = async (window: Page, name: string): Promise<void> => {
  await window.mouse.move(0, 0);
  await steady(window);
  await expect(window).toHaveScreenshot(`${name}.png`);
};

const magnify = ({ app }: Desk, factor: number): Promise<void> =>
  app.evaluate(({ BrowserWindow }, by) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(by), factor);

/** Each page at each size: all of it is in the window, Tab reaches what can be worked, and axe finds nothing. */
const expectInReach = async (desk: Desk): Promise<void> => {
  const { window } = desk;
  for (const { size, factor, byTab } of reaches) {
    await resize(desk, size);
    await magnify(desk, factor);
    for (const { name, place } of pages(textsFor("sv"))) {
      await window.evaluate((hash) => globalThis.location.assign(hash), `#/${place}`);
      const what = `${name} at ${size.width}×${size.height}, ${factor * 100} %`;
      await expectNothingBeside(window, what);
      await expectNothingLost(window, what);
      if (byTab) await expectReachable(window, what);
      // What is narrow and large may lie over something else.
      if (factor > 1) await expectAccessible(window, what);
    }
    await magnify(desk, 1);
  }
};

for (const theme of themes) {
  for (const language of languages satisfies readonly Language[]) {
    test(`${theme}, ${language}`, async () => {
      test.setTimeout(1_200_000);
      const server = await startMatchServer(json(list(season())));
      const calendar = await startCaldavStandIn();
      const dataDir = await mkdtemp(join(tmpdir(), "avspark-e2e-"));
      const env = {
        AVSPARK_THEME: theme,
        AVSPARK_LANGUAGE: language,
        AVSPARK_MATCHES_URL: server.url,
        AVSPARK_CALENDARS: "ics,caldav",
        CALDAV_URL: calendar.url,
        CALDAV_USERNAME: calendar.username,
        CALDAV_PASSWORD: "wrong",
      };
      const before = await openDesk({ fixedTime: evening, dataDir, env });
      try {
        await expect.poll(async () => (await stateOf(before.window)).there).toBe(40);
        await before.window.evaluate(() => Reflect.get(globalThis, "avspark").call("markSeen", { changeId: 40 }));
      } finally {
        await before.close();
      }
      // The list says the same as what is told, so that it makes no difference which of them is heard first.
      server.answerWith(json(list(changed())));
      const desk = await openDesk({ fixedTime: time, dataDir, env });
      const { window } = desk;
      try {
        await expect(window.getByRole("heading", { level: 1 })).toBeVisible();
        await window.emulateMedia({ reducedMotion: "reduce" });
        await expect.poll(() => stateOf(window)).toMatchObject({ there: 40, caughtUp: true });
        await tell(desk);
        await expect.poll(async () => (await stateOf(window)).alerts).toContain("FOGIS svarar långsamt");
        // Two lists that agree that a third of the season is gone: their removals wait for a word.
        server.answerWith(json({ matches: list(changed()).matches.filter((_, index) => index < 8 || index >= 22) }));
        for (const _ of ["doubted", "believed"])
          await window.evaluate(() => Reflect.get(globalThis, "avspark").call("fetchMatches", {}));
        await expect(window.getByText(textsFor(language).todo.removals(14))).toBeVisible();
        for (const { name: view, place, title } of pages(textsFor(language))) {
          await window.evaluate((hash) => {
            globalThis.location.hash = hash;
          }, `#/${place}`);
          await expect(window.getByRole("heading", { level: 1, name: title })).toBeVisible();
          await expectAccessible(window, view);
          for (const { name, width, height } of sizes) {
            // The small and the wide ones once are enough.
            if (name !== "" && (theme !== "light" || language !== "sv")) continue;
            await resize(desk, { width, height });
            await take(window, `${view}-${theme}-${language}${name}`);
          }
        }
        // Once is enough here, too.
        if (theme === "light" && language === "sv") await expectInReach(desk);
        await resize(desk, sizes[0]);
        await window.keyboard.press("Escape");
        await window.keyboard.press("ControlOrMeta+k");
        await window.getByRole("textbox", { name: textsFor(language).app.palette.open }).fill("el");
        await take(window, `palette-${theme}-${language}`);
      } finally {
        await desk.close();
        await calendar.close();
        await server.close();
        await rm(dataDir, { recursive: true, force: true });
      }
    });
  }
}
