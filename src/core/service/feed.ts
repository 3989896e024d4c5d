import type { Config } from "../../shared/config.ts";
import type { Connection, Gap, SourceStatus } from "../../shared/connection.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import type { DecodeText } from "../../shared/json/encoding.ts";
import { type Problem, ProblemError, raise } from "../../shared/problem.ts";
import { createOverlay, type Known } from "../feed/apply.ts";
import type { Outcome } from "../feed/batch.ts";
import { createBatch } from "../feed/batch.ts";
import { type Way as ComparedWay, createComparison } from "../feed/comparison.ts";
import { connectionSettings } from "../feed/connection-state.ts";
import { decideOn } from "../feed/decide.ts";
import { decodeMessage } from "../feed/decode.ts";
import { createDedupe, fingerprintOf } from "../feed/dedupe.ts";
import { createGapKeeper } from "../feed/gap-keeper.ts";
import type { GapEvent } from "../feed/gaps.ts";
import { createIngest, type IngestBatch } from "../feed/ingest.ts";
import { createListTaker } from "../feed/list-taker.ts";
import type { Decoded } from "../feed/message.ts";
import { createPoller } from "../feed/poller.ts";
import { createPublisherClock } from "../feed/publisher-clock.ts";
import { heard, hearingAgain, type Paces, pacesSchema, quiet } from "../feed/quiet.ts";
import { replayQuarantine } from "../feed/replay.ts";
import { selfTest } from "../feed/self-test.ts";
import { createSubscriber, subscribedChannels } from "../feed/subscriber.ts";
import { createTimesKeeper } from "../feed/times-keeper.ts";
import type { Journal, Loaded } from "../journal.ts";
import type { MatchBook } from "../matches/book.ts";
import { limitsAt, type RetentionLimits } from "../matches/retention.ts";
import type { Clock, Log, MatchSource, Subscription } from "../ports.ts";
import type { Feed } from "./context.ts";
import type { Ledger } from "./ledger.ts";

/** How news came in. */
export type Way = ComparedWay | "manual" | "replay";

/** Bytes and text; core has neither TextEncoder nor TextDecoder. */
export type Codec = {
  readonly text: DecodeText;
  readonly encode: (text: string) => Uint8Array;
  /** For a person's eyes. */
  readonly readable: (payload: Uint8Array) => string;
};

type FeedEvents = {
  readonly connection: (connection: Connection) => void;
  readonly source: (source: SourceStatus) => void;
  readonly gaps: (gaps: readonly Gap[]) => void;
  readonly quiet: (channels: readonly { readonly channel: string; readonly lastAt: Instant }[]) => void;
  /** The journal refuses; null when it takes again. */
  readonly journal: (problem: Problem | null) => void;
};

export type FeedOptions = {
  readonly clock: Clock;
  readonly log: Log;
  readonly codec: Codec;
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly book: MatchBook;
  readonly loaded: Loaded;
  readonly config: () => Config;
  /** null: Redis is switched off. */
  readonly subscription: Subscription | null;
  /** null: no list over HTTP is configured. */
  readonly source: MatchSource | null;
  /** Acts on what the journal has taken. */
  readonly act: (outcome: Outcome, way: Way) => void;
  readonly on: FeedEvents;
};

const rememberedMessages = 20_000;
const factsEveryMs = 5000;
const quietEveryMs = 30_000;

/** Small facts in the journal that the feed keeps for its next run. */
const fact = { provenAt: "proven-at", paces: "paces" } as const;

/** The way in, whole: Redis, the HTTP list, lists from a person's hand, and replays out of quarantine. */
export const createFeed = (options: FeedOptions): Feed => {
  const { clock, journal, ledger, book, loaded, codec, on } = options;
  const log = options.log.part("feed");
  const config = options.config();
  const channels = subscribedChannels(config);
  const maxMessageBytes = config.AVSPARK_MAX_MESSAGE_MB * 1024 * 1024;
  const comparison = createComparison();
  const publisherClock = createPublisherClock(clock);
  const dedupe = createDedupe({ capacity: rememberedMessages });
  const cancels = new Set<() => void>();
  let ids = { message: loaded.lastIds.message, change: loaded.lastIds.change };
  let paces = readPaces(loaded.meta[fact.paces]);
  let keptPaces = paces;

  const limits = (): RetentionLimits => {
    const { AVSPARK_KEEP_MATCHES_DAYS: matches, AVSPARK_PERSONAL_DATA_DAYS: personal } = options.config();
    return limitsAt(clock.now(), { matches, personal });
  };
  const decode = (payload: Uint8Array): Decoded =>
    decodeMessage(payload, { text: codec.text, utf8Only: config.REDIS_DECODE_RESPONSES, maxBytes: maxMessageBytes });

  /** Ids given to a batch that is thrown away are given again. */
  const numbering = (from = ids) => {
    let { message, change } = from;
    return {
      nextMessageId: () => ++message,
      nextChangeId: () => ++change,
      given: () => ({ message, change }),
      keep: () => {
        ids = { message, change };
      },
    };
  };

  /** A batch over what is known: the current matches, or with them what a batch that is being journaled made of them. */
  const beginOn = (known: Known, numbers: ReturnType<typeof numbering>): IngestBatch => {
    const overlay = createOverlay(known);
    const fresh: (readonly [messageId: string, fingerprint: number])[] = [];
    const batch = createBatch({
      decode,
      isDuplicate: (messageId, payload) => {
        const fingerprint = fingerprintOf(payload);
        if (dedupe.seen(messageId, fingerprint)) return true;
        fresh.push([messageId, fingerprint]);
        return false;
      },
      overlay,
      nextMessageId: numbers.nextMessageId,
      nextChangeId: numbers.nextChangeId,
      onTold: (facts) => comparison.told("redis", facts),
      maxBytes: maxMessageBytes,
      limits,
    });
    return {
      ...batch,
      next: () => beginOn(overlay, numbering(numbers.given())),
      keep: numbers.keep,
      release: () => overlay.release(book.records),
      discard: () => {
        for (const [messageId, fingerprint] of fresh) dedupe.forget(messageId, fingerprint);
      },
    };
  };

  const times = createTimesKeeper({ journal, records: book.records, log });
  const act = (outcome: Outcome, way: Way): void => {
    options.act(outcome, way);
    times.note(outcome);
  };

  const ingest = createIngest({
    journal,
    clock,
    log,
    begin: () => beginOn(book.records, numbering()),
    onOutcome: (outcome) => {
      noteTimes(outcome);
      comparison.changed("redis", outcome.changes);
      if (outcome.matches.length > 0) lists.told();
      act(outcome, "redis");
      if (lists.wasOverrated()) poller?.need(clock.elapsed());
    },
    onTrouble: (trouble) => {
      on.journal(trouble?.problem ?? null);
      if (trouble === null) noteGap({ kind: "journal-ended" });
      else if (trouble.lost !== null) noteGap({ kind: "journal-began", from: trouble.lost.from });
    },
  });

  const lists = createListTaker({
    loaded,
    records: book.records,
    journal,
    keep: (meta) => ledger.write({ meta }),
    source: String(fingerprintOf(codec.encode(config.AVSPARK_MATCHES_URL ?? ""))),
    clock,
    publisherAt: publisherClock.at,
    encode: codec.encode,
    maxBytes: maxMessageBytes,
    limits,
    numbering,
    lastChange: () => ids.change,
    comparison,
    act,
  });

  const noteTimes = ({ messages }: Outcome): void => {
    publisherClock.note(messages);
    const latest = new Map(messages.map(({ summary }) => [summary.channel, summary.receivedAt]));
    for (const [channel, at] of latest) paces = heard(paces, channel, Date.parse(at));
  };

  const gaps = createGapKeeper({
    clock,
    loaded: loaded.gaps,
    lastId: loaded.lastIds.gap,
    lastProofAt: options.subscription === null ? null : numberIn(loaded.meta[fact.provenAt]),
    onChanged: (changed) => ledger.write({ gaps: changed }),
  });

  const noteGap = (event: GapEvent): void => {
    gaps.note(event);
    on.gaps(gaps.gaps());
    const from = gaps.needsListFrom();
    if (from !== null) poller?.need(from);
  };

  const subscriber =
    options.subscription === null
      ? null
      : createSubscriber({
          subscription: options.subscription,
          clock,
          log: options.log.part("redis"),
          settings: connectionSettings(config),
          channels,
          onMessage: (channel, payload, receivedAt) => ingest.receive({ channel, payload, receivedAt }),
          onState: (connection) => {
            poller?.hearing(connection.state === "live");
            on.connection(connection);
          },
          onGap: (event) => {
            noteGap(event);
            if (event.kind !== "gap-ended") return;
            paces = hearingAgain(paces, clock.now());
            keepFacts(provenAt());
          },
        });
  const provenAt = (): number | null => subscriber?.provenAt() ?? null;
  const disabled: Connection = { state: "disabled", since: instantOf(clock.now()) };

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
            const brought = await ingest.alone(() => lists.fetched(list));
            noteGap({ kind: "filled", fetchedFrom: list.fetchedFrom.elapsed, brought });
            return brought;
          },
          onStatus: on.source,
        });

  /** What the next run should know. What is in memory alone would die with us. */
  const keepFacts = (provenAt: number | null): void => {
    const proof =
      provenAt === null ? {} : { [fact.provenAt]: String(Math.min(provenAt, ingest.oldestAt() ?? provenAt)) };
    const learnt = paces === keptPaces ? {} : { [fact.paces]: JSON.stringify(paces) };
    keptPaces = paces;
    const meta = { ...proof, ...learnt };
    if (Object.keys(meta).length > 0) ledger.write({ meta });
  };

  const watchQuiet = (): void => {
    const connection = subscriber?.state();
    const listening = connection?.state === "live" ? connection.channels : [];
    const silent = quiet(paces, clock.now(), config.AVSPARK_SILENCE_AFTER);
    // A channel that nobody listens to any more has spoken once, too.
    const heardNow = silent.filter(({ channel }) => listening.includes(channel));
    on.quiet(heardNow.map(({ channel, lastAt }) => ({ channel, lastAt: instantOf(lastAt) })));
  };

  const repeat = (everyMs: number, task: () => void): void => {
    const cancel = clock.after(everyMs, () => {
      cancels.delete(cancel);
      task();
      repeat(everyMs, task);
    });
    cancels.add(cancel);
  };

  return {
    start: () => {
      // The journal was opened, so it takes again; and where Redis is not wanted nothing is missed any more.
      noteGap({ kind: "journal-ended" });
      if (subscriber === null) noteGap({ kind: "gap-ended" });
      subscriber?.start();
      // A list that is all there is cannot be asked for only once.
      if (subscriber === null && config.AVSPARK_POLL_INTERVAL === 0) poller?.hearing(false);
      poller?.start();
      repeat(factsEveryMs, () => {
        keepFacts(provenAt());
        if (!ingest.isBusy()) void times.keepSome();
      });
      repeat(quietCheckMs(config.AVSPARK_SILENCE_AFTER), watchQuiet);
    },
    stop: async () => {
      for (const cancel of cancels) cancel();
      cancels.clear();
      poller?.stop();
      const proven = provenAt();
      subscriber?.stop();
      await ingest.stop();
      await times.keepAll();
      keepFacts(proven);
    },
    connection: () => subscriber?.state() ?? disabled,
    source: () => poller?.status() ?? { state: "unconfigured" },
    gaps: gaps.gaps,
    restart: async () =>
      subscriber === null
        ? raise("redis-disabled", "Redis is switched off (REDIS_PUBSUB_ENABLED=false).")
        : subscriber.restart(),
    woke: () => subscriber?.woke(),
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
        patienceMs: (config.REDIS_CONNECTION_TIMEOUT + config.REDIS_SOCKET_TIMEOUT) * 1000,
        decode: (text) => decode(codec.encode(text)),
      }),
    takeManual: (matches) => ingest.alone(() => lists.manual(matches)),
    decide: (matchId, decision) =>
      ingest.alone(() =>
        decideOn(matchId, decision, {
          records: book.records,
          clock,
          journal,
          numbering,
          act: (outcome) => {
            lists.told();
            act(outcome, "manual");
          },
        }),
      ),
    replay: (id) =>
      replayQuarantine(id, {
        journal,
        decode,
        numbering,
        records: book.records,
        maxBytes: maxMessageBytes,
        limits,
        clock,
        act: (outcome) => {
          if (outcome.matches.length > 0) lists.told();
          act(outcome, "replay");
        },
        alone: ingest.alone,
      }),
    isBusy: ingest.isBusy,
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

/** What was learnt is worth keeping, not worth a complaint when it cannot be read. */
const readPaces = (text: string | undefined): Paces => {
  try {
    return pacesSchema.parse(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
};
