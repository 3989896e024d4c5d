import type { SyncResult } from "../../shared/calendar.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { type Problem, ProblemError } from "../../shared/problem.ts";
import type { CalendarTarget, Clock, Listing, Log } from "../ports.ts";
import type { Adoption } from "./adopt.ts";
import { bookkeep, type Report } from "./bookkeeping.ts";
import { createGate } from "./gate.ts";
import { createIntake } from "./intake.ts";
import { createLedger, type LedgerBatch } from "./ledger.ts";
import type { Failure } from "./patience.ts";
import { createQueue } from "./queue.ts";
import { createReader, type Look } from "./reader.ts";
import { type Matches, planRows } from "./rows.ts";
import { settledOf } from "./status.ts";
import type { CalendarStore } from "./store.ts";
import { createWatches } from "./watch.ts";
import { createWriter } from "./writer.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** How long calls under way may take to end when we stop. */
const stopMs = 1000;

export type KeeperOptions = {
  readonly target: CalendarTarget;
  readonly store: CalendarStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly matches: Matches;
  readonly keepPastDays: number;
  /** A newly chosen calendar is written to only after a person has seen what would happen. */
  readonly previewFirst: boolean;
  /** Calls that may be under way at once. */
  readonly concurrency: number;
  /** The state of these matches, or of the calendar itself, may have changed. */
  readonly onTouched: (matchIds: Iterable<string>) => void;
  readonly onStats: (counts: { readonly done: number; readonly failed: number }) => void;
};

const idsOf = ({ outbox, outboxDone, known, forgotten }: LedgerBatch): readonly string[] => [
  ...[...(outbox ?? []), ...(known ?? [])].map(({ matchId }) => matchId),
  ...(outboxDone ?? []),
  ...(forgotten ?? []),
];

const stopped: Problem = { kind: "calendar-unreachable", message: "Avspark is stopping." };

/** Writes that follow each other without a pause. */
type Burst = { readonly run: number; readonly startedAt: number; done: number };

/**
 * Keeps one calendar: reads it, plans, and makes call after call until nothing is left to do. Everything that happens
 * ends in `pump`, which alone decides what comes next.
 */
export const createKeeper = (options: KeeperOptions) => {
  const { target, store, clock, log, matches, onTouched, onStats } = options;
  let stage: "new" | "running" | "stopping" | "stopped" = "new";
  let burst: Burst | null = null;
  let cancelWake = (): void => undefined;
  let cancelDaily = (): void => undefined;
  /** Matches whose insert failed: perhaps the event is there. */
  const doubt = new Set<string>();
  /** Matches of which more is known than is kept: whoever waits for them is told when it is. */
  const unsaved = new Set<string>();

  const oldest = (): Instant => instantOf(clock.now() - options.keepPastDays * dayMs);

  /** The calendar file is ours alone: nothing in it can surprise anybody. */
  const needsPreview = (): boolean => options.previewFirst && target.name !== "ics" && !ledger.meta.has("begun");

  const ledger = createLedger({
    store,
    target: target.name,
    onSaved: () => {
      if (stage === "stopped") return;
      const ids = [...unsaved];
      unsaved.clear();
      settle(ids);
      pump();
    },
    onRefused: (problem) => {
      if (stage === "stopped") return;
      unsaved.clear();
      gate.failed({ problem, retryAfterMs: null }, true);
      settle();
    },
  });

  const intake = createIntake({ target, ledger, matches, now: () => instantOf(clock.now()), oldest });

  const gate = createGate({
    clock,
    onProbe: () => {
      onTouched([]);
      queue.changed();
      reader.ask({ full: false, absent: "verify" });
      pump();
    },
  });

  const reader = createReader({
    target,
    onListing: (listing, look) => {
      if (stage === "stopped") return;
      takeIn(listing, look);
      settle();
      pump();
    },
    onFailure: (failure) => {
      log.warn("Reading a calendar failed", { target: target.name, problem: failure.problem.kind });
      gate.failed(failure, true);
      settle();
    },
  });

  const writer = createWriter({
    target,
    ledger,
    clock,
    log,
    extras: (id) => intake.extras.get(id) ?? [],
    oldest,
    onEnded: (reports) => {
      if (stage === "stopped") return;
      record(reports);
      pump();
    },
  });

  const queue = createQueue({
    outbox: ledger.outbox,
    startOf: (row) => row.wanted?.start ?? ledger.known.get(row.matchId)?.start ?? null,
  });

  const watches = createWatches((id, written): SyncResult | null => {
    const problem = gate.closed();
    return settledOf({
      id,
      written,
      target: target.name,
      ledger,
      desired: matches.desired(id),
      blocked: problem ?? (needsPreview() ? "preview" : stage === "running" ? null : "stopped"),
      isBusy: unsaved.has(id) || reader.isWanted() || reader.isReading() || writer.busy.has(id),
    });
  });

  const settle = (ids?: readonly string[]): void => {
    const problem = gate.closed();
    if (problem !== null) reader.abandon({ problem, retryAfterMs: null });
    watches.check(ids);
    onTouched(ids ?? []);
  };

  const save = (batch: LedgerBatch): void => {
    if (batch.outbox?.length) queue.changed();
    onTouched([]);
    for (const id of idsOf(batch)) unsaved.add(id);
    ledger.commit(batch);
  };

  /** Brings the outbox up to date for these matches. `surplus`: events of unknown matches that are to go. */
  const plan = (ids: Iterable<string>, surplus: ReadonlySet<string> = new Set()): void => {
    const list = [...ids];
    const planned = planRows({
      target: target.name,
      ids: list,
      matches,
      ledger,
      busy: writer.busy,
      doubled: intake.extras,
      surplus,
      oldest: oldest(),
      now: clock.now(),
    });
    // No row, no known event, but an insert that may have worked: only reading tells whether something must go.
    const isUnsure = (id: string): boolean =>
      doubt.has(id) && !ledger.known.has(id) && !ledger.outbox.has(id) && !writer.busy.has(id);
    const touched = [...(planned.outbox ?? []).map(({ matchId }) => matchId), ...(planned.outboxDone ?? [])];
    if (touched.length > 0 || Object.keys(planned.meta ?? {}).length > 0) save(planned);
    if (list.some(isUnsure)) reader.ask({ full: false, absent: "verify" });
    onTouched(touched);
  };

  const takeIn = (listing: Listing, { absent }: Look): void => {
    const batch = absent === "ignore" ? intake.glance(listing) : intake.believe(listing);
    save({ ...batch, meta: { checkedAt: instantOf(clock.now()) } });
    onTouched([...(batch.known ?? []).map(({ matchId }) => matchId), ...(batch.forgotten ?? [])]);
    if (absent === "ignore") return;
    doubt.clear();
    plan(matches.ids());
  };

  const record = (reports: readonly Report[]): void => {
    const ids = reports.map(({ row }) => row.matchId);
    save(bookkeep(reports, { books: ledger, run: burst?.run ?? 0, now: clock.now(), random: clock.random }));
    let done = 0;
    for (const { row, end } of reports) {
      if (end.ok) {
        done += 1;
        doubt.delete(row.matchId);
        intake.isOne(row.matchId);
        watches.wrote(row.matchId, end.written.outcome);
      } else {
        if (!ledger.known.has(row.matchId)) doubt.add(row.matchId);
        // Perhaps it lies in the past by now, where it is left alone: only reading tells.
        if (row.wanted !== null && row.wanted.start < oldest()) reader.ask({ full: false, absent: "verify" });
        gate.failed(end.failure);
      }
    }
    if (done > 0) gate.succeeded();
    if (burst !== null) burst.done += done;
    onStats({ done, failed: reports.length - done });
    plan(ids);
    // A row that was passed over since its match was busy must be found again.
    if (ids.some((id) => ledger.outbox.has(id))) queue.changed();
    settle(gate.closed() === null ? ids : undefined);
  };

  const begin = (): Burst => {
    const run = Number(ledger.meta.get("run") ?? "0") + 1;
    save({ meta: { run: String(run), begun: "yes" } });
    return { run, startedAt: clock.now(), done: 0 };
  };

  const wakeAt = (due: number | null): void => {
    cancelWake();
    cancelWake = due === null ? () => undefined : clock.after(Math.max(0, due - clock.now()), pump);
  };

  const pump = (): void => {
    if (stage !== "running" || gate.closed() !== null || reader.isReading()) return;
    if (reader.isWanted()) {
      if (writer.busy.size === 0) reader.read();
      return;
    }
    if (needsPreview()) {
      gate.succeeded();
      settle();
      return;
    }
    ledger.save();
    const width = gate.state().name === "probing" ? 1 : options.concurrency;
    const rows = queue.take({ count: width - writer.busy.size, busy: writer.busy, now: clock.now() });
    if (rows.length > 0) burst ??= begin();
    // Time has passed since they were planned: what has become too old meanwhile is no longer touched.
    plan(rows.map(({ matchId }) => matchId));
    if (!ledger.isSaved()) {
      // What is to be done must be kept before it is done; `pump` comes again when it is.
      queue.changed();
      return;
    }
    for (const { matchId } of rows) {
      const row = ledger.outbox.get(matchId);
      if (row?.state === "ready") writer.launch(row);
    }
    wakeAt(queue.nextDue());
    if (writer.busy.size === 0 && queue.nextDue() === null) {
      burst = null;
      gate.succeeded();
      settle();
    }
  };

  const daily = (): void => {
    cancelDaily = clock.after(dayMs, () => {
      reader.ask({ full: true, absent: "verify" });
      pump();
      daily();
    });
  };

  /** Nobody waits any longer for what failed for good, or for its next try. */
  const revive = (ids: Iterable<string>): void => {
    const rows = [...ids].flatMap((id) => {
      const row = ledger.outbox.get(id);
      if (row === undefined || row.state === "held" || (row.state === "ready" && row.notBefore === null)) return [];
      return [{ ...row, state: "ready", attempts: 0, notBefore: null, problem: null } as const];
    });
    if (rows.length > 0) save({ outbox: rows });
  };

  return {
    target,
    ledger,
    gate,
    needsPreview,
    oldest,
    burst: () => burst,
    save,
    plan,
    pump,
    revive,
    start: (): void => {
      stage = "running";
      const calendar = ledger.meta.get("calendar");
      if (calendar !== undefined && calendar !== target.id && target.name !== "ics") ledger.beginAnew();
      if (calendar !== target.id) save({ meta: { calendar: target.id } });
      revive(ledger.outbox.keys());
      daily();
      pump();
    },
    /** Reads the calendar now, and changes nothing in it unless it is told to verify. Throws ProblemError. */
    look: async (look: Look): Promise<Adoption & { readonly listing: Listing }> => {
      gate.hurry();
      const problem = stage === "running" ? gate.closed() : stopped;
      if (problem !== null) throw new ProblemError(problem);
      const reading = reader.wait(look).catch(({ problem: failed }: Failure) => {
        throw new ProblemError(failed);
      });
      pump();
      const listing = await reading;
      return { listing, ...intake.understand(listing, "ignore") };
    },
    /** Reads and tries again everything that waits, without waiting for it. */
    refresh: (): void => {
      if (!reader.isVerifying()) reader.ask({ full: false, absent: "verify" });
      gate.hurry();
      pump();
    },
    watch: watches.watch,
    stop: async (): Promise<void> => {
      if (stage !== "running") return;
      stage = "stopping";
      cancelWake();
      cancelDaily();
      gate.close();
      watches.check();
      reader.abandon({ problem: stopped, retryAfterMs: null });
      const deadline = new Promise<void>((resolve) => {
        const cancel = clock.after(stopMs, resolve);
        void Promise.all([writer.ended(), reader.ended()])
          .then(ledger.saved)
          .then(() => {
            cancel();
            resolve();
          });
      });
      await deadline;
      stage = "stopped";
    },
  };
};
export type Keeper = ReturnType<typeof createKeeper>;
