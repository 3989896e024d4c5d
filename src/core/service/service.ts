import { z } from "zod";
import type { Connection, Gap } from "../../shared/connection.ts";
import type { Handlers } from "../../shared/contract.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import type { Problem, ProblemKind } from "../../shared/problem.ts";
import { type Cycle, type Delta, type Health, type Snapshot, windowLimits } from "../../shared/snapshot.ts";
import type { Counters } from "../../shared/stats.ts";
import { formatFor } from "../../shared/text/format.ts";
import { createNotices, type Notice } from "../alerts/notices.ts";
import { runChecks } from "../checks/checks.ts";
import type { Resolved } from "../config/resolve.ts";
import { createRepeater } from "../every.ts";
import type { Outcome } from "../feed/batch.ts";
import { redactPayload } from "../feed/redact.ts";
import type { Journal } from "../journal.ts";
import { createMatchBook } from "../matches/book.ts";
import type { MatchRecord } from "../matches/record.ts";
import { createReferees } from "../people/referees.ts";
import type { Clock, Digest, Log, MatchSource, Subscription } from "../ports.ts";
import { contactsEraser, type Eraser } from "../retention/eraser.ts";
import { createPersonalData } from "../retention/personal-data.ts";
import { createRetirement } from "../retention/retirement.ts";
import { createTally, type Totals } from "../stats/minutes.ts";
import type { Targets } from "../targets/targets.ts";
import { createPublisher } from "../window/publisher.ts";
import { createAlertDesk } from "./alert-desk.ts";
import { createCleaner } from "./cleaner.ts";
import type { Desktop, ServiceContext, TrySetting } from "./context.ts";
import { createCourier } from "./courier.ts";
import { type Codec, createFeed } from "./feed.ts";
import { appHandlers } from "./handlers/app.ts";
import { calendarHandlers } from "./handlers/calendars.ts";
import { houseHandlers } from "./handlers/house.ts";
import { matchHandlers } from "./handlers/matches.ts";
import { messageHandlers } from "./handlers/messages.ts";
import { peopleHandlers } from "./handlers/people.ts";
import { redisHandlers } from "./handlers/redis.ts";
import { settingsHandlers } from "./handlers/settings.ts";
import { faultsOf, type HealthFacts, troublesOf } from "./health.ts";
import { createJournalState } from "./journal-state.ts";
import { createLedger } from "./ledger.ts";
import { createSettled } from "./settled.ts";
import { createWatch } from "./watch.ts";

const tickMs = 30_000;

/** The alerts put off by quiet hours, in the journal's small facts. */
const putOffFact = "notices-put-off";
const stockholm = formatFor("sv");

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
  /** null: no list over HTTP is configured. */
  readonly source: MatchSource | null;
  readonly calendars: (events: CalendarEvents) => Targets;
  readonly desktop: Desktop | null;
  readonly trySetting: TrySetting;
  readonly setLogLevel: ServiceContext["setLogLevel"];
  readonly remedyFor: (kind: ProblemKind) => string;
  /** Tells a person; null where nobody sits. */
  readonly onNotice: ((notice: Notice) => void) | null;
  readonly onAlertsOver: (keys: readonly string[]) => void;
};

/** How the service is doing at this moment: what scripts watch. Cheap, since they ask often. */
export type Readings = Pick<
  Snapshot,
  "connection" | "source" | "health" | "counters" | "alerts" | "gaps" | "targets"
> & {
  /** The newest message and change in the journal; 0 where there is none. */
  readonly lastIds: { readonly message: number; readonly change: number };
  readonly totals: Totals;
};

type Door = { readonly open: true; readonly address: string } | { readonly open: false; readonly problem: Problem };

export type Service = {
  readonly handlers: Handlers;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** The machine woke from sleep. */
  readonly woke: () => void;
  readonly subscribe: (listener: (delta: Delta) => void) => () => void;
  readonly snapshot: () => Snapshot;
  readonly readings: () => Readings;
  /** How the HTTP door stands; null: there is none. */
  readonly setDoor: (state: Door | null) => void;
  /** New settings that need no restart. */
  readonly setResolved: (resolved: Resolved) => void;
  readonly notificationsMuted: () => boolean;
};

/** The service, whole: wires the rooms of core together and answers the contract. No I/O but through its options. */
export const createService = (options: ServiceOptions): Service => {
  const { clock, log, journal, mode, version } = options;
  const now = () => instantOf(clock.now());
  const startedAt = now();
  const loaded = journal.load();
  const ledger = createLedger({ journal, clock, log: log.part("journal") });
  const tally = createTally();

  let resolved = options.resolved;
  let counters: Counters = zeroCounters(startedAt);
  let recentChanges = loaded.changes;
  let lastCycle: Cycle | null = loaded.lastCycle;
  let lastIds: Readings["lastIds"] = loaded.lastIds;
  let seenChangeId = Number(loaded.meta["seen-change"] ?? 0);
  let muted = false;
  let httpAddress: string | null = null;
  let doorTrouble: HealthFacts["door"] = null;
  let quarantine = loaded.quarantine;
  /** Since when nothing is wrong; null while something is. */
  let wellSince: Instant | null = null;
  const settled = createSettled({ hasSource: options.source !== null, now });

  const calendars = options.calendars({
    onStatus: () => {
      watch.targets(calendars.status());
      publisher.touch("targets", "health");
    },
    onPlacements: (ids) => publisher.addMatches(ids),
    onResults: (result) => {
      tally.calendar(clock.now(), result);
      counters = {
        ...counters,
        calendarWrites: counters.calendarWrites + result.done,
        calendarFailures: counters.calendarFailures + result.failed,
      };
      publisher.touch("counters");
    },
  });
  const book = createMatchBook({
    records: loaded.matches,
    changes: loaded.changes,
    now: clock.now,
    placements: (id) => calendars.placements(id),
  });
  const referees = createReferees({
    records: () => book.records.values(),
    revision: book.revision,
    digest: options.digest,
  });
  const missed = (): readonly Gap[] =>
    feed.gaps().filter(({ state, from }) => state === "unfilled" && alerts.isUnseen({ kind: "gap", from }));
  const facts = (): HealthFacts => ({
    connection: settled.connection() ?? feed.connection(),
    source: settled.source(),
    sourceFailingSince: settled.sourceFailingSince(),
    missed: missed(),
    targets: calendars.status(),
    lacking: lackingIn(resolved),
    journal: journalState.faults(),
    door: doorTrouble,
    alerts: alerts.alerts(),
    startedAt,
  });
  const health = (): Health => {
    const [worst] = troublesOf(facts());
    wellSince = worst === undefined ? (wellSince ?? now()) : null;
    return worst ?? { level: "ok", since: wellSince ?? now() };
  };
  const publisher = createPublisher({
    clock,
    view: book.view,
    parts: {
      connection: () => feed.connection(),
      source: () => feed.source(),
      health,
      counters: () => counters,
      lastCycle: () => lastCycle,
      seenChangeId: () => seenChangeId,
      alerts: () => alerts.alerts(),
      gaps: () => feed.gaps(),
      quarantine: () => quarantine,
      targets: () => calendars.status(),
      settings: () => resolved.settings,
      httpAddress: () => httpAddress,
      notificationsMuted: () => muted,
    },
    snapshot: () => ({
      version,
      mode,
      startedAt,
      matches: book.views(),
      changes: recentChanges,
      messages: journal.messages({ limit: windowLimits.messages }),
    }),
  });
  const alerts = createAlertDesk({
    loaded: loaded.alerts,
    lastId: loaded.lastIds.alert,
    now,
    ledger,
    onChange: () => {
      publisher.touch("alerts");
      noteHealth();
    },
    onNews: (alert) => notices?.news(alert),
    onOver: options.onAlertsOver,
  });
  const notices =
    options.onNotice === null
      ? null
      : createNotices({
          rules: () => ({
            notify: resolved.config.AVSPARK_NOTIFY,
            quietHours: resolved.config.AVSPARK_QUIET_HOURS,
            muted,
            stockholmTime: stockholm.time(clock.now()),
          }),
          alerts: alerts.alerts,
          putOff: readIds(loaded.meta[putOffFact]),
          onPutOff: (ids) => ledger.write({ meta: { [putOffFact]: ids.length === 0 ? null : JSON.stringify(ids) } }),
          show: options.onNotice,
        });
  /** The journal has erased something personal in these: memory, calendars and windows follow. */
  const erased = (records: readonly MatchRecord[], eraser: Eraser): void => {
    book.put(records, []);
    recentChanges = recentChanges.map(eraser.change);
    calendars.erased(records, eraser);
    publisher.addMatches(records.map(({ match }) => match.id));
  };
  const personalData = createPersonalData({
    journal,
    write: (make) => feed.write(make),
    clock,
    records: book.records,
    decodeText: options.codec.readable,
    onErased: erased,
  });
  const retirement = createRetirement({
    write: (make) => feed.write(make),
    clock,
    records: book.records,
    days: () => ({
      matches: resolved.config.AVSPARK_KEEP_MATCHES_DAYS,
      personal: resolved.config.AVSPARK_PERSONAL_DATA_DAYS,
    }),
    onErased: (records) => erased(records, contactsEraser),
    onArchived: (matchIds) => {
      const near = book.remove(matchIds);
      calendars.forget(matchIds);
      publisher.addMatches([...matchIds, ...near]);
    },
  });
  const cleaner = createCleaner({
    journal,
    clock,
    log: log.part("journal"),
    limits: () => ({
      days: resolved.config.AVSPARK_RETENTION_DAYS,
      megabytes: resolved.config.AVSPARK_RETENTION_MB,
      personalDays: resolved.config.AVSPARK_PERSONAL_DATA_DAYS,
    }),
    retire: retirement.slice,
    onCleaned: () => countQuarantine(),
  });
  const watch = createWatch({
    alerts,
    clock,
    maxRetries: () => resolved.config.REDIS_MAX_RETRIES,
    demo: mode === "demo",
  });
  const journalState = createJournalState({
    journal,
    now,
    onState: watch.journal,
    onIncident: watch.incident,
    isUnseen: alerts.isUnseen,
    onChange: () => noteHealth(),
  });

  const count = ({ messages }: Outcome): void => {
    let { received, valid, invalid, duplicates, rejectedMatches, notedFields } = counters;
    for (const { summary, rejections } of messages) {
      const { verdict, receivedAt, publishedAt, channel } = summary;
      received += 1;
      if (verdict === "duplicate") duplicates += 1;
      else if (verdict === "invalid") invalid += 1;
      else valid += 1;
      if (verdict === "partly") rejectedMatches += rejections.length;
      if (summary.gist.type === "match_updates") notedFields += summary.gist.noted;
      const at = Date.parse(receivedAt);
      tally.message({
        at,
        channel,
        verdict: verdict === "partly" ? "valid" : verdict,
        latencyMs: publishedAt === null ? null : at - Date.parse(publishedAt),
      });
    }
    const lastMessageAt = messages.at(-1)?.summary.receivedAt ?? counters.lastMessageAt;
    counters = { ...counters, received, valid, invalid, duplicates, rejectedMatches, notedFields, lastMessageAt };
    watch.messages(messages.map(({ summary }) => summary.verdict !== "invalid"));
  };

  const courier = createCourier({
    clock,
    isBusy: () => feed.isBusy(),
    record: (id) => book.records.get(id),
    deliver: (records) => calendars.changed(records),
  });

  const countQuarantine = (): void => {
    quarantine = journal.quarantineSize();
    publisher.touch("quarantine");
  };

  /** Looks at once, so that it is known since when all is well. */
  const noteHealth = (): void => {
    health();
    publisher.touch("health");
  };
  const madeAnew = createReconnectWatch();
  const feed = createFeed({
    clock,
    log,
    codec: options.codec,
    journal,
    ledger,
    book,
    loaded,
    config: () => resolved.config,
    subscription: options.subscription,
    source: options.source,
    on: {
      connection: (connection) => {
        settled.noteConnection(connection);
        watch.connection(connection);
        if (madeAnew(connection)) counters = { ...counters, reconnects: counters.reconnects + 1 };
        publisher.touch("connection", "counters");
        noteHealth();
      },
      source: (source) => {
        settled.noteSource(source);
        if (source.state === "fetched") calendars.listed();
        watch.source(source);
        watch.gaps(feed.gaps(), settled.source());
        publisher.touch("source");
        noteHealth();
      },
      gaps: (gaps) => {
        watch.gaps(gaps, settled.source());
        publisher.touch("gaps");
        noteHealth();
      },
      quiet: watch.quiet,
      journal: (problem) => {
        journalState.refused(problem);
      },
    },
  });

  feed.heard((taken) => {
    if (taken.way === "redis") count(taken);
    counters = { ...counters, changes: counters.changes + taken.changes.length };
    recentChanges = [...taken.changes.toReversed(), ...recentChanges].slice(0, windowLimits.changes);
    lastCycle = taken.cycles.at(-1) ?? lastCycle;
    lastIds = {
      message: taken.messages.at(-1)?.summary.id ?? lastIds.message,
      change: taken.changes.at(-1)?.id ?? lastIds.change,
    };
    cleaner.grew(taken.messages.reduce((sum, { summary }) => sum + summary.bytes, 0));
  });
  feed.heard((taken) => {
    courier.add(taken.kept.map(({ match }) => match.id));
    if (taken.way !== "redis") courier.flush();
  });
  feed.heard(({ reports, way }) => {
    // A cycle that is replayed has been followed by others since.
    watch.reports(reports.filter(({ type }) => way !== "replay" || type !== "processing_status"));
  });
  feed.heard(({ way, messages }) => {
    if (way === "replay" || messages.some(({ rejections }) => rejections.length > 0)) countQuarantine();
  });
  feed.heard((taken) => {
    publisher.addMessages(taken.messages.map(({ summary }) => summary));
    publisher.addChanges(taken.changes);
    publisher.addMatches(taken.kept.map(({ match }) => match.id));
    if (publisher.isHeard()) publisher.addMatches(book.near(taken.moved));
    publisher.touch("counters", "lastCycle");
  });

  const context: ServiceContext = {
    version,
    mode,
    startedAt,
    resolved: () => resolved,
    config: () => resolved.config,
    shownRedisUrl: options.shownRedisUrl,
    clock,
    now,
    log,
    journal,
    book,
    alerts,
    publisher,
    feed,
    calendars,
    counters: () => counters,
    lastCycle: () => lastCycle,
    health,
    faults: () => faultsOf(facts()),
    missed,
    markSeen: (changeId) => {
      seenChangeId = Math.max(seenChangeId, changeId);
      ledger.write({ meta: { "seen-change": String(seenChangeId) } });
      publisher.touch("seenChangeId");
    },
    mute: (wanted) => {
      muted = wanted;
      publisher.touch("notificationsMuted");
    },
    setLogLevel: options.setLogLevel,
    redactPayload,
    decodeText: options.codec.readable,
    runChecks: (choice) => runChecks({ ...context, remedyFor: options.remedyFor }, choice),
    trySetting: options.trySetting,
    desktop: options.desktop,
  };

  const repeater = createRepeater(clock);

  const writeStats = (): void => {
    const stats = tally.take();
    if (stats.length > 0) ledger.write({ stats });
  };

  return {
    handlers: {
      ...redisHandlers(context),
      ...matchHandlers(context),
      ...messageHandlers(context),
      ...calendarHandlers(context),
      ...houseHandlers(context),
      ...settingsHandlers(context),
      ...appHandlers(context),
      ...peopleHandlers({ referees, personalData }),
    },
    start: () => {
      journalState.start();
      calendars.start(loaded.matches);
      feed.start();
      repeater.every(5000, writeStats);
      let lastTick = clock.now();
      repeater.every(tickMs, () => {
        alerts.wake();
        notices?.tick();
        watch.targets(calendars.status());
        publisher.addMatches(book.turnedSince(lastTick));
        lastTick = clock.now();
      });
      cleaner.start();
      log.info("service started", { mode, version, matches: loaded.matches.length });
    },
    stop: async () => {
      repeater.stop();
      cleaner.stop();
      await feed.stop();
      courier.flush();
      await calendars.stop();
      writeStats();
      await ledger.stop();
      publisher.stop();
      log.info("service stopped");
    },
    woke: () => feed.woke(),
    subscribe: publisher.subscribe,
    snapshot: publisher.snapshot,
    readings: () => ({
      connection: feed.connection(),
      source: feed.source(),
      health: health(),
      counters,
      alerts: alerts.alerts(),
      gaps: feed.gaps(),
      targets: calendars.status(),
      lastIds,
      totals: tally.totals(),
    }),
    setDoor: (state) => {
      httpAddress = state?.open === true ? state.address : null;
      doorTrouble = state?.open === false ? { problem: state.problem, since: doorTrouble?.since ?? now() } : null;
      watch.door(doorTrouble?.problem ?? null);
      publisher.touch("httpAddress", "health");
    },
    setResolved: (next) => {
      resolved = next;
      publisher.touch("settings");
    },
    notificationsMuted: () => muted,
  };
};

/** The first thing that is missing from the configuration; Redis tells of its own address. */
const lackingIn = ({ missing }: Resolved): Problem | null => {
  const first = missing.find(({ variable }) => variable !== "REDIS_URL");
  if (first === undefined) return null;
  return {
    kind: "configuration-invalid",
    message: `${first.variable} should be ${first.expected}.`,
    at: first.variable,
  };
};

/** Tells of each subscription but the first that it was made. */
const createReconnectWatch = () => {
  let made = 0;
  let hearing = false;
  return ({ state }: Connection): boolean => {
    const before = hearing;
    hearing = state === "live" || state === "silent";
    if (before || !hearing) return false;
    made += 1;
    return made > 1;
  };
};

const zeroCounters = (startedAt: Instant): Counters => ({
  received: 0,
  valid: 0,
  invalid: 0,
  duplicates: 0,
  rejectedMatches: 0,
  notedFields: 0,
  changes: 0,
  reconnects: 0,
  calendarWrites: 0,
  calendarFailures: 0,
  startedAt,
  lastMessageAt: null,
});

/** Ids that cannot be read are of notices that nobody misses. */
const readIds = (text: string | undefined): readonly number[] => {
  try {
    return z.array(z.int()).parse(JSON.parse(text ?? "[]"));
  } catch {
    return [];
  }
};
