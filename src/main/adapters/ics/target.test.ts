import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import ICAL from "ical.js";
import { expect, onTestFinished, test } from "vitest";
import { pipe } from "../../../../e2e/fixtures/pipe.ts";
import { desiredOf } from "../../../core/calendar/event.ts";
import type { WantedEvent } from "../../../core/calendar/port.ts";
import { aMatch, aRecord, silentLog } from "../../../core/calendar/testing/records.ts";
import { TargetProblem } from "../../../core/keeper/failure.ts";
import type { Found } from "../../../core/keeper/item.ts";
import type { Revision } from "../../../core/keeper/target.ts";
import { instantOf } from "../../../shared/instant.ts";
import type { Match } from "../../../shared/match.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { uidOf } from "../calendar/ical/found.ts";
import { sha256 } from "../calendar/seal.ts";
import { createIcsTarget, type IcsTarget } from "./target.ts";

const digest = (text: string): string => sha256(text).toString("hex");
const wanted = (facts: Partial<Match> & Pick<Match, "id">): WantedEvent => {
  const desired = desiredOf(aRecord(aMatch(facts)), { digest });
  if (desired.kind !== "item") throw new Error("a match with a kick-off asks for an event");
  return desired.item;
};
const first: Revision = { sequence: 0, at: instant("2027-01-02T03:04:05.678Z") };
const second: Revision = { sequence: 1, at: instant("2027-02-03T04:05:06.000Z") };

const place = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "avspark-ics-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "calendar.ics");
};
const open = (file: string): IcsTarget => createIcsTarget({ file, log: silentLog });

/** As the engine does it: everything at once. */
const insertAll = (target: IcsTarget, events: readonly WantedEvent[], revision = first): Promise<Found[]> =>
  Promise.all(events.map((event) => target.insert(event, revision)));

const many = (count: number): readonly WantedEvent[] =>
  Array.from({ length: count }, (_, n) =>
    wanted({
      id: String(6_000_000 + n),
      home: n % 7 === 0 ? "Åååå Äääää Öööö 🏆⚽ IF ".repeat(5) : `Lag ${n}`,
      venue: n % 3 === 0 ? `Plan ${n}; norra, sidan\\` : null,
      kickoff: instantOf(Date.parse("2027-03-20T10:00:00Z") + n * 7_200_000),
      status: n % 10 === 0 ? "cancelled" : "scheduled",
      position: n % 2 === 0 ? { latitude: 57.697617, longitude: 12.028288 } : null,
    }),
  );

const blocks = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/BEGIN:VEVENT\r\nUID:(\S+)\r\n.*?END:VEVENT\r\n/gs)].map(([block, uid]) => [uid ?? "", block]),
  );

const octets = (line: string): number => Buffer.byteLength(line);

test("500 matches: parsed without a warning, given back as written, no line over 75 octets", async () => {
  const file = await place();
  const events = many(500);
  const target = open(file);
  await target.list(null);
  const written = await insertAll(target, events);
  const text = await readFile(file, "utf8");

  expect(text).toBe(target.text().text);
  expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  expect(text.split("\r\n").filter((line) => octets(line) > 75)).toEqual([]);

  const calendar = new ICAL.Component(ICAL.parse(text));
  const vevents = calendar.getAllSubcomponents("vevent").map((vevent) => new ICAL.Event(vevent));
  const byUid = new Map(vevents.map((event) => [event.uid, event]));
  expect(vevents).toHaveLength(500);
  for (const event of events) {
    const found = byUid.get(uidOf(event.id));
    expect(found?.summary).toBe(event.summary);
    expect(found?.description).toBe(event.description);
    expect(found?.location).toBe(event.location);
    expect(found?.startDate.toJSDate().toISOString()).toBe(event.start);
    expect(found?.endDate.toJSDate().toISOString()).toBe(event.end);
    expect(found?.component.getFirstPropertyValue("url")).toBe(event.url);
    expect(found?.component.getFirstPropertyValue("status")).toBe(event.cancelled ? "CANCELLED" : "CONFIRMED");
    const { position } = event;
    const alarms = found?.component.getAllSubcomponents("valarm") ?? [];
    expect(alarms.map((alarm) => String(alarm.getFirstPropertyValue("trigger")))).toEqual(
      event.cancelled ? [] : ["-P2D"],
    );
    const geo = position && [position.latitude, position.longitude];
    expect(found?.component.getFirstPropertyValue("geo")).toEqual(geo);
  }

  const again = await open(file).list(null);
  expect(again.kind).toBe("full");
  expect(new Set(again.items)).toEqual(new Set(written));
  expect(again.items.every(({ hash, actual }) => hash === actual)).toBe(true);
});

test("the calendar says what it is and how often to look", async () => {
  const { text } = open(await place()).text();
  const calendar = new ICAL.Component(ICAL.parse(text));
  const value = (name: string): string => String(calendar.getFirstPropertyValue(name));
  expect(value("method")).toBe("PUBLISH");
  expect(value("version")).toBe("2.0");
  expect(value("prodid")).toBe("-//Avspark//Avspark//SV");
  expect(value("refresh-interval")).toBe("PT15M");
  expect(value("x-published-ttl")).toBe("PT15M");
  const zones = calendar.getAllSubcomponents("vtimezone");
  expect(zones.map((zone) => zone.getFirstPropertyValue("tzid"))).toEqual(["Europe/Stockholm"]);
});

test("times follow Stockholm's clock, in the hour that exists twice as well", async () => {
  const file = await place();
  const target = open(file);
  const kickoffs = {
    summer: "2027-05-06T15:00:00.000Z",
    winter: "2027-11-06T15:00:00.000Z",
    first: "2027-10-31T00:30:00.000Z",
    second: "2027-10-31T01:30:00.000Z",
    march: "2027-03-28T01:00:00.000Z",
  };
  const events = Object.entries(kickoffs).map(([id, kickoff]) => wanted({ id, kickoff: instant(kickoff) }));
  await insertAll(target, events);
  const text = await readFile(file, "utf8");
  expect(text).toContain("DTSTART;TZID=Europe/Stockholm:20270506T170000\r\n");
  expect(text).toContain("DTSTART;TZID=Europe/Stockholm:20271106T160000\r\n");
  expect(text).toContain("DTSTART:20271031T013000Z\r\n");
  const { items: found } = await open(file).list(null);
  const starts = Object.fromEntries(found.map(({ id: matchId, start }) => [matchId, start]));
  expect(starts).toEqual(kickoffs);
  expect(found.every(({ hash, actual }) => hash === actual)).toBe(true);
});

test("changing one match moves its SEQUENCE, its LAST-MODIFIED, its DTSTAMP and nothing else", async () => {
  const file = await place();
  const target = open(file);
  const known = await insertAll(target, many(50));
  const before = blocks(target.text().text);
  const changed = wanted({ id: "6000007", venue: "Ny plan" });
  const [at] = known.filter(({ id: matchId }) => matchId === "6000007");
  if (at === undefined) throw new Error("it was written");
  await target.update(changed, at, second);
  const after = blocks(await readFile(file, "utf8"));

  expect([...after].filter(([uid, block]) => before.get(uid) !== block).map(([uid]) => uid)).toEqual([
    uidOf("6000007"),
  ]);
  const block = after.get(uidOf("6000007"));
  expect(before.get(uidOf("6000007"))).toContain("\r\nSEQUENCE:0\r\nDTSTAMP:20270102T030405Z\r\n");
  expect(block).toContain("\r\nSEQUENCE:1\r\nDTSTAMP:20270203T040506Z\r\n");
  expect(block).toContain("\r\nLAST-MODIFIED:20270203T040506Z\r\n");
  for (const [uid, text] of after) if (uid !== uidOf("6000007")) expect(text).toContain("\r\nSEQUENCE:0\r\n");
});

test("a SEQUENCE never goes back, whatever the journal remembers", async () => {
  const file = await place();
  const target = open(file);
  await target.insert(wanted({ id: "1" }), { ...first, sequence: 5 });
  await open(file).insert(wanted({ id: "1" }), first);
  expect(await readFile(file, "utf8")).toContain("\r\nSEQUENCE:5\r\n");
  await open(file).insert(wanted({ id: "1", venue: null }), first);
  expect(await readFile(file, "utf8")).toContain("\r\nSEQUENCE:6\r\n");
});

test("equal matches are equal bytes, over restarts and in whatever order they came", async () => {
  const events = many(40);
  const [one, other] = [await place(), await place()];
  await insertAll(open(one), events);
  for (const event of events.toReversed()) await open(other).insert(event, first);
  const { text, etag, modified } = open(one).text();
  expect(await readFile(other, "utf8")).toBe(text);

  const { mtimeMs } = await stat(one);
  const restarted = open(one);
  await restarted.list(null);
  await insertAll(restarted, events, { ...second, sequence: 0 });
  expect(restarted.text()).toEqual({ text, etag, modified });
  expect((await stat(one)).mtimeMs).toBe(mtimeMs);
});

test("everything at once becomes one write, and no draft is left", async () => {
  const file = await place();
  const target = open(file);
  await target.list(null);
  const seen = new Set<string>();
  let done = false;
  const look = async (): Promise<void> => {
    while (!done) seen.add(await readFile(file, "utf8"));
  };
  const looking = look();
  await insertAll(target, many(500));
  await Promise.all(many(500).map(({ id: matchId }, n) => (n % 2 === 0 ? target.remove(knownOf(matchId)) : undefined)));
  done = true;
  await looking;
  // Never a half: empty, 500 or 250 events.
  expect([...seen].map((text) => blocks(text).size).every((size) => [0, 500, 250].includes(size))).toBe(true);
  expect((await target.list(null)).items).toHaveLength(250);
  expect(await readdir(join(file, ".."))).toEqual(["calendar.ics"]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

const knownOf = (matchId: string): Found => ({
  id: matchId,
  remoteId: uidOf(matchId),
  etag: null,
  hash: null,
  actual: "",
  start: null,
  cancelled: false,
});

test("what a person did to the file is seen, and can be put right", async () => {
  const file = await place();
  const target = open(file);
  const events = many(3);
  await insertAll(target, events);
  const listing = await target.list(null);
  expect(await target.list(listing.token)).toEqual({ ...listing, kind: "delta", items: [] });

  const [gone = "", edited = ""] = [...blocks(target.text().text).values()];
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(gone, "").replace(edited, edited.replace("SUMMARY:", "SUMMARY:Obs! ")));
  const found = await target.list(listing.token);
  expect(found.kind).toBe("full");
  expect(found.items).toHaveLength(2);
  expect(found.items.filter(({ hash, actual }) => hash !== actual)).toHaveLength(1);

  const [, different] = found.items.filter(({ hash, actual }) => hash !== actual).concat(found.items);
  expect(different).toBeDefined();
  await Promise.all(events.map((event) => target.update(event, knownOf(event.id), first)));
  expect(await readFile(file, "utf8")).toBe(text);

  await rm(file);
  expect((await target.list(null)).items).toEqual([]);
  await insertAll(target, events);
  expect(await readFile(file, "utf8")).toBe(text);
});

test("what a person has put into the file stays there", async () => {
  const file = await place();
  const own =
    "BEGIN:VEVENT\r\nUID:mine@example.com\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20270101T000000Z\r\nX-OWN:a\\,b\r\nEND:VEVENT\r\n";
  const target = open(file);
  await insertAll(target, many(2));
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("END:VCALENDAR", `${own}END:VCALENDAR`));
  expect((await target.list(null)).items).toHaveLength(2);
  await target.remove(knownOf("6000000"));
  expect(await readFile(file, "utf8")).toContain(own);
  await open(file).insert(wanted({ id: "9" }), first);
  expect(await readFile(file, "utf8")).toContain(own);
});

test("a copy of one of our events is the copier's", async () => {
  const file = await place();
  const target = open(file);
  await target.insert(wanted({ id: "1" }), first);
  const text = await readFile(file, "utf8");
  const [block = ""] = blocks(text).values();
  const copy = block.replace(/UID:.*\r\n/, "UID:copy@example.com\r\n");
  await writeFile(file, text.replace(block, block + copy));
  expect((await target.list(null)).items).toHaveLength(1);
  await target.insert(wanted({ id: "1", venue: "Ny plan" }), second);
  expect(await readFile(file, "utf8")).toContain("UID:copy@example.com\r\n");
});

test("a file that is no calendar is put aside", async () => {
  const file = await place();
  await writeFile(file, "<html>");
  const target = open(file);
  expect(target.text().text).toContain("BEGIN:VCALENDAR");
  expect((await target.list(null)).items).toEqual([]);
  expect(await readFile(`${file}.damaged`, "utf8")).toBe("<html>");
  await target.insert(wanted({ id: "1" }), first);
  expect((await open(file).list(null)).items).toHaveLength(1);
});

test("drafts of a killed process are swept away", async () => {
  const file = await place();
  await writeFile(`${file}.0badcafe.tmp`, "BEGIN:VCAL");
  open(file);
  expect(await readdir(join(file, ".."))).toEqual([]);
});

test("a file that is a link is written through it, also to where nothing is yet", async () => {
  const file = await place();
  const elsewhere = join(file, "..", "shared");
  await mkdir(elsewhere);
  await symlink(join("shared", "season.ics"), file);
  await writeFile(join(elsewhere, "season.ics.0badcafe.tmp"), "BEGIN:VCAL");
  const target = open(file);
  await target.insert(wanted({ id: "1" }), first);
  await target.insert(wanted({ id: "2" }), first);
  expect((await lstat(file)).isSymbolicLink()).toBe(true);
  expect(await readdir(elsewhere)).toEqual(["season.ics"]);
  expect(await readFile(join(elsewhere, "season.ics"), "utf8")).toBe(target.text().text);
  await writeFile(file, "<html>");
  expect((await open(file).list(null)).items).toEqual([]);
  expect((await readdir(elsewhere)).toSorted()).toEqual(["season.ics", "season.ics.damaged"]);
  expect((await lstat(file)).isSymbolicLink()).toBe(true);
});

test("what is put aside leaves its rights to what comes after it", async () => {
  const file = await place();
  await writeFile(file, "<html>");
  await chmod(file, 0o640);
  await open(file).list(null);
  for (const one of [file, `${file}.damaged`]) expect((await stat(one)).mode & 0o777, one).toBe(0o640);
});

test.runIf(process.platform !== "win32").each(["a pipe", "a link to a pipe"])(
  "%s in its place is never opened, moved or replaced",
  async (what) => {
    const fifo = await pipe();
    const file = what === "a pipe" ? fifo : await place();
    if (file !== fifo) await symlink(fifo, file);
    const target = open(file);
    await expect(target.list(null)).rejects.toThrow("The calendar file cannot be read: it is no ordinary file.");
    await expect(target.insert(wanted({ id: "1" }), first)).rejects.toThrow("it is no ordinary file");
    expect((await stat(file)).isFIFO()).toBe(true);
    for (const one of [fifo, file]) expect(await readdir(join(one, ".."))).toHaveLength(1);
  },
);

test("a link in a circle is a problem with a sentence", async () => {
  const file = await place();
  await symlink("calendar.ics", file);
  await expect(open(file).insert(wanted({ id: "1" }), first)).rejects.toThrow(/^The calendar file cannot be written: /);
  expect((await lstat(file)).isSymbolicLink()).toBe(true);
});

test("a file that cannot be read or written is a problem with a sentence, and mends itself", async () => {
  const file = await place();
  await mkdir(file);
  const target = open(file);
  const expectProblem = async (call: Promise<unknown>, message: RegExp): Promise<void> => {
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(TargetProblem);
    expect(error).toMatchObject({ problem: { kind: "calendar-file", message: expect.stringMatching(message) } });
  };
  await expectProblem(target.list(null), /cannot be read: a folder of that name is in its place\.$/);
  await expectProblem(target.insert(wanted({ id: "1" }), first), /cannot be written: a folder .* is in its place\.$/);
  expect(await readdir(join(file, ".."))).toEqual(["calendar.ics"]);
  await rm(file, { recursive: true });
  await target.insert(wanted({ id: "1" }), first);
  expect((await target.list(null)).items).toHaveLength(1);
});

test("whatever words a match brings, they are read back as they were written", async () => {
  const words = fc.string({ unit: "binary", maxLength: 60 });
  const matches = fc.record({
    id: fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
    home: fc.option(words),
    venue: fc.option(words),
    competition: fc.option(words),
    kickoff: fc.date({ min: new Date("2025-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
    status: fc.constantFrom("scheduled" as const, "cancelled" as const, "abandoned" as const),
  });
  const file = await place();
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(matches, { selector: ({ id }) => id, maxLength: 8 }), async (list) => {
      await rm(file, { force: true });
      const events = list.map(({ kickoff, ...facts }) => wanted({ ...facts, kickoff: instantOf(kickoff.getTime()) }));
      const written = await insertAll(open(file), events);
      const target = open(file);
      const listing = await target.list(null);
      expect(new Set(listing.items)).toEqual(new Set(written));
      expect(listing.items.every(({ hash, actual }) => hash === actual)).toBe(true);
      expect(
        target
          .text()
          .text.split("\r\n")
          .every((line) => octets(line) <= 75),
      ).toBe(true);
      expect(target.text().text).toBe(await readFile(file, "utf8"));
    }),
    { numRuns: 50 },
  );
});

test("a file that takes long to write is written rarely, and then with all that waited", async () => {
  const file = await place();
  const looks: number[] = [];
  const rests: { readonly ms: number; readonly goOn: () => void }[] = [];
  const target = createIcsTarget({
    file,
    log: silentLog,
    clock: {
      now: Date.now,
      // From one look to the next it takes a moment: so does a write.
      elapsed: () => looks.push(0) * 50,
      after: (ms, goOn) => {
        rests.push({ ms, goOn });
        return () => undefined;
      },
    },
  });
  const written = async (): Promise<number> => blocks(await readFile(file, "utf8")).size;
  const [one, ...others] = many(20);
  if (one === undefined) throw new Error("There are twenty.");
  await target.insert(one, first);
  const later = insertAll(target, others);
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  expect([looks.length, await written(), ...rests.map(({ ms }) => ms)]).toEqual([2, 1, 450]);
  rests[0]?.goOn();
  await later;
  expect([looks.length, await written(), rests.length]).toEqual([4, 20, 2]);
});

test("while many events are made anew, everybody else has their turn", async () => {
  const target = open(await place());
  let made = 0;
  let most = 0;
  const watched = many(500).map((event): WantedEvent => {
    const { position, ...rest } = event;
    return {
      ...rest,
      get position() {
        made += 1;
        return position;
      },
    };
  });
  let isWritten = false;
  const all = insertAll(target, watched).then((found) => {
    isWritten = true;
    return found;
  });
  while (!isWritten) {
    most = Math.max(most, made);
    made = 0;
    await new Promise(setImmediate);
  }
  expect(await all).toHaveLength(500);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(100);
});
