import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ElectronApplication, expect, type Page, test } from "@playwright/test";
import { textsFor } from "../src/shared/text/texts.ts";
import { inActs } from "./fixtures/acts.ts";
import { launchApp } from "./fixtures/app.ts";
import { publishHeard } from "./fixtures/desk.ts";
import { json, startMatchServer } from "./fixtures/match-server.ts";
import { startRadicale } from "./fixtures/radicale.ts";
import { startRedis } from "./fixtures/redis.ts";
import { serve } from "./fixtures/serve.ts";
import { afterNight, evening, listOf, morning, night, type Played, weekend } from "./fixtures/weekend.ts";

/** A window on the desk, wherever the service is that it shows: all that the weekend asks of it. */
type Opened = { readonly app: ElectronApplication; readonly window: Page; readonly close: () => Promise<void> };
type OpenWindow = (options: {
  readonly fixedTime: string;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
}) => Promise<Opened>;

/** A hundred events, each written by itself, take a busy machine more than anything that is shown does. */
const patiently = { timeout: 90_000 };

const texts = textsFor("sv");
const titleOf = ({ home, away }: Played): string => `${home} – ${away}`;

const call = (window: Page, command: string, input: object = {}): Promise<unknown> =>
  window.evaluate(([name, given]) => Reflect.get(globalThis, "avspark").call(name, given).then(JSON.parse), [
    command,
    input,
  ] as const);

/** How many events each calendar has. */
const there = async (window: Page): Promise<Readonly<Record<string, number>>> => {
  const { value } = Object(await call(window, "snapshot"));
  return Object.fromEntries(
    value.snapshot.targets.map((target: { name: string; there: number }) => [target.name, target.there]),
  );
};

/** The system's programs are not the test's business; that they are asked is. What is printed is kept as text. */
const listen = async ({ app, window }: Opened): Promise<void> => {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
  await window.evaluate(() => {
    const sheets: string[] = [];
    Object.assign(globalThis, { sheets });
    globalThis.print = () => {
      globalThis.dispatchEvent(new Event("beforeprint"));
      // On paper there is a table of its own, after what the screen shows.
      sheets.push([...document.querySelectorAll("table")].at(-1)?.textContent ?? "");
      globalThis.dispatchEvent(new Event("afterprint"));
    };
  });
};

const weekendWith = (where: string, open: OpenWindow): void =>
  test(`a coordinator's weekend, each task in two acts at most, ${where}`, async () => {
    test.setTimeout(480_000);
    const dataDir = await mkdtemp(join(tmpdir(), "avspark-e2e-weekend-"));
    const server = await startMatchServer(json(listOf(weekend)));
    const radicale = await startRadicale();
    const redis = await startRedis();
    const movedTo = await startRedis();
    const env = {
      AVSPARK_LANGUAGE: "sv",
      AVSPARK_THEME: "light",
      AVSPARK_MATCHES_URL: server.url,
      AVSPARK_CALENDARS: "ics,caldav",
      REDIS_RETRY_DELAY: "0.1",
    };
    const keep = (window: Page, values: object) => call(window, "saveSettings", { values, sessionOnly: true });
    try {
      const url = await radicale.makeCalendar("matcher");
      const stored = async (): Promise<string> => [...(await radicale.stored("matcher")).values()].join("\n");
      const account = { CALDAV_URL: url, CALDAV_USERNAME: radicale.username };

      // In the evening everything is right, and somebody has seen it.
      const before = await open({ fixedTime: evening, dataDir, env });
      try {
        const values = { ...account, CALDAV_PASSWORD: radicale.password, REDIS_URL: redis.url };
        expect(await keep(before.window, values)).toMatchObject({ ok: true });
        await call(before.window, "fetchMatches");
        await call(before.window, "confirm", { target: "caldav" });
        await expect.poll(() => there(before.window), patiently).toMatchObject({ ics: 120, caldav: 120 });
        await call(before.window, "markSeen", { changeId: 120 });
      } finally {
        await before.close();
      }

      // In the morning a list has come, the calendar's password is another, and Redis is elsewhere.
      server.answerWith(json(listOf(afterNight)));
      await redis.close();
      const desk = await open({ fixedTime: morning, dataDir, env });
      try {
        const { window } = desk;
        expect(await keep(window, { CALDAV_PASSWORD: "another" })).toMatchObject({ ok: true });
        const known = afterNight.filter(({ competition }) => competition !== night.lost);
        await call(window, "fetchMatches");
        server.answerWith(json(listOf(known)));
        for (const _ of ["doubted", "believed"]) await call(window, "fetchMatches");
        await listen(desk);
        const todo = window.getByRole("region", { name: texts.today.todo });
        const entry = (text: string) => todo.getByRole("listitem").filter({ hasText: text });
        const banners = window.getByRole("region", { name: texts.app.landmarks.alerts });
        const task = async (name: string, work: Parameters<typeof inActs>[3]): Promise<void> => {
          await window.evaluate(() => globalThis.location.assign("#/overview"));
          await expect(window.getByRole("heading", { level: 1, name: texts.app.views.overview })).toBeVisible();
          await inActs(window, 2, name, work);
        };

        await task("what must I act on", async () => {
          await expect(entry(titleOf(night.withdrawn))).toContainText(texts.todo.kind["no-referee"]);
          await expect(entry(titleOf(night.withdrawn))).toContainText(texts.todo.kind.withdrawn);
          await expect(entry(titleOf(night.moved))).toContainText(texts.todo.kind.moved);
          await expect(entry(titleOf(night.moved))).toContainText("20:30");
          await expect(entry(titleOf(night.moved))).toContainText("21:00");
          await expect(entry(titleOf(night.calledOff))).toContainText(texts.todo.kind["called-off"]);
          await expect(entry(texts.todo.removals(12))).toBeVisible();
          await expect(entry("CalDAV")).toContainText(texts.advice["calendar-sign-in"].what);
          await expect(banners).toContainText(texts.advice["redis-unreachable"].what);
        });

        await task("whom do I ring", async (acts) => {
          const [referee] = night.moved.places;
          await acts.click(
            entry(titleOf(night.moved)).getByRole("link", { name: new RegExp(`^Ring ${referee?.person?.name}`) }),
          );
          await expect
            .poll(() => desk.app.evaluate(() => String(Reflect.get(globalThis, "opened"))))
            .toBe(`tel:${referee?.person?.phone}`);
        });

        await task("where is somebody this weekend", async (acts) => {
          const name = "Viktor Modellgren";
          await acts.press("Control+k");
          await acts.type(name);
          await expect(window.getByRole("heading", { level: 1, name })).toBeVisible();
          const week = window.getByRole("region", { name: texts.people.thisWeek });
          const theirs = known.filter(
            ({ day, places }) => day < "2027-05-10" && places.some(({ person }) => person?.name === name),
          );
          await expect(week.getByRole("listitem")).toHaveCount(theirs.length);
          for (const match of theirs)
            await expect(week.getByRole("listitem").filter({ hasText: titleOf(match) })).toContainText(match.venue);
        });

        await task("who is free at 15", async (acts) => {
          await acts.click(entry(titleOf(night.withdrawn)).getByRole("button", { name: texts.today.whoIsFree }));
          const free = window.getByRole("dialog", { name: texts.today.whoIsFree });
          await expect(free.getByRole("listitem").nth(20)).toBeVisible();
          const names = await free.getByRole("link", { name: /^[^,]+$/ }).allTextContents();
          const playing = known.filter(({ day, time }) => day === night.withdrawn.day && time === night.withdrawn.time);
          // Nor is whoever has just said no.
          for (const { person } of [...playing, night.withdrawn].flatMap(({ places }) => places))
            expect(names).not.toContain(person?.name);
          await window.keyboard.press("Escape");
        });

        await task("print next week's open places", async (acts) => {
          await acts.click(todo.getByRole("link", { name: texts.today.openPlaces["open-next-week"] }));
          const wanted = known.filter(
            ({ day, places }) => day >= "2027-05-10" && places.some(({ person }) => person === null),
          );
          const shown = texts.matches.shownOf({ shown: String(wanted.length), all: String(weekend.length) });
          await expect(window.getByText(shown)).toBeVisible();
          await acts.press("Control+p");
          const printed = String(await window.evaluate(() => Reflect.get(globalThis, "sheets").join("\n")));
          for (const match of known)
            expect(printed.includes(titleOf(match)), titleOf(match)).toBe(wanted.includes(match));
        });

        await task("mend Redis", async (acts) => {
          await acts.click(banners.getByRole("button", { name: /Redis/ }));
          await acts.type(movedTo.url);
          await expect(banners).not.toContainText(texts.advice["redis-unreachable"].what);
        });
        await publishHeard(movedTo, "status", {});

        await task("mend the calendar", async (acts) => {
          await acts.click(entry("CalDAV").getByRole("button", { name: texts.settings.label.CALDAV_PASSWORD }));
          await acts.type(radicale.password);
          // What moved in the night is written; what is gone from the list stays until somebody says so.
          await expect.poll(stored, patiently).toContain("DTSTART;TZID=Europe/Stockholm:20270507T210000");
          await expect.poll(() => there(window), patiently).toMatchObject({ caldav: 108 });
          expect((await radicale.stored("matcher")).size).toBe(120);
        });

        await task("decide a removal", async (acts) => {
          await expect(entry(texts.todo.removals(12))).toHaveCount(2);
          const one = entry(texts.todo.removals(12)).filter({ hasText: "CalDAV" });
          await acts.click(one.getByRole("button"));
          await acts.click(window.getByRole("dialog").getByRole("button", { name: /^Ta bort 12 matcher ur / }));
          await expect.poll(async () => (await radicale.stored("matcher")).size, patiently).toBe(108);
          // The other calendar is another question.
          await window.evaluate(() => globalThis.location.assign("#/overview"));
          await expect(entry(texts.todo.removals(12))).toHaveCount(1);
        });

        await task("a friendly by hand", async (acts) => {
          await acts.click(window.getByRole("link", { name: texts.matches.entry.title }));
          await acts.type("Vänskaps IF – Provlags BK, lör 15, Träningsplanen");
          await expect(window.getByRole("heading", { level: 1, name: "Vänskaps IF – Provlags BK" })).toBeVisible();
          await expect.poll(async () => (await radicale.stored("matcher")).size, patiently).toBe(109);
        });
        for (const _ of ["one more list", "and another"]) await call(window, "fetchMatches");
        await call(window, "syncNow");
        await expect(window.getByRole("heading", { level: 1, name: "Vänskaps IF – Provlags BK" })).toBeVisible();
        const files = await radicale.stored("matcher");
        expect(files.size).toBe(109);
        const friendly = [...files.values()].find((file) => file.includes("Vänskaps IF"));
        expect(friendly).toContain("DTSTART;TZID=Europe/Stockholm:20270508T150000");
      } finally {
        await desk.close();
      }
    } finally {
      await Promise.all([server.close(), radicale.close(), redis.close(), movedTo.close()]);
      await rm(dataDir, { recursive: true, force: true });
    }
  });

weekendWith("in a window with its own service", launchApp);

/** The window's own settings; the others are the service's. */
const isTaste = (name: string): boolean => name === "AVSPARK_LANGUAGE" || name === "AVSPARK_THEME";

weekendWith("in a window on a service elsewhere", async ({ fixedTime, dataDir, env }) => {
  const token = "a-token-of-the-weekend-1234";
  const folder = join(dataDir, "service");
  await mkdir(folder, { recursive: true });
  const service = await serve({ ...env, AVSPARK_HTTP_TOKEN: token }, { folder, fixedTime });
  const taste = Object.fromEntries(Object.entries(env).filter(([name]) => isTaste(name)));
  const way = { AVSPARK_SERVICE_URL: service.address, AVSPARK_SERVICE_TOKEN: token };
  const opened = await launchApp({ fixedTime, dataDir: join(dataDir, "window"), env: { ...taste, ...way } }).catch(
    async (error: unknown) => {
      await service.stop();
      throw error;
    },
  );
  const close = async (): Promise<void> => {
    await opened.close();
    await service.stop();
  };
  return { app: opened.app, window: opened.window, close };
});
