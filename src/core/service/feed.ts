import type { Config } from "../../shared/config.ts";
import type { Connection, Gap, SourceStatus } from "../../shared/connection.ts";
import { type Problem, raise } from "../../shared/problem.ts";
import { createOverlay } from "../feed/apply.ts";
import type { Outcome } from "../feed/batch.ts";
import { createBatch } from "../feed/batch.ts";
import { type Way as ComparedWay, createComparison } from "../feed/comparison.ts";
import { connectionSettings } from "../feed/connection-state.ts";
import type { DecodeText } from "../feed/decode/encoding.ts";
import { type DecodedMatches, decodeMatches } from "../feed/decode/matches.ts";
import { decodeMessage } from "../feed/decode.ts";
import { createDedupe, fingerprintOf } from "../feed/dedupe.ts";
import { createGapKeeper } from "../feed/gap-keeper.ts";
import { createIngest, type IngestBatch } from "../feed/ingest.ts";
import { applyList, type MatchList } from "../feed/lists.ts";
import type { Decoded } from "../feed/message.ts";
import { createPoller, type FetchedList } from "../feed/poller.ts";
import { heard, hearingAgain, type Paces, pacesSchema, quiet } from "../feed/quiet.ts";
import { replayQuarantine } from "../feed/replay.ts";
import { selfTest } from "../feed/self-test.ts";
import { createSubscriber, subscribedChannels } from "../feed/subscriber.ts";
import type { Journal, Loaded } from "../journal.ts";
import type { MatchBook } from "../matches/book.ts";
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
  readonly quiet: (channels: readonly { readonly channel: string; readonly lastAt: string }[]) => void;
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

const maxMessageBytes = 5 * 1024 * 1024;
const rememberedMessages = 20_000;
const proofEveryMs = 5000;
const quietEveryMs = 30_000;

/** Small facts in the journal that the feed keeps for its next run. */
const fact = { provenAt: "proven-at", etag: "list-etag", listed: "list-matches", paces: "paces" } as const;

/** The way in, whole: Redis, the HTTP list, lists from a person's hand, and replays out of quarantine. */
export const createFeed = (options: FeedOptions): Feed => {
  const { clock, journal, ledger, book, loaded, codec, on } = options;
  const log = options.log.part("feed");
  const config = options.config();
  const channels = subscribedChannels(config);
  const comparison = createComparison();
  const dedupe = createDedupe({ capacity: rememberedMessages });
  const iso = (ms = clock.now()): string => new Date(ms).toISOString();
  const cancels = new Set<() => void>();
  let ids = { message: loaded.lastIds.message, change: loaded.lastIds.change };
  let paces = readPaces(loaded.meta[fact.paces]);
  let lastRefused: number | null = null;

  const decode = (payload: Uint8Array): Decoded =>
    decodeMessage(payload, { text: codec.text, utf8Only: config.REDIS_DECODE_RESPONSES, maxBytes: maxMessageBytes });

  /** Ids given to a batch that is thrown away are given again. */
  const numbering = () => {
    let { message, change } = ids;
    return {
      nextMessageId: () => ++message,
      nextChangeId: () => ++change,
      keep: () => {
        ids = { message, change };
      },
    };
  };

  const begin = (): IngestBatch => {
    const numbers = numbering();
    const fresh: (readonly [messageId: string, fingerprint: number])[] = [];
    const batch = createBatch({
      decode,
      isDuplicate: (messageId, payload) => {
        const fingerprint = fingerprintOf(payload);
        if (dedupe.seen(messageId, fingerprint)) return true;
        fresh.push([messageId, fingerprint]);
        return false;
      },
      overlay: createOverlay(book.records),
      nextMessageId: numbers.nextMessageId,
      nextChangeId: numbers.nextChangeId,
      onTold: (facts) => comparison.told("redis", facts),
      maxBytes: maxMessageBytes,
    });
    return {
      ...batch,
      keep: numbers.keep,
      discard: () => {
        for (const [messageId, fingerprint] of fresh) dedupe.forget(messageId, fingerprint);
      },
    };
  };

  const ingest = createIngest({
    journal,
    clock,
    log,
    begin,
    onOutcome: (outcome) => {
      notePaces(outcome);
      comparison.changed("redis", outcome.changes);
      options.act(outcome, "redis");
    },
    onTrouble: (trouble) => {
      on.journal(trouble?.problem ?? null);
      if (trouble === null) gaps.note({ kind: "journal-ended", at: clock.now() });
      else if (trouble.lost !== null)
        gaps.note({ kind: "gap-began", from: trouble.lost.from, cause: { kind: "journal" } });
      showGaps();
      needList();
    },
  });

  const notePaces = ({ messages }: Outcome): void => {
    const latest = new Map(messages.map(({ summary }) => [summary.channel, summary.receivedAt]));
    for (const [channel, at] of latest) paces = heard(paces, channel, Date.parse(at));
  };

  const gaps = createGapKeeper({
    loaded: loaded.gaps,
    lastId: loaded.lastIds.gap,
    lastProofAt: options.subscription === null ? null : numberIn(loaded.meta[fact.provenAt]),
    onChanged: (changed) => ledger.write({ gaps: changed }),
  });
  const showGaps = (): void => on.gaps(gaps.gaps());

  const needList = (): void => {
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
            gaps.note(event);
            if (event.kind === "gap-ended") paces = hearingAgain(paces, event.at);
            showGaps();
            needList();
          },
        });
  const disabled: Connection = { state: "disabled", since: iso() };

  const poller =
    options.source === null
      ? null
      : createPoller({
          source: options.source,
          clock,
          log,
          intervalMs: config.AVSPARK_POLL_INTERVAL * 1000,
          known: { etag: loaded.meta[fact.etag] ?? null, matches: numberIn(loaded.meta[fact.listed]) ?? 0 },
          onList: async (list) => takeFetched(list),
          onStatus: on.source,
        });

  /** Journals a list's outcome and acts on it; throws ProblemError when the journal refuses. */
  const takeList = (list: MatchList, decoded: DecodedMatches, way: "http" | "manual"): Outcome => {
    const numbers = numbering();
    const outcome = applyList(list, decoded, {
      records: book.records,
      encode: codec.encode,
      maxBytes: maxMessageBytes,
      onTold: (facts) => {
        if (way === "http") comparison.told("http", facts);
      },
      ...numbers,
    });
    const kept = withoutOldRefusals(outcome);
    journal.write({ messages: kept.messages, matches: kept.matches, changes: kept.changes });
    numbers.keep();
    if (way === "http") comparison.changed("http", kept.changes);
    options.act(kept, way);
    return kept;
  };

  /** A list that brings nothing but what was refused the last time as well goes into quarantine once. */
  const withoutOldRefusals = (outcome: Outcome): Outcome => {
    const payload = outcome.messages[0]?.payload ?? null;
    if (payload === null || outcome.changes.length > 0) return outcome;
    const fingerprint = fingerprintOf(payload);
    if (fingerprint === lastRefused) return { ...outcome, messages: [] };
    lastRefused = fingerprint;
    return outcome;
  };

  const takeWhole = (
    { matches, etag }: Extract<FetchedList, { kind: "list" }>,
    base: Omit<MatchList, "matches">,
  ): { readonly matches: number; readonly changes: number } => {
    const { changes } = takeList({ matches, ...base }, decodeMatches(matches, "matches"), "http");
    ledger.write({ meta: { [fact.etag]: etag, [fact.listed]: String(matches.length) } });
    return { matches: matches.length, changes: changes.length };
  };

  const takeFetched = (list: FetchedList): { readonly changes: number } => {
    const at = iso(list.fetchedFrom);
    const base = { channel: "http", at, receivedAt: iso(), complete: true } as const;
    const brought = list.kind === "unchanged" ? { matches: book.records.size, changes: 0 } : takeWhole(list, base);
    gaps.note({ kind: "filled", fetchedFrom: list.fetchedFrom, at: clock.now(), brought });
    showGaps();
    return { changes: brought.changes };
  };

  const keepProof = (): void => {
    const provenAt = subscriber?.provenAt() ?? null;
    if (provenAt !== null) ledger.write({ meta: { [fact.provenAt]: String(provenAt) } });
  };

  const watchQuiet = (): void => {
    ledger.write({ meta: { [fact.paces]: JSON.stringify(paces) } });
    const listening = subscriber?.state().state === "live";
    const silent = listening ? quiet(paces, clock.now(), config.AVSPARK_SILENCE_AFTER) : [];
    on.quiet(silent.map(({ channel, lastAt }) => ({ channel, lastAt: iso(lastAt) })));
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
      subscriber?.start();
      poller?.start();
      needList();
      repeat(proofEveryMs, keepProof);
      repeat(quietEveryMs, watchQuiet);
    },
    stop: async () => {
      for (const cancel of cancels) cancel();
      cancels.clear();
      keepProof();
      poller?.stop();
      subscriber?.stop();
      ingest.stop();
    },
    connection: () => subscriber?.state() ?? disabled,
    source: () => poller?.status() ?? { state: "unconfigured" },
    gaps: gaps.gaps,
    restart: async () =>
      subscriber === null
        ? raise("redis-disabled", "Redis is switched off (REDIS_PUBSUB_ENABLED=false).")
        : subscriber.restart(),
    woke: () => subscriber?.woke(),
    fetchNow: async () =>
      poller === null
        ? raise("source-unconfigured", "No match list over HTTP is configured (AVSPARK_MATCHES_URL).")
        : poller.demand(),
    test: () =>
      selfTest({
        subscription: options.subscription,
        channels,
        clock,
        patienceMs: (config.REDIS_CONNECTION_TIMEOUT + config.REDIS_SOCKET_TIMEOUT) * 1000,
        decode: (text) => decode(codec.encode(text)),
      }),
    takeManual: (matches) => {
      const decoded = decodeMatches(matches, "matches");
      const [refused] = decoded.rejections;
      if (refused !== undefined) raise(refused.kind, `${refused.path}: ${refused.reason}.`, refused.path);
      const now = iso();
      takeList({ matches, channel: "manual", at: now, receivedAt: now, complete: false }, decoded, "manual");
      return [...new Set(decoded.matches.map(({ id }) => id))];
    },
    replay: (id) =>
      replayQuarantine(id, {
        journal,
        decode,
        numbering,
        records: book.records,
        maxBytes: maxMessageBytes,
        act: (outcome) => options.act(outcome, "replay"),
      }),
    comparison,
  };
};

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
