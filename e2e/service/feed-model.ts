import { createVirtualClock } from "../../src/core/calendar/testing/virtual-clock.ts";
import { resolveConfig } from "../../src/core/config/resolve.ts";
import { createFeed, type Feed } from "../../src/core/feed/feed.ts";
import { silentLog } from "../../src/core/feed/testing/silent-log.ts";
import type { Journal } from "../../src/core/journal.ts";
import { createMatchBook, type MatchBook } from "../../src/core/matches/book.ts";
import { wasListed } from "../../src/core/matches/presence.ts";
import type { Clock, LinkEvents, MatchSource, Subscription } from "../../src/core/ports.ts";
import { createWriteBehind } from "../../src/core/write-behind.ts";
import { journalOnThisThread } from "../../src/main/adapters/journal/harness.ts";
import { decodeText, readableText } from "../../src/main/adapters/text.ts";
import type { Gap } from "../../src/shared/connection.ts";
import { instantOf } from "../../src/shared/instant.ts";
import { ProblemError } from "../../src/shared/problem.ts";

const start = Date.UTC(2027, 4, 6, 10);
const channel = "fogis:matches:updates";

/** Whose clock stands in what the publisher says: one of its own that is right, the same as ours, or none. */
export type Stamp = "own" | "ours" | "none";

type ModelOptions = {
  /** In seconds, as the setting. */
  readonly pollInterval?: number;
  readonly stamp?: Stamp;
  /** How long a message is on its way. */
  readonly latencyMs?: number;
};

const virtualTime = (random: () => number) =>
  createVirtualClock({ start, random, breathe: () => new Promise((resolve) => setImmediate(resolve)) });

/** A Redis server that is up, down or frozen, and tells whoever is subscribed. */
const createServer = (clock: Clock, onUnheard: () => void) => {
  let state: "up" | "down" | "frozen" = "up";
  /** Since when it does not answer, by `elapsed`; null: it does. */
  let deadSince: number | null = null;
  const subscribed = new Set<LinkEvents>();
  const waiting = new Set<() => void>();
  let queued: readonly string[] = [];
  const away = { kind: "redis-unreachable", message: "Nothing listens." } as const;
  const answer = <T>(value: T, signal?: { aborted: boolean }): Promise<T> =>
    new Promise((resolve, reject) => {
      const attempt = (): void => {
        if (state === "up") resolve(value);
        else if (state === "down" || signal?.aborted) reject(new ProblemError(away));
        else waiting.add(attempt);
      };
      clock.after(1, attempt);
    });
  const subscription: Subscription = {
    open: async (events, signal) => {
      await answer(null, signal);
      return {
        subscribe: async ({ required }) => {
          await answer(null);
          subscribed.add(events);
          return required;
        },
        stream: null,
        probe: () => answer({ proof: "publish", trouble: null } as const),
        close: () => void subscribed.delete(events),
      };
    },
  };
  const set = (next: typeof state): void => {
    state = next;
    deadSince = next === "up" ? null : (deadSince ?? clock.elapsed());
    if (next !== "frozen") for (const attempt of [...waiting]) attempt();
    if (next !== "frozen") waiting.clear();
    if (next === "down") drop();
    if (next === "frozen") return;
    const late = queued;
    queued = [];
    for (const message of late) publish(message);
  };
  const drop = (): void => {
    for (const events of [...subscribed]) {
      subscribed.delete(events);
      events.onLost({ kind: "redis-closed", message: "Redis closed the connection." });
    }
  };
  /** To a frozen server it waits in the publisher's socket. */
  const publish = (message: string): void => {
    if (state === "frozen") queued = [...queued, message];
    else if (state === "down" || subscribed.size === 0) onUnheard();
    else for (const events of subscribed) events.onMessage(channel, Buffer.from(message));
  };
  return { subscription, set, drop, publish, deadSince: () => deadSince };
};

type Life = { readonly feed: Feed; readonly book: MatchBook; readonly end: (how: "stop" | "kill") => Promise<void> };

/** The feed on a real journal, with a server, a source and a truth to be learnt, in a time of its own. */
export const createModel = (folder: string, random: () => number, options: ModelOptions = {}) => {
  const { pollInterval = 0, stamp = "ours", latencyMs = 0 } = options;
  const time = virtualTime(random);
  const begun = time.elapsed();
  /** When the list was asked for, by `elapsed`. */
  const fetches: number[] = [];
  /** Gaps that say what cannot be: they end before they begin, or lie in the future. */
  const impossible: Gap[] = [];
  /** When something was said that nobody took. */
  const unheard: number[] = [];
  const server = createServer(time.clock, () => unheard.push(time.now()));
  const truth = new Map<string, number>();
  let version = 0;
  let sourceWorks = true;
  let full = false;
  let order = 0;

  const wire = ([id, venue]: readonly [string, number]) => ({
    matchid: Number(id),
    hemmalag: `Lag ${id}`,
    anlaggningnamn: `Plan ${venue}`,
  });
  const config = resolveConfig({
    environment: {
      REDIS_URL: "redis://nowhere",
      AVSPARK_MATCHES_URL: "http://nowhere/",
      AVSPARK_POLL_INTERVAL: String(pollInterval),
    },
    dotenv: {},
    settings: {},
  }).config;
  const source: MatchSource = {
    fetch: async (etag) => {
      fetches.push(time.elapsed());
      const matches = [...truth].map(wire);
      const now = `"${JSON.stringify(matches)}"`;
      await new Promise<void>((resolve) => time.clock.after(50, resolve));
      if (!sourceWorks)
        throw new ProblemError({ kind: "source-status", message: "The source answers with status 500." });
      return etag === now ? { kind: "unchanged" } : { kind: "list", matches, etag: now, bytes: 1 };
    },
  };

  const live = (): Life => {
    let alive = true;
    const clock = time.clockFor(() => alive);
    // A thread would take real time, of which this one knows nothing.
    const opened = journalOnThisThread(`${folder}/journal.db`).journal;
    const journal: Journal = {
      ...opened,
      append: async (batch) => {
        if (full) throw new ProblemError({ kind: "journal-full", message: "No room." });
        await opened.append(batch);
      },
    };
    const loaded = journal.load();
    const writeBehind = createWriteBehind({ journal, clock, log: silentLog });
    const book = createMatchBook({
      records: loaded.matches,
      changes: loaded.changes,
      now: time.now,
      placements: () => ({}),
    });
    const feed = createFeed({
      clock,
      log: silentLog,
      codec: { text: decodeText, encode: (text) => Buffer.from(text), readable: readableText },
      journal,
      writeBehind,
      book,
      loaded,
      config: () => config,
      subscription: server.subscription,
      deskLog: null,
      takeWord: async () => undefined,
      source,
    });
    feed.says.gaps((gaps) => void impossible.push(...gaps.filter((gap) => !isPossible(gap, time.now()))));
    feed.start();
    return {
      feed,
      book,
      end: async (how) => {
        if (how === "stop") {
          await feed.stop();
          await writeBehind.stop();
        }
        alive = false;
        server.drop();
        await opened.close();
      },
    };
  };

  const change = (id: string): readonly [string, number] => {
    version += 1;
    truth.set(id, version);
    return [id, version];
  };

  return {
    time,
    server,
    live,
    /** Something happens that nobody is told of. */
    happen: (id: string) => void change(id),
    /** Something happens and is said. */
    tell: (id: string): void => {
      const told = wire(change(id));
      order += 1;
      const now = stamp === "own" ? start + time.elapsed() - begun : time.now();
      const timestamp = stamp === "none" ? {} : { timestamp: instantOf(now) };
      const message = { message_id: `m${order}`, ...timestamp, type: "match_updates", payload: { matches: [told] } };
      const text = JSON.stringify(message);
      if (latencyMs === 0) server.publish(text);
      else time.clock.after(latencyMs, () => server.publish(text));
    },
    drop: (id: string) => void truth.delete(id),
    sourceWorks: (works: boolean) => {
      sourceWorks = works;
    },
    fill: (wanted: boolean) => {
      full = wanted;
    },
    unheard: (): readonly number[] => unheard,
    fetches: (): readonly number[] => fetches,
    impossible: (): readonly Gap[] => impossible,
    truth: (): Readonly<Record<string, string>> =>
      Object.fromEntries([...truth].map(([id, venue]) => [id, `Plan ${venue}`] as const).sort()),
  };
};

/** What is closed is history: it was written by the clock as it went then. */
const isPossible = ({ from, to, state }: Gap, now: number): boolean =>
  (to === null || from <= to) && (state === "closed" || (to ?? from) <= instantOf(now));

/** What is known, but for matches that are no more and that no list ever had: of those no list says that they are gone. */
export const known = (
  { book }: Pick<Life, "book">,
  truth: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...book.records.values()]
      .filter((record) => record.goneAt === null && (record.match.id in truth || wasListed(record)))
      .map(({ match }) => [match.id, match.venue ?? ""] as const)
      .sort(),
  );

export const covers = (gaps: readonly Gap[], at: number): boolean =>
  gaps.some(({ from, to }) => Date.parse(from) <= at && (to === null || at <= Date.parse(to)));
