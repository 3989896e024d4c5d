import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ICAL from "ical.js";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { readResource } from "../../src/main/adapters/calendar/ical/resource.ts";
import type { Match } from "../../src/shared/match.ts";
import { type Front, startProxy } from "../fixtures/proxy.ts";
import { type Radicale, type RadicaleSettings, startRadicale } from "../fixtures/radicale.ts";
import { openEngine, type RunningEngine, wantedOf } from "./engine.ts";
import { createTarget, type TargetSpec } from "./targets.ts";

/** Everything here ends with the test. */

export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "avspark-calendar-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

export type Place = {
  readonly radicale: Radicale;
  /** The calendar's on it. */
  readonly name: string;
  /** In front of it. */
  readonly proxy: Front;
  /** The calendar, through the proxy. */
  readonly address: string;
  readonly spec: TargetSpec;
  /** Its files as Radicale keeps them. */
  readonly files: () => Promise<ReadonlyMap<string, string>>;
  /** As another program of the coordinator's would write a file. */
  readonly put: (file: string, text: string) => Promise<void>;
};

const placeOn = async (radicale: Radicale, name: string): Promise<Place> => {
  const direct = await radicale.makeCalendar(name, "Matcher & domare");
  const proxy = await startProxy(radicale.url);
  onTestFinished(proxy.close);
  const address = new URL(new URL(direct).pathname, proxy.url).href;
  const { username, password } = radicale;
  return {
    radicale,
    name,
    proxy,
    address,
    spec: { kind: "caldav", url: address, username, password },
    files: () => radicale.stored(name),
    put: async (file, text) => {
      await radicale.send("PUT", new URL(file, direct).href, text, { "content-type": "text/calendar; charset=utf-8" });
    },
  };
};

/** One Radicale for the tests of a file, each with an empty calendar of its own. */
export const shareRadicale = (): (() => Promise<Place>) => {
  let radicale: Radicale | null = null;
  let count = 0;
  beforeAll(async () => {
    radicale = await startRadicale();
  });
  afterAll(() => radicale?.close());
  return async () => {
    count += 1;
    if (radicale === null) throw new Error("it starts before the first test");
    return placeOn(radicale, `matcher-${count}`);
  };
};

export const ownRadicale = async (settings: RadicaleSettings = {}): Promise<Radicale> => {
  const radicale = await startRadicale(settings);
  onTestFinished(radicale.close);
  return radicale;
};

/** On a Radicale that no other test uses. */
export const aloneWithRadicale = async (): Promise<Place> => placeOn(await ownRadicale(), "matcher");

/** The engine as the service runs it. */
export const anEngine = async (folder: string, spec: TargetSpec): Promise<RunningEngine> => {
  const running = await openEngine({ folder, targets: [createTarget(spec)] });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await running.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { ...running, close };
};

/** A stranger's event, as another program of the coordinator's writes it. */
export const strange = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Another program//EN
BEGIN:VEVENT
UID:lunch@example.com
DTSTAMP:20270101T000000Z
DTSTART:20270504T100000Z
DTEND:20270504T110000Z
SUMMARY:Lunch
END:VEVENT
END:VCALENDAR
`.replaceAll("\n", "\r\n");

/** One event for each match that should have one, as it should be, and nothing else of ours. */
export const expectRight = (stored: ReadonlyMap<string, string>, matches: readonly Match[]): void => {
  const ours = [...stored.values()].filter((text) => text.includes("X-AVSPARK-MATCH-ID"));
  const found = new Map(ours.map((text) => [readResource(text)?.matchId, text]));
  const wanted = wantedOf(matches);
  expect(ours).toHaveLength(wanted.length);
  expect(found.size).toBe(wanted.length);
  for (const event of wanted) {
    const text = found.get(event.id) ?? "";
    const calendar = new ICAL.Component(ICAL.parse(text));
    const [vevent, ...others] = calendar.getAllSubcomponents("vevent");
    expect(others).toEqual([]);
    if (vevent === undefined) throw new Error("there is one");
    const { summary, location, description, startDate, endDate } = new ICAL.Event(vevent);
    expect({ summary, location: location ?? null }).toEqual({ summary: event.summary, location: event.location });
    expect(description.startsWith(event.description)).toBe(true);
    expect(startDate.toJSDate().toISOString()).toBe(event.start);
    expect(endDate.toJSDate().toISOString()).toBe(event.end);
    expect(vevent.getFirstPropertyValue("status")).toBe(event.cancelled ? "CANCELLED" : "CONFIRMED");
    expect(vevent.getFirstPropertyValue("x-avspark-hash")).toBe(event.hash);
  }
};
