// The .deb on this machine, from its installation to its removal. Root installs; an ordinary user does all the rest.

import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { fusesOf, wantedFuses } from "../../scripts/lib/package/fuses.mjs";
import { root } from "../../scripts/lib/paths.mjs";
import { temporaryFolder } from "../../src/main/adapters/journal/harness.ts";
import { inDays, publishHeard, update } from "../fixtures/desk.ts";
import { startRedis } from "../fixtures/redis.ts";
import { until } from "../fixtures/until.ts";
import {
  builtPackage,
  createUser,
  filesOfPackage,
  install,
  installedVersion,
  isInstalled,
  openScreen,
  remove,
  type Started,
  withVersion,
} from "./machine.ts";

const dataFolder = ".local/share/avspark";

const end = async ({ kill, ended, processes }: Started): Promise<void> => {
  kill("SIGTERM");
  await ended;
  await until(() => processes().length === 0, { what: () => "no process of the app" });
};

test("installed, used by an ordinary user over older data, upgraded and removed", async () => {
  if (isInstalled()) throw new Error("A package is installed already: dpkg --purge avspark-not-for-release");
  const deb = builtPackage();
  const older = withVersion(deb, "0.0.9", temporaryFolder());
  const redis = await startRedis();
  onTestFinished(redis.close);
  const screen = await openScreen();
  onTestFinished(screen.close);
  onTestFinished(() => {
    if (isInstalled()) remove();
  });
  install(older);
  const user = await createUser(`avspark-${process.pid}`, screen);
  onTestFinished(user.remove);

  // What the package puts where.
  expect(statSync("/opt/Avspark/chrome-sandbox")).toMatchObject({ uid: 0, mode: 0o104755 });
  expect(await fusesOf("/opt/Avspark/avspark-desk")).toMatchObject(wantedFuses("linux"));
  const entry = readFileSync("/usr/share/applications/avspark.desktop", "utf8");
  expect(entry).toContain("Exec=/opt/Avspark/avspark %U\n");
  expect(entry).not.toContain("sandbox");
  const files = filesOfPackage();
  for (const size of [16, 48, 256])
    expect(files).toContain(`/usr/share/icons/hicolor/${size}x${size}/apps/avspark.png`);
  expect(files.filter((path) => /musl|\.map$|\.ts$|\/(src|e2e|bench)\//.test(path))).toEqual([]);
  expect(files.filter((path) => path.endsWith(".node"))).toHaveLength(1);

  // The licences of all that is in it ask for their texts to be there.
  const notices = readFileSync("/opt/Avspark/resources/NOTICES.txt", "utf8");
  for (const name of [
    "fastify",
    "react-dom",
    "recharts",
    "libsql",
    "The Inter Project Authors",
    "SIL OPEN FONT LICENSE",
  ])
    expect(notices).toContain(name);

  // The command line, with neither display nor service.
  const noDisplay = { DISPLAY: "" };
  expect(await user.run(["avspark", "--version"], noDisplay)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("(not for release)"),
    stderr: "",
  });
  expect(await user.run(["avspark", "--help"], noDisplay)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("Usage: avspark"),
  });
  expect(await user.run(["avspark"], noDisplay)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("no display"),
  });
  expect((await user.run(["avspark", "status"], noDisplay)).code).toBe(3);

  // What version 0.1.0 left.
  const journal = join(temporaryFolder(), "journal.db");
  const earlier = join(root, "src/main/adapters/journal/earlier/journal-0.1.0.db.gz");
  writeFileSync(journal, gunzipSync(readFileSync(earlier)));
  user.put(journal, `${dataFolder}/journal.db`);

  const settings = { REDIS_URL: redis.url };
  const first = await user.start(settings);
  const ask = async (path: string): Promise<string> => (await fetch(`http://127.0.0.1:${user.port}${path}`)).text();
  const live = async (): Promise<void> => {
    await until(async () => (await user.run(["avspark", "status", "--json"], noDisplay)).stdout.includes('"live"'), {
      withinMs: 30_000,
      what: () => "a subscription that is live",
    });
  };
  await live();
  expect(await ask("/matches")).toContain("Hemma IF");

  // From Redis to the calendar.
  await publishHeard(
    redis,
    "updates",
    update({ id: 7001, home: "Uppstarten IF", away: "Paket BK", kickoff: inDays(3) }),
  );
  await until(async () => (await ask("/calendar.ics")).includes("Uppstarten IF"), {
    what: () => "the event over HTTP",
  });
  const calendar = join(user.home, dataFolder, "calendar.ics");
  await until(() => existsSync(calendar) && readFileSync(calendar, "utf8").includes("Uppstarten IF"), {
    what: () => "the event in the file",
  });
  expect(await ask("/matches")).toContain("Uppstarten IF");

  // Its page is in the sandbox, and nothing was asked to be out of it.
  const renderers = first.processes().filter(({ command }) => command.includes("--type=renderer"));
  expect(renderers.length).toBeGreaterThan(0);
  expect(renderers.every(({ filtered }) => filtered)).toBe(true);
  expect(first.processes().filter(({ command }) => command.includes("--no-sandbox"))).toEqual([]);

  // A picture for whoever wants to look; a screen that shows nothing is a small file.
  await until(() => screen.picture().length > 40_000, { everyMs: 500, what: () => "a window on the screen" });
  const pictures = join(root, "test-results", "package");
  mkdirSync(pictures, { recursive: true });
  writeFileSync(join(pictures, "installed.png"), screen.picture());

  // An upgrade under the running app, and the start after it.
  install(deb);
  expect(installedVersion()).not.toBe("0.0.9");
  expect(statSync("/opt/Avspark/chrome-sandbox")).toMatchObject({ uid: 0, mode: 0o104755 });
  expect(await ask("/matches")).toContain("Uppstarten IF");
  await end(first);
  const second = await user.start(settings);
  await live();
  expect(await ask("/matches")).toContain("Uppstarten IF");
  expect(await ask("/matches")).toContain("Hemma IF");
  await publishHeard(redis, "updates", update({ id: 7002, home: "Efteråt IF", away: "Paket BK", kickoff: inDays(4) }));
  await until(async () => (await ask("/calendar.ics")).includes("Efteråt IF"), { what: () => "the next event" });
  await end(second);

  // Gone, but for what is the user's.
  remove();
  expect(files.filter((path) => existsSync(path))).toEqual([]);
  expect(existsSync("/opt/Avspark")).toBe(false);
  expect(readFileSync(calendar, "utf8")).toContain("Efteråt IF");
  expect(existsSync(join(user.home, dataFolder, "journal.db"))).toBe(true);
});
