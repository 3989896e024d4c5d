import type { Page } from "@playwright/test";
import { launchApp } from "../e2e/fixtures/app.ts";
import { startRedis } from "../e2e/fixtures/redis.ts";
import { fogisMatch, updateOf, updates } from "../e2e/http/wire.ts";
import { startCaldavStandIn } from "../e2e/stand-ins/caldav/server.ts";
import { onPrivateDesktop } from "../scripts/lib/desktop.mjs";
import { type Bench, type Figure, milliseconds, quantile } from "./bench.ts";
import { environmentOf } from "./window/desktop.ts";
import { type Watched, watchThread } from "./window/freezes.ts";
import { type Scrolled, scroll, scrollPlain } from "./window/scroll.ts";

const known = 258;
const arriving = 4742;
const all = known + arriving;
const minute = 60_000;
const scrollRounds = 3;

/** A season: 5,000 matches in two months, 700 officials, some places open. */
const matchOf = (id: number, venue: string): object => {
  const person = (place: number, role: string): object => {
    const number = (id * 3 + place) % 700;
    return { personid: number + 1, personnamn: `Prov Domare ${number}`, domarrollnamn: role };
  };
  return fogisMatch(id, {
    tid: `/Date(${Math.ceil(Date.now() / minute) * minute + id * 17 * minute})/`,
    anlaggningnamn: venue,
    domaruppdraglista: [
      person(0, "Huvuddomare"),
      person(1, "Assisterande 1"),
      id % 9 === 0
        ? { domarrollnamn: "Assisterande 2", domaruppdragstatusnamn: "Ej tillsatt" }
        : person(2, "Assisterande 2"),
    ],
  });
};

const matches = (from: number, count: number, venue: string): readonly object[] =>
  Array.from({ length: count }, (_, index) => matchOf(from + index, venue));

const freezeOf = (what: string, { freezes: [longest = 0] }: Watched): Figure => ({
  what: `longest freeze, ${what}`,
  value: milliseconds(longest),
  limit: "under 100 ms",
  held: longest < 100,
});

const ratesOf = (runs: readonly Scrolled[]): readonly number[] =>
  runs.map(({ rate }) => rate).toSorted((a, b) => a - b);
const medianOf = (runs: readonly Scrolled[]): number => quantile(ratesOf(runs), 0.5);
/** The median, and the least and most. */
const spreadOf = (runs: readonly Scrolled[]): string => {
  const [least = 0] = ratesOf(runs);
  return `${medianOf(runs).toFixed(1)} (${least.toFixed(1)} – ${ratesOf(runs).at(-1)?.toFixed(1)})`;
};

const open = async (window: Page, view: string): Promise<void> => {
  await window.getByRole("navigation").getByRole("link", { name: view }).click();
  await window.getByRole("heading", { level: 1, name: view }).waitFor();
};

const measure = async (desktop: Readonly<Record<string, string | undefined>>): Promise<readonly Figure[]> => {
  const redis = await startRedis();
  const calendar = await startCaldavStandIn();
  const { window, close } = await launchApp({
    env: {
      ...environmentOf(desktop),
      REDIS_URL: redis.url,
      AVSPARK_LANGUAGE: "en",
      AVSPARK_LOG_LEVEL: "warn",
      AVSPARK_CALENDARS: "ics,caldav",
      CALDAV_URL: calendar.url,
      CALDAV_USERNAME: calendar.username,
      CALDAV_PASSWORD: calendar.password,
    },
  });
  const tell = (from: number, count: number, venue: string) =>
    redis.publish(updates, updateOf(matches(from, count, venue)));
  const written = (): boolean => calendar.files.size >= all;
  try {
    await window.getByText("Listening", { exact: true }).waitFor();
    await tell(1, known, "Provvallen");
    await window.getByRole("region", { name: "Coming" }).waitFor();
    // A calendar that others write to waits for a word before its first sync.
    await window.evaluate(() => Reflect.get(globalThis, "avspark").call("confirm", { target: "caldav" }));
    const seen = async (venue: string): Promise<void> => {
      await tell(known + 1, arriving, venue);
      // What waits is reckoned a second after the last change, and then shown.
      await window.waitForTimeout(8000);
    };

    const arrival = await watchThread(window);
    await seen("Provvallen");
    const arrived = await arrival();

    await open(window, "Matches");
    await window.getByText(`${all.toLocaleString("en")} matches`).waitFor({ timeout: 60_000 });
    const typing = await watchThread(window);
    const search = window.getByRole("textbox", { name: "Search in matches" });
    await search.focus();
    for (const text of ["domare 12", "hemma 4999", "provvallen"]) {
      await search.pressSequentially(text, { delay: 90 });
      await search.fill("");
    }
    const typed = await typing();
    const stillWriting = !written();
    // In turns, so that both meet the same machine.
    const scrolled: Scrolled[] = [];
    const plain: Scrolled[] = [];
    for (let round = 0; round < scrollRounds; round += 1) {
      scrolled.push(await scroll(window, "steadily", 4));
      plain.push(await scrollPlain(window, all, 4));
    }
    const alsoWriting = !written();

    const change = await watchThread(window);
    await seen("Heden");
    const changed = await change();
    await open(window, "Today");
    const again = await watchThread(window);
    await seen("Ullevi");
    const changedAgain = await again();

    const key = quantile(typed.keys, 0.99);
    return [
      freezeOf(`${arriving} matches arrive, the day is open`, arrived),
      freezeOf(`${arriving} matches change, the table is open`, changed),
      freezeOf(`${arriving} matches change, the day is open`, changedAgain),
      {
        what: `a key in the search, while a calendar is ${stillWriting ? "" : "no longer "}written: p99`,
        value: milliseconds(key),
        limit: "under 50 ms",
        held: key < 50,
      },
      { what: "… p50", value: milliseconds(quantile(typed.keys, 0.5)) },
      { ...freezeOf("while one types", typed) },
      {
        what: `frames a second, scrolled while a calendar is ${alsoWriting ? "" : "no longer "}written`,
        value: spreadOf(scrolled),
        limit: "at least 59, or as many as bare rows",
        held: medianOf(scrolled) >= Math.min(59, medianOf(plain) * 0.95),
      },
      { what: "… as many bare rows in their place", value: spreadOf(plain) },
      {
        what: "… slowest of a hundred",
        value: milliseconds(
          quantile(
            scrolled.flatMap(({ gaps }) => gaps),
            0.99,
          ),
        ),
      },
      { what: "events written by the end", value: String(calendar.files.size) },
    ];
  } finally {
    await close();
    await calendar.close();
    await redis.close();
  }
};

export const bench: Bench = {
  title: `The window with ${all} matches while a calendar is written, drawn by software on a screen nobody sees`,
  run: () => onPrivateDesktop(measure),
};
