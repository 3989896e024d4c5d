import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { type ServeOptions, serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { type Place, shareRadicale, strange, temporaryFolder } from "./setup.ts";

const aCalendar = shareRadicale();

/** As the publisher words them. */
const matches = (count: number): readonly unknown[] =>
  Array.from({ length: count }, (_, n) => ({
    match_id: 6_200_000 + n,
    teams: { home: { name: `Lag ${n} BK` }, away: { name: "Åsa 🏆 IF" } },
    date: new Date(Date.now() + (n + 2) * 86_400_000).toISOString().slice(0, 10),
    time: "18:00",
    venue: { name: "Hedens IP" },
  }));

const served = async (place: Place, settings: Readonly<Record<string, string>> = {}, options: ServeOptions = {}) => {
  const { username, password } = place.radicale;
  const service = await serve(
    {
      REDIS_PUBSUB_ENABLED: "false",
      AVSPARK_CALENDARS: "ics,caldav",
      CALDAV_URL: place.address,
      CALDAV_USERNAME: username,
      CALDAV_PASSWORD: password,
      ...settings,
    },
    options,
  );
  onTestFinished(async () => void (await service.stop()));
  return service;
};

const syncSchema = z.object({
  success: z.boolean(),
  matches_processed: z.number().optional(),
  code: z.string().optional(),
});

const sync = async (address: string, list: readonly unknown[]) => {
  const response = await fetch(`${address}/manual-sync`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ matches: list }),
  });
  return syncSchema.parse(await response.json());
};

const calendar = async (address: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${address}/calendar.ics`, { headers });
  return { status: response.status, etag: response.headers.get("etag") ?? "", text: await response.text() };
};

const count = (text: string): number => text.match(/^BEGIN:VEVENT/gm)?.length ?? 0;

test("a list by hand reaches the file and the CalDAV server, and a kill changes neither", {
  timeout: 120_000,
}, async () => {
  const place = await aCalendar();
  await place.put("lunch.ics", strange);
  const folder = await temporaryFolder();
  const first = await served(place, {}, { folder });
  expect(await sync(first.address, matches(12))).toMatchObject({ success: true, matches_processed: 12 });
  const stored = await place.files();
  expect(stored.size).toBe(13);
  const { text, etag } = await calendar(first.address);
  expect(count(text)).toBe(12);
  expect(text).toBe(await readFile(join(folder, "calendar.ics"), "utf8"));
  expect(await calendar(first.address, { "if-none-match": etag })).toMatchObject({ status: 304, text: "" });

  place.proxy.forget();
  first.kill("SIGKILL");
  await first.ended;
  const second = await served(place, {}, { folder });
  expect(await calendar(second.address)).toEqual({ status: 200, etag, text });
  expect(await sync(second.address, matches(12))).toMatchObject({ success: true });
  expect(await calendar(second.address)).toEqual({ status: 200, etag, text });
  expect(place.proxy.seen.filter(({ method }) => method === "PUT")).toEqual([]);
  expect(await place.files()).toEqual(stored);
});

test("a wrong password is said, and holds back neither the file nor the rest", async () => {
  const place = await aCalendar();
  const service = await served(place, { CALDAV_PASSWORD: "wrong" });
  expect(await sync(service.address, matches(3))).toMatchObject({ success: false, code: "partly-failed" });
  expect(count((await calendar(service.address)).text)).toBe(3);
  const health = await until(async () => {
    const text = await (await fetch(`${service.address}/health`)).text();
    return text.includes("calendar-sign-in") ? text : null;
  });
  expect(health).not.toContain("wrong");
  expect((await place.files()).size).toBe(0);
});
