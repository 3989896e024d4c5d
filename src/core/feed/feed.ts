import type { SelfTest } from "../../shared/checks.ts";
import type { Config } from "../../shared/config.ts";
import type { ClusterStatus, Connection, Gap, SourceStatus, StreamStatus } from "../../shared/connection.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import type { DecodeText } from "../../shared/json/encoding.ts";
import { type Problem, ProblemError, raise } from "../../shared/problem.ts";
import { createRepeater } from "../every.ts";
import type { Journal, Loaded } from "../journal.ts";
import type { MatchBook } from "../matches/book.ts";
import type { Decision } from "../matches/decisions.ts";
import { limitsBy } from "../matches/retention-limits.ts";
import type { Clock, DeskLog, Log, MatchSource, Subscription } from "../ports.ts";
import { createSignal, type Hear } from "../signal.ts";
import { unfailing } from "../unfailing-log.ts";
import type { WriteBehind } from "../write-behind.ts";
import type { Heard } from "./arrival.ts";
import { createBatches, type Taken } from "./batch.ts";
import { arrivalByHand, handedIn, type TakenByHand, takeByHand } from "./by-hand.ts";
import { type Comparison, createComparison } from "./comparison.ts";
import { connectionSettings } from "./connection-state.ts";
import { type Decided, decideOn } from "./decide.ts";
import { createDecoder } from "./decode.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { createGapKeeper } from "./gap-keeper.ts";
import type { GapEvent } from "./gaps.ts";
import { createIngest, type Ingest, inboxLimits } from "./ingest.ts";
import { createPaceKeeper, type QuietChannel } from "./pace-keeper.ts";
import { createPoller } from "./poller.ts";
import { createPublisherClock } from "./publisher-clock.ts";
import { replayQuarantine } from "./replay.ts";
import { selfTest } from "./self-test.ts";
import { createSetBackWatch } from "./set-back.ts";
import { createSharedLog, type SharedLog } from "./shared-log.ts";
import { createSourceLists } from "./source-lists.ts";
import { messagesIn } from "./stream-entry.ts";
import { createStreamReader, type StreamReaderOptions } from "./stream-reader.ts";
import { createSubscriber, subscribedChannels } from "./subscriber.ts";
import { createTimesKeeper } from "./times-keeper.ts";
import type { Word } from "./word.ts";

/** Bytes and text; core has neither TextEncoder nor TextDecoder. */
export type Codec = {
  readonly text: DecodeText;
  readonly encode: (text: string) => Uint8Array;
  /** For a person's eyes. */
  readonly readable: (payload: Uint8Array) => string;
};

export type FeedOptions = {
  readonly clock: Clock;
  readonly log: Log;
  readonly codec: Codec;
  readonly journal: Pick<Journal, "append" | "spilled" | "quarantine" | "quarantined">;
  readonly writeBehind: Pick<WriteBehind, "write">;
  readonly book: Pick<MatchBook, "records" | "put">;
  readonly loaded: Pick<Loaded, "gaps" | "lastIds" | "meta" | "spilled">;
  readonly config: () => Config;
  /** null: Redis is switched off. */
  readonly subscription: Subscription | null;
  /** null: this Avspark shares no log with others. */
  readonly deskLog: DeskLog | null;
  /** Does what a person wrote, or had erased, on one of the nodes, at that time. */
  readonly takeWord: (
    word: Exclude<Word, { readonly kind: Decision["kind"] | "by-hand" }>,
    at: Instant,
  ) => Promise<void>;
  /** null: no list over HTTP is configured. */
  readonly source: MatchSource | null;
};

/** The way in: Redis, the HTTP list, manual lists and replays. */
export type Feed = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  readonly connection: () => Connection;
  readonly source: () => SourceStatus;
  /** null: none is read. */
  readonly stream: () => StreamStatus | null;
  /** null: this Avspark shares no log with others. */
  readonly cluster: () => Omit<ClusterStatus, "turns" | "nodes" | "clockOffMs" | "serverFaults"> | null;
  /** What keeps this node from following the others; null: nothing. */
  readonly clusterTrouble: SharedLog["trouble"];
  readonly gaps: () => readonly Gap[];
  readonly restart: () => Promise<Connection>;
  readonly woke: () => void;
  /** Rejects with the source's problem. */
  readonly fetchNow: () => Promise<SourceStatus>;
  readonly test: () => Promise<SelfTest>;
  /** Takes a list somebody hands in: the good matches of it. Rejects when it has only bad ones. */
  readonly takeManual: (matches: readonly unknown[]) => Promise<TakenByHand>;
  /** What a person decides about a match; rejects when it cannot be so. */
  readonly decide: (matchId: string, decision: Decision, by?: string | null) => Promise<void>;
  /** Tells all nodes of the desk what a person wrote, and resolves when it is so here; null: there are no others. */
  readonly tell: SharedLog["tell"] | null;
  /** Decodes quarantined messages again. */
  readonly replay: (id: number | null) => Promise<{ readonly replayed: number; readonly accepted: number }>;
  /** Writes what is made between two slices of messages, on the ground of what is known then. */
  readonly write: Ingest["write"];
  /** The same, after all that was heard before it was asked for. */
  readonly writeAfterHeard: Ingest["write"];
  /** What happens, said to whoever listens. */
  readonly says: {
    /** What the journal has taken, which may be acted on. */
    readonly taken: Hear<Taken>;
    readonly connection: Hear<Connection>;
    readonly source: Hear<SourceStatus>;
    readonly gaps: Hear<readonly Gap[]>;
    readonly quiet: Hear<readonly QuietChannel[]>;
    /** How the log that is shared stands has changed. */
    readonly cluster: Hear<null>;
    /** The journal refuses, or messages had to be let go; null when that is over. */
    readonly refused: Hear<Problem | null>;
  };
  /** Messages are waiting to be journaled. */
  readonly isBusy: () => boolean;
  /** How many messages had to be let go in this run, since neither memory nor the spill had room. */
  readonly letGo: () => number;
  readonly comparison: Comparison;
};

const factsEveryMs = 5000;
/** A stream's wait for news holds up the probe, and a stream that is made anew meanwhile. */
const mostStreamWaitMs = 1000;
const quietEveryMs = 30_000;

/** Small facts in the journal that the feed keeps for its next run. */
const fact = { provenAt: "proven-at", paces: "paces" } as const;

/**
 * The way in, whole: Redis, the HTTP list, lists from a person's hand, and replays out of quarantine. All of them give to
 * one ingest; what the journal has of it is said as an outcome, and whoever needs to know listens.
 */
export const createFeed = (options: FeedOptions): Feed => {
  const { clock, journal, writeBehind, book, loaded, codec } = options;
  const log = unfailing(options.log.part("feed"));
  const config = options.config();
  const channels = subscribedChannels(config);
  const maxMessageBytes = config.AVSPARK_MAX_MESSAGE_MB * 1024 * 1024;

  const gapEvents = createSignal<GapEvent>(log);
  const connections = createSignal<Connection>(log);
  const fetches = createSignal<SourceStatus>(log);
  const gapLists = createSignal<readonly Gap[]>(log);
  const quietChannels = createSignal<readonly QuietChannel[]>(log);
  const clusterMoves = createSignal<null>(log);
  const refusals = createSignal<Problem | null>(log);

  const comparison = createComparison();
  const publisherClock = createPublisherClock(clock);
  const paces = createPaceKeeper(clock, loaded.meta[fact.paces]);
  const gaps = createGapKeeper({
    clock,
    loaded: loaded.gaps,
    lastId: loaded.lastIds.gap,
    // What is said on channels while nobody listens is lost; what is in a stream waits.
    lastProofAt:
      options.subscription === null || !config.REDIS_PUBSUB_ENABLED ? null : numberIn(loaded.meta[fact.provenAt]),
    onChanged: (changed) => writeBehind.write({ gaps: changed }),
  });

  const decode = createDecoder({
    text: codec.text,
    utf8Only: config.REDIS_DECODE_RESPONSES,
    maxBytes: maxMessageBytes,
  });
  const batches = createBatches({
    book,
    lastIds: loaded.lastIds,
    encode: codec.encode,
    limits: limitsBy(clock, options.config),
    maxBytes: maxMessageBytes,
    log,
  });
  const setBack = createSetBackWatch(clock, batches.forgetList);
  const ingest = createIngest({
    journal,
    clock,
    log,
    decode,
    batches,
    limits: inboxLimits(config.AVSPARK_SPILL_MB),
    spilled: loaded.spilled,
  });
  const times = createTimesKeeper({ write: ingest.write, records: book.records, log });
  const lists = createSourceLists({
    loaded,
    source: String(fingerprintOf(codec.encode(config.AVSPARK_MATCHES_URL ?? ""))),
    clock,
    publisherAt: publisherClock.at,
    take: ingest.take,
    keep: (meta) => writeBehind.write({ meta }),
  });
  const poller =
    options.source === null
      ? null
      : createPoller({
          source: options.source,
          clock,
          log,
          intervalMs: config.AVSPARK_POLL_INTERVAL * 1000,
          known: lists.matches(),
          etag: lists.asking,
          onList: async (list) => {
            const brought = await lists.take(list);
            gapEvents.say({ kind: "filled", fetchedFrom: list.fetchedFrom.elapsed, brought });
            return brought;
          },
          onStatus: fetches.say,
        });
  const receive = (heard: Heard): void => {
    setBack.look();
    ingest.receive(heard);
  };
  const settings = connectionSettings(config);
  const streamName = options.subscription === null ? null : config.REDIS_STREAM;
  const text = (bytes: Uint8Array): string | null => codec.text(bytes, "utf-8");
  const reading = {
    clock,
    log: options.log.part("redis"),
    stored: loaded.meta,
    waitMs: Math.min(mostStreamWaitMs, settings.socketTimeoutMs / 4),
    room: ingest.room,
    hasRoom: ingest.hasRoom,
    receive,
    keep: (meta) => ingest.writeAfterHeard(() => ({ batch: { meta } })),
    missed: (from, loss, meta) =>
      ingest.writeAfterHeard(() => {
        gapEvents.say({ kind: "stream-missed", from, loss });
        return { batch: { gaps: gaps.unclosed(), meta } };
      }),
  } satisfies Partial<StreamReaderOptions>;
  const reader =
    streamName === null
      ? null
      : createStreamReader({
          ...reading,
          name: streamName,
          lookMs: settings.healthCheckIntervalMs,
          heardIn: (entry, { now, saidAt }) =>
            messagesIn(entry, { text, encode: codec.encode }).map((payload) => ({
              ...{ channel: streamName, receivedAt: now, saidAt },
              payload,
            })),
        });
  const decideAt = (matchId: string, decided: Decided, now: () => number): Promise<void> =>
    decideOn(matchId, decided, {
      records: book.records,
      clock: { now },
      nextChangeId: batches.nextChangeId,
      put: ingest.put,
    });
  const takeWord = async (word: Word, at: Instant): Promise<void> => {
    if (word.kind === "decline" || word.kind === "remove")
      await decideAt(word.matchId, { decision: word, by: word.by }, () => Date.parse(at));
    else if (word.kind === "by-hand")
      await ingest.take("manual", [arrivalByHand(word.matches, { at, receivedAt: at }).arrival]);
    else await options.takeWord(word, at);
  };
  const sharedLog =
    options.deskLog === null
      ? null
      : createSharedLog({
          ...reading,
          deskLog: options.deskLog,
          settings,
          text,
          markOf: (subject) => String(fingerprintOf(codec.encode(subject))),
          keepHours: config.AVSPARK_CLUSTER_KEEP_HOURS,
          take: takeWord,
          onState: () => clusterMoves.say(null),
          onLost: (from) => gapEvents.say({ kind: "stream-missed", from, loss: "trimmed" }),
        });
  const subscriber =
    options.subscription === null
      ? null
      : createSubscriber({
          subscription: options.subscription,
          clock,
          log: options.log.part("redis"),
          settings,
          channels,
          onMessage: (channel, payload, receivedAt) => {
            // What channels say is told to all nodes, and comes back in the order that is everybody's.
            if (sharedLog === null) receive({ channel, payload, receivedAt });
            else sharedLog.hear(channel, payload, receivedAt);
          },
          onMark: (mark) => sharedLog?.mark(mark),
          onStream: (link) => (link === null ? reader?.end() : reader?.begin(link)),
          onState: connections.say,
          onGap: (event) => {
            // To be away from a stream is to miss nothing of it.
            if (event.kind === "gap-ended" || config.REDIS_PUBSUB_ENABLED) gapEvents.say(event);
          },
        });
  const provenAt = (): number | null => subscriber?.provenAt() ?? null;
  const disabled: Connection = { state: "disabled", since: instantOf(clock.now()) };

  /** What the next run should know. What is in memory alone would die with us. */
  const keepFacts = (proven = provenAt()): void => {
    const oldest = ingest.oldestAt() ?? Number.POSITIVE_INFINITY;
    const learnt = paces.learnt();
    if (proven === null && learnt === null) return;
    const proof = proven === null ? {} : { [fact.provenAt]: String(Math.min(proven, oldest)) };
    writeBehind.write({ meta: { ...proof, ...(learnt !== null && { [fact.paces]: learnt }) } });
  };

  ingest.taken(({ way, messages }) =>
    // An entry may have been in the stream for long.
    publisherClock.note({ way, messages: messages.filter(({ summary }) => summary.channel !== streamName) }),
  );
  ingest.taken(paces.note);
  // Where only one way leads in there is nothing to compare, and no list to ask for.
  if (subscriber !== null && poller !== null) ingest.taken(comparison.note);
  if (poller !== null) ingest.taken(lists.note);
  ingest.taken(times.note);
  ingest.taken(() => {
    if (lists.wasOverrated()) poller?.need(clock.elapsed());
  });

  ingest.troubled((trouble) => refusals.say(trouble?.problem ?? null));
  ingest.troubled((trouble) => {
    if (trouble === null) gapEvents.say({ kind: "journal-ended" });
    else if (trouble.lost !== null) gapEvents.say({ kind: "journal-began", from: trouble.lost.from });
  });

  connections.hear(({ state }) => poller?.hearing(state === "live"));

  gapEvents.hear((event) => {
    gaps.note(event);
    gapLists.say(gaps.gaps());
    const from = gaps.needsListFrom();
    if (from !== null) poller?.need(from);
  });
  gapEvents.hear((event) => {
    if (event.kind !== "gap-ended") return;
    // What happened before we heard may have come after the last list, though nobody calls it a gap at the first start ever.
    poller?.need(clock.elapsed());
    paces.hearingAgain();
    keepFacts();
  });

  const watchQuiet = (): void => {
    const connection = subscriber?.state();
    const listening = connection?.state === "live" ? connection.channels : [];
    quietChannels.say(paces.quiet(listening, config.AVSPARK_SILENCE_AFTER));
  };

  const repeater = createRepeater(clock);

  return {
    start: () => {
      // The journal was opened, so it takes again; and where Redis is not wanted nothing is missed any more.
      gapEvents.say({ kind: "journal-ended" });
      if (subscriber === null) gapEvents.say({ kind: "gap-ended" });
      sharedLog?.start();
      subscriber?.start();
      // A list that is all there is cannot be asked for only once.
      if (subscriber === null && config.AVSPARK_POLL_INTERVAL === 0) poller?.hearing(false);
      poller?.start();
      repeater.every(factsEveryMs, () => {
        keepFacts();
        if (!ingest.isBusy()) void times.keepSome();
      });
      repeater.every(quietCheckMs(config.AVSPARK_SILENCE_AFTER), watchQuiet);
    },
    stop: async () => {
      repeater.stop();
      poller?.stop();
      const proven = provenAt();
      subscriber?.stop();
      await sharedLog?.stop();
      await ingest.stop();
      await times.keepAll();
      keepFacts(proven);
    },
    connection: () => subscriber?.state() ?? disabled,
    stream: () => reader?.status() ?? null,
    cluster: () => (sharedLog === null ? null : { desk: config.AVSPARK_DESK ?? "", ...sharedLog.status() }),
    clusterTrouble: () => sharedLog?.trouble() ?? null,
    source: () => poller?.status() ?? { state: "unconfigured" },
    gaps: gaps.gaps,
    restart: async () =>
      subscriber === null
        ? raise("redis-disabled", "Redis is switched off (REDIS_PUBSUB_ENABLED=false).")
        : subscriber.restart(),
    woke: () => {
      subscriber?.woke();
      sharedLog?.woke();
      poller?.hurry();
    },
    fetchNow: async () => {
      if (poller === null)
        return raise("source-unconfigured", "No match list over HTTP is configured (AVSPARK_MATCHES_URL).");
      const source = await poller.demand();
      if (source.state === "failed") throw new ProblemError(source.problem, { source });
      return source.state === "fetched" ? source : raise("busy", "Avspark is ending; nothing is fetched any more.");
    },
    test: () =>
      selfTest({
        subscription: options.subscription,
        channels,
        clock,
        timeoutMs: (config.REDIS_CONNECTION_TIMEOUT + config.REDIS_SOCKET_TIMEOUT) * 1000,
        decode: (text) => decode(codec.encode(text)),
      }),
    takeManual: async (matches) => {
      const tools = { clock, publisherAt: publisherClock.at, take: ingest.take };
      if (sharedLog === null) return takeByHand(matches, tools);
      // What is wrong with it is told before anybody else hears of it.
      const { taken } = arrivalByHand(matches, handedIn(tools));
      await sharedLog.tell({ kind: "by-hand", matches });
      return taken;
    },
    decide: (matchId, decision, by = null) =>
      sharedLog === null
        ? decideAt(matchId, { decision, by }, clock.now)
        : sharedLog.tell({ ...decision, matchId, by }),
    tell: sharedLog === null ? null : sharedLog.tell,
    replay: (id) => replayQuarantine(id, { journal, decode, clock, take: ingest.take }),
    write: ingest.write,
    writeAfterHeard: ingest.writeAfterHeard,
    says: {
      taken: ingest.taken,
      connection: connections.hear,
      source: fetches.hear,
      gaps: gapLists.hear,
      quiet: quietChannels.hear,
      cluster: clusterMoves.hear,
      refused: refusals.hear,
    },
    isBusy: ingest.isBusy,
    letGo: ingest.letGo,
    comparison,
  };
};

/** Often enough for a silence that is set to some seconds. */
const quietCheckMs = (after: Config["AVSPARK_SILENCE_AFTER"]): number =>
  typeof after === "number" ? Math.min(quietEveryMs, after * 500) : quietEveryMs;

const numberIn = (text: string | undefined): number | null => {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
};
