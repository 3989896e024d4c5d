import type { Placement, SyncResult, TargetStatus } from "../../shared/calendar.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import type { CalendarStore } from "../calendar/store.ts";
import { backoff } from "../feed/backoff.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Clock, Digest, Log } from "../ports.ts";
import { createBooks } from "./books.ts";
import type { CurrentMatch, OnMatches } from "./program.ts";
import { createWaiters } from "./waiters.ts";

export type DeliveryOptions = {
  readonly clock: Clock;
  readonly log: Log;
  readonly digest: Digest;
  readonly store: Pick<CalendarStore, "load" | "write">;
  readonly onMatches: OnMatches;
  readonly onStatus: () => void;
  readonly onPlacements: (matchIds: readonly string[]) => void;
  readonly onResults: (results: { readonly done: number; readonly failed: number }) => void;
};

const firstWaitMs = 1000;
const longestWaitMs = 60_000;
/** How long a call under way may take to end when we stop. */
const stopMs = 5000;

type Trouble = {
  readonly since: Instant;
  readonly until: number;
  readonly failures: number;
  readonly problem: Problem;
};
type Flight = {
  /** What is on its way, by match. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly startedAt: Instant;
  readonly ended: Promise<void>;
};

/**
 * Gives the program every match that is not as it was last given: at least once, one call at a time, always the latest
 * state. What a call did not take is given again, with what has changed meanwhile, until it is taken; what was given is
 * remembered beyond this run.
 */
export const createDelivery = (options: DeliveryOptions) => {
  const { clock, digest, onStatus, onPlacements, onResults } = options;
  const log = options.log.part("program");
  const books = createBooks(options.store);
  const waiters = createWaiters(clock);
  const records = new Map<string, MatchRecord>();
  const due = new Set<string>();
  let onMatches = options.onMatches;
  let stage: "new" | "running" | "stopping" | "stopped" = "new";
  let flight: Flight | null = null;
  let trouble: Trouble | null = null;
  let cancelRetry = (): void => undefined;

  const now = (): Instant => instantOf(clock.now());
  const hashOf = (record: MatchRecord): string => digest(canonical(currentOf(record)));

  const take = (changed: readonly MatchRecord[]): readonly string[] =>
    changed.flatMap((record) => {
      const { id } = record.match;
      records.set(id, record);
      if ((flight?.hashes.get(id) ?? books.hash(id)) === hashOf(record)) return [];
      due.add(id);
      return [id];
    });

  const pump = (): void => {
    if (stage !== "running" || flight !== null || due.size === 0) return;
    if (trouble !== null && trouble.until > clock.now()) return;
    const given = [...due].flatMap((id) => records.get(id) ?? []);
    due.clear();
    const hashes = new Map(given.map((record) => [record.match.id, hashOf(record)]));
    flight = { hashes, startedAt: now(), ended: call(given, hashes) };
    onStatus();
  };

  const call = async (given: readonly MatchRecord[], hashes: Flight["hashes"]): Promise<void> => {
    // What throws at once must fail like what throws later.
    await Promise.resolve();
    try {
      if ((await onMatches(given.map(currentOf))) === false) failed(hashes, "onMatches answered false.");
      else await taken(hashes);
    } catch (error) {
      log.error("onMatches failed; it is called again", { matches: given.length, error });
      failed(hashes, `onMatches failed (${error instanceof Error ? error.name : typeof error}).`);
    }
    if (stage !== "running") return;
    onPlacements([...hashes.keys()]);
    onStatus();
    pump();
  };

  const taken = async (hashes: Flight["hashes"]): Promise<void> => {
    if (stage === "stopped") return;
    const problem = await books.put([...hashes].map(([id, hash]) => ({ id, hash, at: now() })));
    if (problem !== null) log.warn("what was given could not be noted; it is given again", { kind: problem.kind });
    flight = null;
    trouble = null;
    onResults({ done: hashes.size, failed: 0 });
    // What has changed during the call is due again, and those who wait for it wait on.
    waiters.taken([...hashes.keys()].filter((id) => !due.has(id)));
  };

  const failed = (hashes: Flight["hashes"], message: string): void => {
    flight = null;
    if (stage === "stopped") return;
    const ids = [...hashes.keys()];
    for (const id of ids) due.add(id);
    const problem: Problem = { kind: "program-failed", message };
    const failures = (trouble?.failures ?? 0) + 1;
    const wait = backoff({ baseMs: firstWaitMs, capMs: longestWaitMs, failures, random: clock.random() });
    trouble = { since: trouble?.since ?? now(), until: clock.now() + wait, failures, problem };
    onResults({ done: 0, failed: ids.length });
    waiters.failed(ids, problem);
    cancelRetry();
    cancelRetry = clock.after(wait, pump);
  };

  const isUnderWay = (id: string): boolean => {
    const record = records.get(id);
    return record !== undefined && flight?.hashes.get(id) === hashOf(record);
  };

  const hurry = (): void => {
    if (trouble !== null) trouble = { ...trouble, until: clock.now() };
    pump();
  };

  const stateNow = (): TargetStatus["state"] => {
    if (trouble !== null) {
      const { since, until, problem } = trouble;
      return { name: "waiting", since, until: flight === null ? instantOf(until) : null, problem };
    }
    if (flight === null) return { name: "idle" };
    return { name: "working", done: 0, of: flight.hashes.size, startedAt: flight.startedAt };
  };

  return {
    start: (current: readonly MatchRecord[]): void => {
      stage = "running";
      take(current);
      pump();
    },
    changed: (changed: readonly MatchRecord[]): void => {
      const ids = take(changed);
      if (ids.length > 0) onPlacements(ids);
      pump();
    },
    /** Gives these matches, changed or not, and waits until they are taken, or a call has failed. */
    sync: async (matchIds?: readonly string[]): Promise<readonly SyncResult[]> => {
      const ids = (matchIds ?? [...records.keys()]).filter((id) => records.has(id));
      if (ids.length === 0) return [];
      // What is on its way already as it is now need not be given twice.
      for (const id of ids) if (!isUnderWay(id)) due.add(id);
      const ended = waiters.wait(ids);
      hurry();
      const problem = await ended;
      const outcome = problem === null ? "updated" : "waiting";
      return ids.map((matchId) => ({ matchId, target: "program", outcome, reason: null, problem }));
    },
    retry: hurry,
    setOnMatches: (next: OnMatches): void => {
      onMatches = next;
      hurry();
    },
    status: (): TargetStatus => ({
      name: "program",
      label: "onMatches",
      state: stateNow(),
      there: books.size(),
      waiting: new Set([...due, ...(flight?.hashes.keys() ?? [])]).size,
      failed: 0,
      differs: 0,
      skipped: 0,
      lastWriteAt: books.lastAt(),
      lastCheckAt: null,
      undoable: false,
      signInExpiresAt: null,
    }),
    placement: (id: string): Placement | null => {
      if (due.has(id) || flight?.hashes.has(id) === true) return { state: "waiting" };
      const at = books.at(id);
      return at === null ? null : { state: "there", at };
    },
    stop: async (): Promise<void> => {
      stage = "stopping";
      cancelRetry();
      if (flight !== null) await within(clock, flight.ended);
      stage = "stopped";
      waiters.stop();
    },
  };
};
export type Delivery = ReturnType<typeof createDelivery>;

const currentOf = ({ match, goneAt }: MatchRecord): CurrentMatch => ({ ...match, goneAt });

/** The same text for the same match, whether it was just decoded or read from the journal. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const within = (clock: Clock, work: Promise<void>): Promise<void> =>
  new Promise((resolve) => {
    const cancel = clock.after(stopMs, resolve);
    void work.then(() => {
      cancel();
      resolve();
    });
  });
