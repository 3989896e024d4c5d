import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { z } from "zod";
import type { CalendarTarget, WantedEvent } from "../../src/core/calendar/port.ts";
import { styleOf, usualStyle } from "../../src/core/calendar/style.ts";
import { resolveConfig } from "../../src/core/config/resolve.ts";
import type { Found } from "../../src/core/keeper/item.ts";
import type { Clock, Subscription } from "../../src/core/ports.ts";
import { createService, type Service } from "../../src/core/service/service.ts";
import { calendarEntries } from "../../src/core/targets/calendar-entries.ts";
import { createTargets } from "../../src/core/targets/targets.ts";
import { createIcsTarget } from "../../src/main/adapters/ics/target.ts";
import { blobSchema, openDatabase } from "../../src/main/adapters/journal/database.ts";
import { openJournal } from "../../src/main/adapters/journal/open.ts";
import { unpack } from "../../src/main/adapters/journal/pack.ts";
import { decodeText, readableText } from "../../src/main/adapters/text.ts";
import { raise } from "../../src/shared/problem.ts";
import { rememberingLog } from "../fixtures/remembering-log.ts";
import { until } from "../fixtures/until.ts";

const dayMs = 86_400_000;
/** What is said of a match before it is played: so many days ahead, then now and then, and on the day after. */
const announcedDays = 30;
const channel = "fogis:matches:updates";

export type Seasons = {
  readonly folder: string;
  readonly days: number;
  readonly matchesPerDay: number;
  readonly settings: Readonly<Record<string, string>>;
  /** In memory instead of a file, which is written whole and so takes longer the more there is in it. */
  readonly calendar: "file" | "memory";
  /** Every so many days, and at the end. */
  readonly onLook: (day: number, heapMegabytes: number) => void;
  readonly every: number;
};

/** The number of each match's referee: it says which match that was. */
const phoneOf = (match: number): string => `07${String(match).padStart(8, "0")}`;
const phonePattern = /(?<![0-9a-f])07\d{8}(?![0-9a-f])/g;

/** Time that passes in leaps: what is due by then is done once, and what that begins soon after. */
const createLeapingClock = (start: number) => {
  let now = start;
  let order = 0;
  const timers = new Map<number, { readonly at: number; readonly task: () => void }>();
  const clock: Clock = {
    now: () => now,
    elapsed: () => now - start,
    random: () => 0.5,
    after: (ms, task) => {
      order += 1;
      const id = order;
      timers.set(id, { at: now + Math.max(0, ms), task });
      return () => timers.delete(id);
    },
  };
  const leap = (ms: number): void => {
    now += ms;
    const due = [...timers].filter(([, { at }]) => at <= now).sort(([, a], [, b]) => a.at - b.at);
    for (const [id, { task }] of due) if (timers.delete(id)) task();
  };
  return { clock, leap, timers: () => timers.size };
};

/** A Redis that is always there, and that says what it is told to. */
const createSubscription = () => {
  let hear: (channel: string, payload: Uint8Array) => void = () => raise("redis-closed", "Nobody listens yet.");
  const subscription: Subscription = {
    open: async ({ onMessage }) => {
      hear = onMessage;
      return {
        subscribe: async ({ required }) => required,
        stream: null,
        probe: async () => ({ proof: "publish", trouble: null }),
        close: () => undefined,
      };
    },
  };
  return { subscription, publish: (text: string): void => hear(channel, Buffer.from(text)) };
};

/** Somebody else's calendar, which lists what is not older than a month. */
const createMemoryCalendar = (clock: Pick<Clock, "now">): CalendarTarget => {
  const events = new Map<string, Found>();
  const put = async ({ id, hash, start, cancelled }: WantedEvent): Promise<Found> => {
    const found: Found = { id, remoteId: id, etag: null, hash, actual: hash, start, cancelled };
    events.set(id, found);
    return found;
  };
  return {
    name: "google",
    id: "memory",
    label: "Matcher",
    list: async () => {
      for (const [id, { start }] of events)
        if (start !== null && Date.parse(start) < clock.now() - 30 * dayMs) events.delete(id);
      return { kind: "full", items: [...events.values()], removed: [], token: null };
    },
    insert: put,
    update: put,
    remove: async ({ id }) => void events.delete(id),
    isOursAlone: () => false,
    close: () => undefined,
  };
};

const update = (matches: readonly object[], day: number, part: string): string =>
  JSON.stringify({ message_id: `${day}-${part}`, type: "match_updates", payload: { matches } });

const collectGarbage = (): void => {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
};
const heapMegabytes = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
};

/** Runs a service through so many days, with matches that are announced, changed and played on each. */
export const liveThrough = async (seasons: Seasons) => {
  const { folder, days, matchesPerDay, settings, onLook, every } = seasons;
  const start = Date.parse("2027-01-01T10:00:00.000Z");
  const { clock, leap } = createLeapingClock(start);
  const log = rememberingLog([]);
  const file = join(folder, "journal.db");
  const { journal, calendars: store, close } = await openJournal({ file, log });
  const { subscription, publish } = createSubscription();
  let cleaned = 0;
  const calendar =
    seasons.calendar === "file"
      ? createIcsTarget({ file: join(folder, "calendar.ics"), name: "Avspark", log, clock })
      : createMemoryCalendar(clock);
  const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
  const resolved = resolveConfig({
    environment: { REDIS_URL: "redis://localhost", REDIS_HEALTH_CHECK_INTERVAL: "3600", ...settings },
    dotenv: {},
    settings: {},
  });
  const service: Service = createService({
    version: "0",
    mode: "live",
    resolved,
    shownRedisUrl: "",
    clock,
    log,
    digest,
    codec: { text: decodeText, encode: (text) => Buffer.from(text), readable: readableText },
    journal: {
      ...journal,
      cleanSlice: async (limits) => {
        const more = await journal.cleanSlice(limits);
        if (!more) cleaned += 1;
        return more;
      },
    },
    subscription,
    deskLog: null,
    rollCall: null,
    source: null,
    messengers: [],
    preferredLanguages: ["sv"],
    calendarFile: () => "",
    calendarFeeds: {
      writer: { event: () => "", whole: () => "" },
      style: usualStyle,
      calendarName: () => "",
      publicAddress: null,
      secret: () => String(clock.random()),
    },
    calendars: (events) =>
      createTargets({
        clock,
        log,
        digest,
        targets: calendarEntries({
          calendars: [calendar],
          store,
          digest,
          keepPastDays: resolved.config.AVSPARK_KEEP_PAST_DAYS,
          style: styleOf(resolved.config),
          demo: false,
          previewFirst: false,
        }),
        onStatus: events.onStatus,
        onPlacements: events.onPlacements,
        onStats: events.onResults,
      }),
    desktop: null,
    saveSettings: null,
    tokens: { list: () => [], add: () => raise("internal", "Nobody is let in here."), revoke: () => undefined },
    trySetting: async () => raise("internal", "Nothing is tried here."),
    setLogLevel: () => undefined,
    remedyFor: () => "",
    onNotice: null,
    onNoticesOver: () => undefined,
  });

  const matchesOn = (day: number): readonly number[] =>
    Array.from({ length: matchesPerDay }, (_, index) => day * matchesPerDay + index + 1);
  const told = (id: number, day: number, facts: object = {}): object => ({
    matchid: id,
    lag1namn: `Hemma ${id % 97}`,
    lag2namn: `Borta ${id % 89}`,
    anlaggningnamn: `Plan ${id % 31}`,
    tid: `/Date(${start + day * dayMs})/`,
    domaruppdraglista: [
      {
        personnamn: `Domare ${id % 500}`,
        domarrollnamn: "Huvuddomare",
        mobiltelefon: phoneOf(id),
        epostadress: `domare${phoneOf(id)}@example.com`,
        adress: `Gatan ${phoneOf(id)}`,
      },
    ],
    ...facts,
  });

  let sent = 0;
  const say = (text: string): void => {
    sent += 1;
    publish(text);
  };
  /** Lets what is due soon be done until it is so; the journal's thread takes real time. */
  const settle = (isSo: () => boolean, what: string): Promise<unknown> =>
    until(
      async () => {
        leap(60);
        await pause(0);
        return isSo();
      },
      { everyMs: 1, withinMs: 600_000, what: () => what },
    );

  const isKept = (): boolean => service.readings().targets.every(({ state }) => state.name === "idle");

  service.start();
  await settle(() => service.readings().connection.state === "live", "a subscription");
  for (let day = 0; day < days; day += 1) {
    leap(start + (day + 1) * dayMs - clock.now());
    await settle(() => service.readings().connection.state === "live", "a subscription");
    const announced = matchesOn(day + announcedDays);
    const moved = matchesOn(day + 7).filter((id) => id % 3 === 0);
    say(
      update(
        announced.map((id) => told(id, day + announcedDays)),
        day,
        "new",
      ),
    );
    say(
      update(
        moved.map((id) => told(id, day + 7, { anlaggningnamn: `Ny plan ${id % 13}` })),
        day,
        "moved",
      ),
    );
    if (day > 0)
      say(
        update(
          matchesOn(day - 1).map((id) => told(id, day - 1, { arslutresultat: true })),
          day,
          "played",
        ),
      );
    // What cannot be read is kept as well.
    if (day % 10 === 0) say(`{"matches": [{"mobiltelefon": "${phoneOf(day * matchesPerDay + 1)}"`);
    await settle(() => service.readings().counters.received === sent, `${sent} messages`);
    const [noted] = announced;
    if (noted !== undefined) await service.handlers.note({ matchId: String(noted), text: `Ring ${phoneOf(noted)}` });
    const before = cleaned;
    leap(11 * 60_000);
    await settle(() => cleaned > before, "a journal that is clean");
    await settle(isKept, "a calendar that is kept");
    if ((day + 1) % every === 0) onLook(day + 1, heapMegabytes());
  }
  const current = (await service.handlers.matches({})).total;
  const bytes = journal.size().bytes;
  const firstDay = matchesOn(announcedDays);
  const archived = await service.handlers.match({ id: String(firstDay[0]) }).catch(() => null);
  await service.stop();
  await close();
  return {
    current,
    bytes,
    /** The timeline of a match of the first day, when it can still be read. */
    archived: archived?.changes ?? null,
    /** The days on which the matches were whose referees' telephone numbers are in some file. */
    daysWithPhones: (await phonesIn(folder)).map((phone) => Math.floor((Number(phone) - 700_000_001) / matchesPerDay)),
  };
};

/** Every telephone number in the files of a folder, the packed messages included. */
const phonesIn = async (folder: string): Promise<readonly string[]> => {
  const found = new Set<string>();
  const look = (text: string): void => {
    for (const [phone] of text.matchAll(phonePattern)) found.add(phone);
  };
  for (const name of await readdir(folder)) look((await readFile(join(folder, name))).toString("latin1"));
  const database = openDatabase({ file: join(folder, "journal.db"), log: rememberingLog([]), mode: "read" });
  for (let after = 0; ; ) {
    const [row] = database.rows(
      "SELECT first_message AS first, bytes FROM packs WHERE first_message > ? ORDER BY first_message LIMIT 1",
      [after],
      z.object({ first: z.int(), bytes: blobSchema }),
    );
    if (row === undefined) break;
    look(Buffer.from(unpack(row.bytes)).toString("latin1"));
    after = row.first;
  }
  database.close();
  return [...found];
};
