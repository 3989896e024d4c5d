import { z } from "zod";
import type { Alert } from "../../shared/alert.ts";
import type { FeedSubject, FeedsListener } from "../../shared/calendar-feed.ts";
import type { ClusterStatus, Gap, NodeReport } from "../../shared/connection.ts";
import type { Handlers } from "../../shared/contract.ts";
import { matchesWaiting } from "../../shared/desk.ts";
import { minuteMs } from "../../shared/duration.ts";
import { instantOf } from "../../shared/instant.ts";
import { type Language, languageFor } from "../../shared/language.ts";
import type { LogLevel } from "../../shared/log.ts";
import type { Match } from "../../shared/match.ts";
import { messengerNameSchema } from "../../shared/outward.ts";
import type { Problem, ProblemKind } from "../../shared/problem.ts";
import { type Delta, type Snapshot, windowLimits } from "../../shared/snapshot.ts";
import { formatFor } from "../../shared/text/format.ts";
import type { Wording } from "../../shared/text/sentences.ts";
import { textsFor } from "../../shared/text/texts.ts";
import { createActLog } from "../access/act-log.ts";
import { withActs } from "../access/acts.ts";
import { readNoticed } from "../alerts/match-news.ts";
import { createNotices, type Notice, noticeKeyOf, type PutOff } from "../alerts/notices.ts";
import type { EventStyle } from "../calendar/style.ts";
import { type CalendarWriter, createContents } from "../calendar-feeds/content.ts";
import { type CalendarFeeds, createCalendarFeeds } from "../calendar-feeds/feeds.ts";
import { createSelection } from "../calendar-feeds/selection.ts";
import { runChecks } from "../checks/checks.ts";
import { createCurrentSettings } from "../config/current.ts";
import type { Resolved } from "../config/resolve.ts";
import { emptyEntry, readEntries, tickOf } from "../desk/entries.ts";
import { createRepeater } from "../every.ts";
import { type Codec, createFeed } from "../feed/feed.ts";
import type { Journal } from "../journal.ts";
import { createMatchBook } from "../matches/book.ts";
import { createNear } from "../matches/near.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Messenger } from "../outward/messenger.ts";
import { createOutward } from "../outward/outward.ts";
import { createReferees } from "../people/referees.ts";
import type { Clock, DeskLog, Digest, Log, MatchSource, RollCall, Subscription } from "../ports.ts";
import { contactsEraser, type Eraser } from "../retention/eraser.ts";
import { createPersonalData } from "../retention/personal-data.ts";
import { createRetirement } from "../retention/retirement.ts";
import { createSignal } from "../signal.ts";
import type { Totals } from "../stats/minutes.ts";
import type { Targets } from "../targets/targets.ts";
import { unfailing } from "../unfailing-log.ts";
import { createPublisher, type Part } from "../window/publisher.ts";
import { createViews } from "../window/views.ts";
import { createWriteBehind } from "../write-behind.ts";
import { createAlertKeeper } from "./alert-keeper.ts";
import { createAttention } from "./attention.ts";
import { createCleaner } from "./cleaner.ts";
import { createCounts } from "./counts.ts";
import { createCourier } from "./courier.ts";
import { createDesk } from "./desk.ts";
import type { Desktop, SaveSettings } from "./desktop.ts";
import { type AccessState, createDoorState, type Door } from "./door-state.ts";
import { actHandlers } from "./handlers/acts.ts";
import { alertHandlers } from "./handlers/alerts.ts";
import { appHandlers } from "./handlers/app.ts";
import { calendarHandlers } from "./handlers/calendars.ts";
import { deskHandlers } from "./handlers/desk.ts";
import { feedHandlers } from "./handlers/feeds.ts";
import { googleHandlers } from "./handlers/google.ts";
import { healthHandlers } from "./handlers/health.ts";
import { matchHandlers } from "./handlers/matches.ts";
import { messageHandlers } from "./handlers/messages.ts";
import { migrationHandlers } from "./handlers/migration.ts";
import { outwardHandlers } from "./handlers/outward.ts";
import { peopleHandlers } from "./handlers/people.ts";
import { redisHandlers } from "./handlers/redis.ts";
import { settingsHandlers } from "./handlers/settings.ts";
import { type TokenBook, tokenHandlers } from "./handlers/tokens.ts";
import { type TrySetting, trialHandlers } from "./handlers/trials.ts";
import { unsentHandlers } from "./handlers/unsent.ts";
import { createHealth } from "./health.ts";
import { createJournalState } from "./journal-state.ts";
import { createLastAttempts } from "./last-attempts.ts";
import { createNewest } from "./newest.ts";
import { createNodes } from "./nodes.ts";
import { createWatch } from "./watch.ts";

const tickMs = 30_000;

/** What happens on one node is timed by its own clock, and what people say by that of what the nodes share; they differ by less. */
const clocksDifferMs = minuteMs;

/** What was put off by quiet hours, and what waited in matches, in the journal's small facts. */
const putOffFact = "notices-put-off";
const noticedFact = "notices-matches";
const formats = { sv: formatFor("sv"), en: formatFor("en") };

/** What the calendar engine tells the service. */
export type CalendarEvents = {
  readonly onStatus: () => void;
  readonly onPlacements: (matchIds: readonly string[]) => void;
  readonly onResults: (results: { readonly done: number; readonly failed: number }) => void;
};

export type ServiceOptions = {
  readonly version: string;
  readonly mode: "demo" | "live";
  readonly resolved: Resolved;
  readonly shownRedisUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly digest: Digest;
  readonly codec: Codec;
  readonly journal: Journal;
  /** null: Redis is switched off. */
  readonly subscription: Subscription | null;
  /** null: this service shares no log with others. */
  readonly deskLog: DeskLog | null;
  /** The same. */
  readonly rollCall: RollCall | null;
  /** null: no list over HTTP is configured. */
  readonly source: MatchSource | null;
  readonly calendars: (events: CalendarEvents) => Targets;
  /** Matches as the file of a calendar of that name. */
  readonly calendarFile: (name: string, matches: readonly Match[]) => string;
  /** The calendars that are followed by secret addresses. */
  readonly calendarFeeds: {
    readonly writer: CalendarWriter;
    readonly style: EventStyle;
    readonly calendarName: (kind: FeedSubject["kind"], name: string | null) => string;
    /** How others reach them; null: as this machine listens. */
    readonly publicAddress: string | null;
    /** A text that nobody can guess. */
    readonly secret: () => string;
  };
  readonly desktop: Desktop | null;
  /** null: the program that has the service in it has its settings. */
  readonly saveSettings: SaveSettings | null;
  readonly tokens: TokenBook;
  readonly trySetting: TrySetting;
  readonly setLogLevel: (level: LogLevel, part: string | null) => void;
  readonly remedyFor: (kind: ProblemKind) => string;
  /** Tells a person; null where nobody sits. */
  readonly onNotice: ((notice: Notice) => void) | null;
  /** By which notices leave the machine. */
  readonly messengers: readonly Messenger[];
  /** The languages of the machine, where the settings name none. */
  readonly preferredLanguages: readonly string[];
  /** What these notices tell of is over: keys of alerts and of matches. */
  readonly onNoticesOver: (keys: readonly string[]) => void;
};

/** How the service is doing at this moment: what scripts watch. Cheap, since they ask often. */
export type Readings = Pick<
  Snapshot,
  "connection" | "source" | "health" | "counters" | "alerts" | "gaps" | "targets"
> & {
  /** The newest message and change in the journal; 0 where there is none. */
  readonly lastIds: { readonly message: number; readonly change: number };
  readonly totals: Totals;
  /** Messages that were let go, since there was no more room for them to wait in. */
  readonly letGo: number;
  readonly cluster: ClusterStatus | null;
};

export type Service = {
  readonly handlers: Handlers;
  /** Of commands whose answer is known to be the same: another text whenever it may be another, also in the next run. */
  readonly revisions: { readonly matches: () => string };
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** The machine woke from sleep: connection, list and calendars are looked at now, whatever they wait for. */
  readonly woke: () => void;
  /** Something failed that nobody had thought of, outside of everything that was asked. */
  readonly unforeseen: (problem: Problem) => void;
  readonly subscribe: (listener: (delta: Delta) => void) => () => void;
  readonly snapshot: () => Snapshot;
  /** The number of the newest delta. */
  readonly lastDelta: () => number;
  readonly readings: () => Readings;
  /** The calendars that are followed by secret addresses, by those secrets. */
  readonly calendarFeeds: Pick<CalendarFeeds, "find" | "has">;
  /** How the listener stands that serves those calendars to the outside; null: none is wanted. */
  readonly setFeedsListener: (state: FeedsListener) => void;
  /** What is wrong with that listener's certificate while it is open. */
  readonly setFeedsCertificate: (problem: Problem | null) => void;
  /** How the HTTP door stands; null: there is none. */
  readonly setDoor: (state: Door | null) => void;
  /** Whom that door lets in. */
  readonly setAccess: (state: AccessState) => void;
  /** What is wrong with its certificate while it is open. */
  readonly setCertificate: (problem: Problem | null) => void;
  /** New settings that need no restart. */
  readonly setResolved: (resolved: Resolved) => void;
  readonly notificationsMuted: () => boolean;
};

/** The service, whole: wires the rooms of core together and answers the contract. No I/O but through its options. */
export const createService = (options: ServiceOptions): Service => {
  const { clock, journal, mode, version } = options;
  const log = unfailing(options.log);
  const now = () => instantOf(clock.now());
  const startedAt = now();
  const run = `${startedAt}-${clock.random()}`;
  const loaded = journal.load();

  const moved = createSignal<readonly Part[]>(log);
  const targetsMoved = createSignal<null>(log);
  const placed = createSignal<readonly string[]>(log);
  const results = createSignal<Parameters<CalendarEvents["onResults"]>[0]>(log);
  const news = createSignal<Alert>(log);

  const writeBehind = createWriteBehind({ journal, clock, log: log.part("journal") });
  const settings = createCurrentSettings(options.resolved);
  const counts = createCounts({ clock, journal, loaded, startedAt });
  const newest = createNewest(loaded);
  const attention = createAttention({ loaded, writeBehind });
  const attempts = createLastAttempts({ hasSource: options.source !== null, now });
  const door = createDoorState(now);

  const calendars = options.calendars({
    onStatus: () => targetsMoved.say(null),
    onPlacements: placed.say,
    onResults: results.say,
  });
  const entries = readEntries(loaded.meta);
  const book = createMatchBook({
    records: loaded.matches,
    changes: loaded.changes,
    newestChanges: loaded.newestChanges,
    now: clock.now,
    placements: calendars.placements,
    written: (id) => entries.get(id) ?? emptyEntry,
  });
  const feed = createFeed({
    clock,
    log,
    codec: options.codec,
    journal,
    writeBehind,
    book,
    loaded,
    config: settings.config,
    subscription: options.subscription,
    deskLog: options.deskLog,
    takeWord: async (word, at) => {
      const by = instantOf(Date.parse(at) + clocksDifferMs);
      switch (word.kind) {
        case "erase":
          await personalData.erase(word.name);
          return;
        case "acknowledge":
        case "snooze":
        case "reactivate":
          return alerts.take(word, { at, begunBy: by });
        case "feeds":
        case "revoke-feed":
          return calendarFeeds.take(word);
        case "removals":
          calendars.answer(word.target, word, { go: word.go, by });
          return;
        default:
          return desk.take(word, at);
      }
    },
    source: options.source,
  });
  const views = createViews({ book, placed: calendars.revision });
  const courier = createCourier({ clock, isBusy: feed.isBusy, records: book.records, deliver: calendars.changed });

  const alerts = createAlertKeeper({
    loaded: loaded.alerts,
    lastId: loaded.lastIds.alert,
    now,
    writeBehind,
    onChange: () => moved.say(["alerts", "health"]),
    onNews: news.say,
    onOver: options.onNoticesOver,
  });
  const watch = createWatch({
    alerts,
    clock,
    maxRetries: () => settings.config().REDIS_MAX_RETRIES,
    demo: mode === "demo",
  });
  const journalState = createJournalState({
    journal,
    now,
    onState: watch.journal,
    onIncident: watch.incident,
    isUnseen: alerts.isUnseen,
    onChange: () => moved.say(["health"]),
  });

  const missed = (): readonly Gap[] =>
    feed.gaps().filter(({ state, from }) => state === "unfilled" && alerts.isUnseen({ kind: "gap", from }));
  const { health, faults } = createHealth(
    () => ({
      connection: attempts.connection() ?? feed.connection(),
      source: attempts.source(),
      sourceFailingSince: attempts.sourceFailingSince(),
      missed: missed(),
      cluster: feed.clusterTrouble(),
      targets: calendars.status(),
      lacking: settings.lacking(),
      journal: journalState.faults(),
      door: door.trouble(),
      alerts: alerts.alerts(),
      startedAt,
    }),
    now,
  );

  const directory = createReferees({
    records: () => book.records.values(),
    revision: book.revision,
    digest: options.digest,
  });
  let feedsListener: FeedsListener = null;
  const selection = createSelection({ records: book.records, revision: book.revision, directory, clock });
  const calendarFeeds = createCalendarFeeds({
    facts: loaded.meta,
    records: book.records,
    selection,
    directory,
    contentOf: createContents({
      ...options.calendarFeeds,
      digest: options.digest,
      now: clock.now,
      version,
    }),
    calendarName: options.calendarFeeds.calendarName,
    base: () =>
      options.calendarFeeds.publicAddress ??
      (feedsListener?.open === true ? feedsListener.address : null) ??
      door.reachable(),
    digest: options.digest,
    secret: options.calendarFeeds.secret,
    clock,
    log: log.part("calendar"),
    write: feed.write,
    writeBehind,
    tellAll: feed.tell,
  });
  const desk = createDesk({
    entries,
    journal,
    clock,
    book,
    directory,
    targets: calendars.status,
    alerts: alerts.alerts,
    lastChangeId: () => counts.lastIds().change,
    tellAll: feed.tell,
    write: feed.write,
    onEntry: (id) => placed.say([id]),
    onTodo: (subjects) => {
      if (subjects.length > 0) publisher.addTodo(subjects);
      notices?.matches();
      outward.matches();
    },
  });

  const publisher = createPublisher({
    clock,
    log: log.part("app"),
    view: book.view,
    near: createNear(book),
    todo: desk.itemsIn,
    parts: {
      connection: feed.connection,
      source: feed.source,
      health,
      counters: counts.counters,
      lastCycle: newest.lastCycle,
      seenChangeId: attention.seenChangeId,
      alerts: alerts.alerts,
      gaps: feed.gaps,
      quarantine: counts.quarantine,
      targets: calendars.status,
      settings: () => settings.resolved().settings,
      httpAddress: door.address,
      calendarAddress: door.calendarAddress,
      notificationsMuted: attention.isMuted,
      messengers: () => outward.status(),
      waiting: desk.waiting,
      attachment: () => null,
    },
    snapshot: () => ({
      version,
      mode,
      startedAt,
      matches: book.views(),
      changes: newest.changes(),
      messages: journal.messages({ limit: windowLimits.messages }),
      todo: desk.items(),
    }),
  });
  const notices =
    options.onNotice === null
      ? null
      : createNotices({
          rules: () => ({
            notify: settings.config().AVSPARK_NOTIFY,
            matchHours: settings.config().AVSPARK_NOTIFY_MATCHES,
            quietHours: settings.config().AVSPARK_QUIET_HOURS,
            muted: attention.isMuted(),
            stockholmTime: formats.sv.time(clock.now()),
          }),
          alerts: alerts.alerts,
          waiting: () => matchesWaiting(desk.items()),
          now: clock.now,
          putOff: readIds(loaded.meta[putOffFact]),
          noticed: readNoticed(loaded.meta[noticedFact]),
          onPutOff: (ids) =>
            writeBehind.write({ meta: { [putOffFact]: ids.length === 0 ? null : JSON.stringify(ids) } }),
          onNoticed: (noticed) => writeBehind.write({ meta: { [noticedFact]: JSON.stringify(noticed) } }),
          show: options.onNotice,
          onMatchesOver: (matchIds) => options.onNoticesOver(matchIds.map(noticeKeyOf)),
        });

  const outward = createOutward({
    messengers: options.messengers,
    ...{ clock, log: log.part("notify"), digest: options.digest, writeBehind, meta: loaded.meta },
    rules: () => ({
      alerts: settings.config().AVSPARK_NOTIFY_OUTWARD,
      matchKinds: settings.config().AVSPARK_NOTIFY_OUTWARD_MATCHES,
      matchHours: settings.config().AVSPARK_NOTIFY_MATCHES,
      quietHours: settings.config().AVSPARK_QUIET_HOURS,
      names: settings.config().AVSPARK_NOTIFY_NAMES,
    }),
    wording: () => wordingFor(languageFor(settings.config().AVSPARK_LANGUAGE, options.preferredLanguages), clock.now()),
    alerts: alerts.alerts,
    waiting: () => matchesWaiting(desk.items()),
    onStatus: () => publisher.touch("messengers"),
    onTrouble: watch.messenger,
  });

  /** The journal has erased something personal in these: memory, calendars and windows follow. */
  const erased = (records: readonly MatchRecord[], eraser: Eraser): void => {
    book.put(records, []);
    calendarFeeds.touch(records.map(({ match }) => match.id));
    newest.erase(eraser);
    calendars.erased(records, eraser);
    views.touch(null);
    publisher.addMatches(records.map(({ match }) => match.id));
  };
  const personalData = createPersonalData({
    journal,
    write: feed.write,
    writeAfterHeard: feed.writeAfterHeard,
    clock,
    records: book.records,
    decodeText: options.codec.readable,
    idOf: (official) => directory().idOf(official),
    notes: desk,
    feeds: calendarFeeds,
    onErased: (records, eraser) => {
      erased(records, eraser);
      desk.erased(eraser, null);
      alerts.erase(eraser);
      calendarFeeds.erased(eraser);
    },
  });
  const retirement = createRetirement({
    write: feed.write,
    clock,
    records: book.records,
    days: () => ({
      matches: settings.config().AVSPARK_KEEP_MATCHES_DAYS,
      personal: settings.config().AVSPARK_PERSONAL_DATA_DAYS,
    }),
    notes: desk,
    onErased: (matchIds, records) => {
      if (records.length > 0) erased(records, contactsEraser);
      desk.erased(contactsEraser, matchIds);
    },
    onArchived: (matchIds) => {
      const near = book.remove(matchIds);
      calendarFeeds.touch(matchIds);
      calendars.forget(matchIds);
      desk.forget(matchIds, near);
      views.touch([...matchIds, ...near]);
      publisher.addMatches([...matchIds, ...near]);
    },
  });
  const cleaner = createCleaner({
    journal,
    clock,
    log: log.part("journal"),
    limits: () => ({
      days: settings.config().AVSPARK_RETENTION_DAYS,
      megabytes: settings.config().AVSPARK_RETENTION_MB,
      personalDays: settings.config().AVSPARK_PERSONAL_DATA_DAYS,
    }),
    retire: retirement.slice,
    onCleaned: () => {
      counts.countQuarantine();
      publisher.touch("quarantine");
    },
  });

  moved.hear((parts) => {
    // Looked at at once, so that it is known since when all is well.
    if (parts.includes("health")) health();
    publisher.touch(...parts);
  });
  moved.hear((parts) => {
    if (parts.includes("targets") || parts.includes("alerts")) desk.soon();
  });
  news.hear((alert) => notices?.news(alert));
  placed.hear(views.touch);
  news.hear(outward.news);
  placed.hear(publisher.addMatches);
  results.hear(counts.noteResults);
  results.hear(() => moved.say(["counters"]));
  targetsMoved.hear(() => watch.targets(calendars.status()));
  targetsMoved.hear(() => moved.say(["targets", "health"]));

  feed.says.taken(counts.note);
  feed.says.taken(newest.note);
  feed.says.taken(cleaner.note);
  feed.says.taken(courier.note);
  feed.says.taken(watch.note);
  feed.says.taken(views.note);
  feed.says.taken(publisher.note);
  feed.says.taken(desk.note);
  feed.says.taken(({ moved: matches }) => calendarFeeds.touch(matches.map(({ id }) => id)));

  feed.says.connection(attempts.noteConnection);
  feed.says.connection(watch.connection);
  feed.says.connection(counts.noteConnection);
  feed.says.connection(() => moved.say(["connection", "counters", "health"]));

  feed.says.source(attempts.noteSource);
  feed.says.source(({ state }) => {
    if (state === "fetched") calendars.listed();
  });
  feed.says.source(watch.source);
  feed.says.source(() => watch.gaps(feed.gaps(), attempts.source()));
  feed.says.source(() => moved.say(["source", "health"]));

  feed.says.gaps((gaps) => watch.gaps(gaps, attempts.source()));
  feed.says.gaps(() => moved.say(["gaps", "health"]));
  feed.says.quiet(watch.quiet);
  feed.says.cluster(() => moved.say(["health"]));
  feed.says.cluster(() => calendars.following(feed.clusterTrouble()?.problem.kind !== "cluster-newer"));

  const standing = (): Omit<ClusterStatus, "nodes" | "clockOffMs" | "serverFaults"> | null => {
    const cluster = feed.cluster();
    return cluster === null ? null : { ...cluster, turns: calendars.turns() };
  };
  const nodes =
    options.rollCall === null
      ? null
      : createNodes({
          rollCall: options.rollCall,
          clock,
          log: log.part("feed"),
          report: () => reportOf(standing(), version),
          onCalled: watch.nodes,
        });
  const cluster = (): ClusterStatus | null => {
    const mine = standing();
    return mine === null || nodes === null ? null : { ...mine, ...nodes.standing() };
  };
  feed.says.refused(journalState.refused);

  const { shownRedisUrl, desktop, trySetting, setLogLevel } = options;
  const { resolved, config } = settings;
  const decodeText = options.codec.readable;
  const { counters } = counts;
  const checking = {
    ...{ resolved, config, shownRedisUrl, clock, now, journal, feed, calendars, cluster, counters, health, missed },
    remedyFor: options.remedyFor,
    isDoorOpenToAll: door.isOpenToAll,
  };

  const repeater = createRepeater(clock);

  const writeStats = (): void => {
    const stats = counts.minutes();
    if (stats.length > 0) writeBehind.write({ stats });
  };

  const doorMoved = (): void => {
    watch.door(door.trouble()?.problem ?? null);
    moved.say(["health"]);
  };

  const actLog = createActLog({ journal, writeBehind, now });
  const handlers = withActs(
    {
      ...redisHandlers({ mode, clock, settings, shownRedisUrl, feed, calendars, cluster, book, counters, health }),
      ...matchHandlers({ book, views, journal, feed, random: clock.random, startedAt }),
      ...messageHandlers({ journal, clock, book, feed, now, desktop, decodeText }),
      ...calendarHandlers({ config, feed, calendars }),
      ...healthHandlers({
        ...{ version, mode, clock, health, calendars, faults, setLogLevel },
        snapshot: publisher.snapshot,
        runChecks: (choice) => runChecks(checking, choice),
      }),
      ...unsentHandlers,
      ...alertHandlers({ alerts, attention, touch: publisher.touch, tellAll: feed.tell }),
      ...trialHandlers({ resolved, trySetting }),
      ...outwardHandlers({ outward }),
      ...googleHandlers({ desktop, calendars }),
      ...settingsHandlers({ resolved, save: options.saveSettings }),
      ...migrationHandlers({ resolved, desktop }),
      ...appHandlers({ desktop }),
      ...peopleHandlers({
        directory,
        tickOf: (matchId, personId) => tickOf(entries.get(matchId) ?? emptyEntry, personId),
        contactsOf: calendars.contacts,
        calendarFile: options.calendarFile,
        personalData,
        tellAll: feed.tell,
      }),
      ...deskHandlers({ book, desk, directory }),
      ...feedHandlers({ feeds: calendarFeeds, directory, listener: () => feedsListener }),
      ...actHandlers({ journal }),
      ...tokenHandlers(options.tokens),
    },
    actLog.note,
  );

  return {
    handlers,
    revisions: { matches: () => `${run}-${views.revision()}` },
    start: () => {
      journalState.start();
      calendars.start(loaded.matches);
      feed.start();
      nodes?.start();
      // Who shares nothing with others any more has lost nobody.
      if (nodes === null) watch.nodes([]);
      repeater.every(5000, writeStats);
      let lastTick = clock.now();
      repeater.every(tickMs, () => {
        alerts.wake();
        notices?.tick();
        outward.tick();
        watch.targets(calendars.status());
        const turned = book.turnedSince(lastTick);
        if (turned.length > 0) views.touch(turned);
        publisher.addMatches(turned);
        lastTick = clock.now();
        desk.soon();
        calendarFeeds.settle();
      });
      cleaner.start();
      // What an earlier run could not send, and nothing waits to be sent of, nobody needs to mend.
      const stuck = new Set(outward.status().flatMap(({ name, waiting }) => (waiting > 0 ? [name] : [])));
      for (const name of messengerNameSchema.options) if (!stuck.has(name)) watch.messenger(name, null);
      log.info("service started", { mode, version, matches: loaded.matches.length });
    },
    stop: async () => {
      repeater.stop();
      cleaner.stop();
      desk.stop();
      await Promise.all([feed.stop(), nodes?.stop(), outward.stop()]);
      courier.flush();
      await calendars.stop();
      writeStats();
      calendarFeeds.stop();
      await writeBehind.stop();
      publisher.stop();
      log.info("service stopped");
    },
    woke: () => {
      feed.woke();
      calendars.hurry();
    },
    unforeseen: (problem) => watch.incident({ kind: "incident", level: "critical", problem }),
    subscribe: publisher.subscribe,
    snapshot: publisher.snapshot,
    lastDelta: publisher.seq,
    readings: () => ({
      connection: feed.connection(),
      source: feed.source(),
      health: health(),
      counters: counters(),
      alerts: alerts.alerts(),
      gaps: feed.gaps(),
      targets: calendars.status(),
      lastIds: counts.lastIds(),
      totals: counts.totals(),
      letGo: feed.letGo(),
      cluster: cluster(),
    }),
    calendarFeeds,
    setFeedsListener: (state) => {
      feedsListener = state;
      watch.feedsDoor(state?.open === false ? state.problem : null);
    },
    setFeedsCertificate: watch.feedsDoor,
    setDoor: (state) => {
      door.set(state);
      watch.door(door.trouble()?.problem ?? null);
      moved.say(["httpAddress", "calendarAddress", "health"]);
    },
    setAccess: (state) => {
      door.setAccess(state);
      doorMoved();
    },
    setCertificate: (problem) => {
      door.setCertificate(problem);
      doorMoved();
    },
    setResolved: (next) => {
      settings.set(next);
      publisher.touch("settings");
    },
    notificationsMuted: attention.isMuted,
  };
};

/** What is said to the other nodes of how this one does. */
const reportOf = (
  cluster: Pick<ClusterStatus, "log" | "unsaid" | "problem" | "turns"> | null,
  version: string,
): NodeReport => ({
  version,
  behind: cluster?.log.behind ?? null,
  unsaid: cluster?.unsaid ?? 0,
  problem: cluster?.problem?.kind ?? null,
  writes: (cluster?.turns ?? []).filter(({ isOurs }) => isOurs).map(({ target }) => target),
});

const wordingFor = (language: Language, now: number): Wording => ({
  ...{ texts: textsFor(language), format: formats[language], now },
});

/** Ids that cannot be read are of notices that nobody misses. */
const readIds = (text: string | undefined): PutOff => {
  try {
    return z.array(z.union([z.int(), z.string()])).parse(JSON.parse(text ?? "[]"));
  } catch {
    return [];
  }
};
