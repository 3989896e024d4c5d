import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { demoSeason, type Random } from "../src/main/demo/season.ts";
import { alertMessage, fogisUpdate, invalidMessage, statusMessage } from "../src/main/demo/wire.ts";
import { viewNames } from "../src/shared/bridge.ts";
import { type Language, languages } from "../src/shared/language.ts";
import { textsFor } from "../src/shared/text/texts.ts";
import type { Texts } from "../src/shared/text/type.ts";
import { openDesk } from "./fixtures/desk.ts";
import { json, startMatchServer } from "./fixtures/match-server.ts";

/**
 * Every view in both languages and themes: nothing for axe to find, and a picture that is like the one in docs/screens.
 * What is new on purpose is taken in with `npm test -- e2e screens --update-snapshots`.
 */

const themes = ["light", "dark"] as const;
const sizes = [
  { name: "", width: 1280, height: 820 },
  { name: "-small", width: 900, height: 600 },
  { name: "-wide", width: 2200, height: 1000 },
] as const;

/** The same season every time (Park and Miller's generator), so that only the dates in it move. */
const seeded = (seed: number): Random => {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
};

const season = () => demoSeason(Temporal.Now.instant(), seeded(7)).slice(0, 24);
const update = (matches: ReturnType<typeof season>, cycle: number) =>
  JSON.parse(fogisUpdate({ matches, events: [], total: matches.length, cycle }));

/** The views, and the pages within them. */
const pages = (texts: Texts) => {
  const { views } = texts.app;
  const match = season()[1];
  if (match === undefined) throw new Error("The season is too short.");
  return [
    ...viewNames.map((view) => ({ name: view, place: view, title: views[view] })),
    { name: "match", place: `matches/${match.id}`, title: `${match.home} – ${match.away}` },
    { name: "quarantine", place: "stream/quarantine", title: views.stream },
  ];
};

/** The season's first days, whatever day it is: on some there is no match. */
const scheduleChoice = () => {
  const [first, last] = [0, 4].map((index) => season()[index]?.kickoff.toPlainDate().toString());
  return JSON.stringify({ span: { kind: "dates", from: first, to: last }, side: "venue" });
};

const tell = async (desk: Awaited<ReturnType<typeof openDesk>>): Promise<void> => {
  const [first, second, third] = season();
  if (first === undefined || second === undefined || third === undefined) throw new Error("The season is too short.");
  await desk.publish("status", JSON.parse(statusMessage("started", 1, 0, 0)));
  await desk.publish("updates", update([{ ...first, status: "cancelled" }], 2));
  await desk.publish("updates", update([{ ...second, kickoff: second.kickoff.add({ hours: 2 }) }], 3));
  await desk.publish("updates", update([{ ...third, venue: { ...third.venue, name: "Heden" } }], 4));
  await desk.publish("status", JSON.parse(statusMessage("completed", 4, 24, 2300)));
  await desk.publish("updates", JSON.parse(invalidMessage(5)));
  await desk.publish(
    "alerts",
    JSON.parse(alertMessage("warning", "FOGIS svarar långsamt: senaste hämtningen tog 28 s")),
  );
};

for (const theme of themes) {
  for (const language of languages satisfies readonly Language[]) {
    test(`${theme}, ${language}`, async () => {
      test.setTimeout(180_000);
      const list = await startMatchServer(json(update(season(), 1).payload));
      const desk = await openDesk({
        env: { AVSPARK_THEME: theme, AVSPARK_LANGUAGE: language, AVSPARK_MATCHES_URL: list.url },
      });
      const { app, window } = desk;
      try {
        await expect(window.getByRole("heading", { level: 1 })).toBeVisible();
        await window.emulateMedia({ reducedMotion: "reduce" });
        await expect(window.getByText(textsFor(language).overview.tiles.inCalendar(24))).toBeVisible();
        await tell(desk);
        await window.evaluate(
          (choice) => globalThis.localStorage.setItem("avspark.schedule", choice),
          scheduleChoice(),
        );
        await expect(window.getByText("FOGIS svarar långsamt", { exact: false }).first()).toBeVisible();
        for (const { name: view, place, title } of pages(textsFor(language))) {
          await window.evaluate((hash) => {
            globalThis.location.hash = hash;
          }, `#/${place}`);
          await expect(window.getByRole("heading", { level: 1, name: title })).toBeVisible();
          const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
          expect(violations.map(({ id, nodes }) => [view, id, nodes.map(({ html }) => html)])).toEqual([]);
          for (const { name, width, height } of sizes) {
            // The small and the wide ones once are enough.
            if (name !== "" && (theme !== "light" || language !== "sv")) continue;
            await app.evaluate(
              ({ BrowserWindow }, size) => {
                BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
              },
              { width, height },
            );
            await expect.poll(() => window.evaluate(() => globalThis.innerWidth)).toBe(width);
            await window.mouse.move(0, 0);
            await expect(window).toHaveScreenshot(`${view}-${theme}-${language}${name}.png`);
          }
        }
      } finally {
        await desk.close();
        await list.close();
      }
    });
  }
}
