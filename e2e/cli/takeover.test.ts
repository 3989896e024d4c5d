import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { folder } from "../fixtures/folder.ts";
import { json, startMatchServer } from "../fixtures/match-server.ts";
import { serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { fogisMatch } from "../http/wire.ts";
import { primaryCalendar, startGoogle } from "../stand-ins/google-calendar/server.ts";
import { avspark } from "./avspark.ts";

const theirs = (id: number): string =>
  `00000000${id}\nProvcupen\n\nHD:\nProv Domare\nMobil: 0700000001\n\n\nMatch Details: https://www.svenskfotboll.se/matchfakta/${id}/\n`;

/** A service without a window that asks first, on a calendar in which the predecessor has been. */
const startWith = async (description: string) => {
  const google = await startGoogle();
  onTestFinished(() => google.stop());
  const source = await startMatchServer(json([fogisMatch(1), fogisMatch(2)]));
  onTestFinished(() => source.close());
  const file = join(await folder(), "token.json");
  await writeFile(file, JSON.stringify(google.tokenFile()));
  google.predecessor(primaryCalendar, {
    matchId: "1",
    summary: "Hemma 1 IF - Borta 1 BK",
    description,
    start: { dateTime: "2027-05-06T12:01:00Z" },
    end: { dateTime: "2027-05-06T14:01:00Z" },
  });
  const served = await serve({
    REDIS_PUBSUB_ENABLED: "false",
    AVSPARK_MATCHES_URL: source.url,
    AVSPARK_CALENDARS: "ics,google",
    AVSPARK_FIRST_SYNC: "ask",
    GOOGLE_CALENDAR_ID: primaryCalendar,
    GOOGLE_API_ROOT: google.url,
    GOOGLE_CALENDAR_TOKEN_FILE: file,
  });
  onTestFinished(async () => void (await served.stop()));
  return {
    google,
    events: () => google.events(primaryCalendar),
    event: () => google.events(primaryCalendar).find(({ summary }) => String(summary).startsWith("Hemma 1")),
    run: (...args: readonly string[]) => avspark([...args, "--url", served.address]),
  };
};

const say = (what: string) => ({ withinMs: 30_000, everyMs: 50, what: () => what });

it("without a window another program's events are taken over only after a look, with a person's words, and given back", async () => {
  const { run, event, events } = await startWith(`${theirs(1)}\nTa med västar`);
  await until(
    async () => (await run("status")).stdout.includes("Look at the first sync before it is made"),
    say("a first sync that waits"),
  );
  const preview = await run("preview", "--target", "google");
  expect(preview.stdout).toMatch(/^ +update +1 .*Hemma 1 IF – Borta 1 BK$/m);
  expect(preview.stdout).toMatch(/^ +insert +2 /m);
  expect(event()).toMatchObject({ summary: "Hemma 1 IF - Borta 1 BK" });

  expect(await run("confirm", "google")).toMatchObject({ code: 0 });
  await until(() => events().length === 2, say("two events"));
  await until(() => event()?.summary === "Hemma 1 IF – Borta 1 BK", say("the event taken over"));
  expect(event()?.description).toMatch(/bevaras ---\nTa med västar$/);

  expect(await run("undo", "google")).toMatchObject({ code: 0, stdout: "Undone: 2 events.\n" });
  expect(events()).toMatchObject([{ summary: "Hemma 1 IF - Borta 1 BK" }]);
  expect(event()?.description).toBe(`${theirs(1)}\nTa med västar`);
  expect(event()?.extendedProperties).toEqual({ private: { matchId: "1", syncTag: "FOGIS_CALENDAR_SYNC" } });
});

it("an undo that Google refuses says what waits and ends with 1; another is refused until it is done", async () => {
  const { google, run, events } = await startWith("Ta med västar");
  await until(
    async () => (await run("status")).stdout.includes("Look at the first sync before it is made"),
    say("a first sync that waits"),
  );
  await run("confirm", "google");
  await until(() => events().length === 2, say("two events"));

  google.fail({
    kind: "refusal",
    name: "forbiddenForNonOrganizer",
    when: "before",
    method: "events.delete",
    times: 99,
  });
  const { code, stdout, stderr } = await run("undo", "google");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^2 +Google +(waiting|failed): /m);
  expect(stderr).toContain("1 of 2 could not be taken back yet.");
  const again = await run("undo", "google", "--json");
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("Still to be taken back: 1.") });
  expect(JSON.parse(again.stdout)).toMatchObject({ success: false, code: "busy" });
});
