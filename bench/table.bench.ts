import type { Page } from "@playwright/test";
import { launchApp } from "../e2e/fixtures/app.ts";
import { type RedisServer, startRedis } from "../e2e/fixtures/redis.ts";
import { fogisMatch, updateOf, updates } from "../e2e/http/wire.ts";
import { onPrivateDesktop } from "../scripts/lib/desktop.mjs";
import { type Bench, type Figure, milliseconds, quantile } from "./bench.ts";
import { environmentOf } from "./window/desktop.ts";
import { type Scrolled, scroll } from "./window/scroll.ts";

const matches = 10_000;
const seconds = 10;
const changesPerSecond = 50;

/** An official has some ten matches, not all of them. */
const matchOf = (id: number, rest: object = {}): object =>
  fogisMatch(id, {
    domaruppdraglista: [{ personnamn: `Prov Domare ${id % (matches / 10)}`, domarrollnamn: "Huvuddomare" }],
    ...rest,
  });

/** Moves some matches to another venue, at an even pace. */
const change = async (redis: RedisServer): Promise<void> => {
  const begun = performance.now();
  for (let told = 0; told < changesPerSecond * seconds; told += 1) {
    await redis.publish(updates, updateOf([matchOf(1 + (told % matches), { anlaggningnamn: `Provvallen ${told}` })]));
    const ahead = (told * 1000) / changesPerSecond - (performance.now() - begun);
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
  }
};

/** From a key to the rows that fit what is typed so far. */
const typing = async (window: Page): Promise<number> => {
  const search = window.getByRole("textbox", { name: "Search in matches" });
  const begun = performance.now();
  await search.pressSequentially("5000");
  await window.getByText(`of ${matches.toLocaleString("en")} matches`).waitFor();
  return performance.now() - begun;
};

const figures = (what: string, { rate, gaps }: Scrolled): readonly Figure[] => [
  { what: `frames a second, ${what}`, value: rate.toFixed(1), limit: "at least 50", held: rate >= 50 },
  { what: "… slowest of a hundred", value: milliseconds(quantile(gaps, 0.99)) },
];

const measure = async (desktop: Readonly<Record<string, string | undefined>>): Promise<readonly Figure[]> => {
  const redis = await startRedis();
  const { window, close } = await launchApp({
    env: { ...environmentOf(desktop), REDIS_URL: redis.url, AVSPARK_LANGUAGE: "en", AVSPARK_LOG_LEVEL: "warn" },
  });
  try {
    await window.getByText("Listening", { exact: true }).waitFor();
    for (let first = 1; first <= matches; first += 1000)
      await redis.publish(updates, updateOf(Array.from({ length: 1000 }, (_, index) => matchOf(first + index))));
    await window.getByRole("navigation").getByRole("link", { name: "Matches" }).click();
    await window.getByText(`${matches.toLocaleString("en")} matches`).waitFor({ timeout: 60_000 });
    // Until the calendar has them all.
    await window.waitForTimeout(5000);
    const steady = await scroll(window, "steadily", seconds);
    const anywhere = await scroll(window, "anywhere", seconds);
    const [changing] = await Promise.all([scroll(window, "steadily", seconds), change(redis)]);
    return [
      ...figures("scrolled steadily", steady),
      ...figures("scrolled to anywhere at every frame", anywhere),
      ...figures(`scrolled while ${changesPerSecond} matches a second change`, changing),
      { what: "four letters typed, the rows found", value: milliseconds(await typing(window)) },
    ];
  } finally {
    await close();
    await redis.close();
  }
};

export const bench: Bench = {
  title: `The table with ${matches} matches, drawn by software on a screen nobody sees`,
  run: () => onPrivateDesktop(measure),
};
