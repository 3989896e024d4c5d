import type { OtherTag } from "../../shared/calendar.ts";
import { dayMs } from "../../shared/duration.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { type Problem, ProblemError } from "../../shared/problem.ts";
import { backoff } from "../backoff.ts";
import type { Clock, Digest, Log } from "../ports.ts";
import type { Failure } from "./failure.ts";
import { createGate } from "./gate.ts";
import { type Batch, type Found, type KeeperStore, mark, type OutboxRow, type Wanted } from "./item.ts";
import { createLateness } from "./lateness.ts";
import { createLooked } from "./looked.ts";
import { planRows } from "./outbox.ts";
import { isOlder } from "./plan.ts";
import { createQueue } from "./queue.ts";
import { createReader, type Look } from "./reader.ts";
import { type Reconciled, reconcile } from "./reconcile.ts";
import { eraseInBatch, eraseInItems, forgetItems } from "./retire.ts";
import { type Run, resultOf } from "./status.ts";
import type { Items, Listing, Target } from "./target.ts";
import { createTargetState } from "./target-state.ts";
import type { Turn } from "./turn.ts";
import { createWaiters } from "./waiters.ts";
import { createWriter, type Report, recordOf } from "./write.ts";

export type KeeperOptions<W extends Wanted> = {
  readonly target: Target<W>;
  readonly store: KeeperStore<W>;
  readonly clock: Clock;
  readonly log: Log;
  readonly items: Items<W>;
  readonly digest: Digest;
  /** A newly chosen collection is written to only after a person has seen what would happen. */
  readonly previewFirst: boolean;
  /** null: nobody else keeps it for us. */
  readonly turn: Turn | null;
  /** The state of these items, or of the target itself, may have changed. */
  readonly onTouched: (ids: Iterable<string>) => void;
  readonly onStats: (counts: { readonly done: number; readonly failed: number }) => void;
};

/** How soon a target is looked at for what another node is to write. */
const following = { baseMs: 1500, capMs: 60_000, least: 0.7 } as const;

/** Where a write is not answered for so long another node may have a better way to the target. */
const mostUnansweredMs = 4000;

const stopped: Problem = { kind: "calendar-unreachable", message: "Avspark is stopping." };

const idsIn = <W extends Wanted>({ outbox, outboxDone, known, forgotten }: Batch<W>): readonly string[] => [
  ...[...(outbox ?? []), ...(known ?? [])].map(({ id }) => id),
  ...(outboxDone ?? []),
  ...(forgotten ?? []),
];

/**
 * Keeps one target equal to what is wanted: reads it, plans, and makes call after call until nothing is left to do.
 * Everything that happens ends in `pump`, which alone decides what comes next.
 */
export const createKeeper = <W extends Wanted>(options: KeeperOptions<W>) => {
  const { target, store, clock, log, items, previewFirst, turn, onTouched, onStats } = options;
  const { limits } = target;
  let stage: "new" | "running" | "stopping" | "stopped" = "new";
  let run: Run | null = null;
  let duplicates = new Map<string, readonly Found[]>();
  /** Every item there is has been told of: what nobody has told of belongs to none. */
  let isListed = false;
  /** Reading has told what it is called; before that it is called what it was called last. */
  let isNamed = false;
  let cancelWake = (): void => undefined;
  let cancelDaily = (): void => undefined;
  let cancelFollowing: (() => void) | null = null;
  /** How often in a row the target was looked at in vain for what another node is to write. */
  let followed = 0;
  /** Items whose insert failed: perhaps they are there. */
  const uncertain = new Set<string>();
  /** What is to be taken out of items that are being written, when that has ended. */
  const erasures = new Map<string, (item: W) => W>();
  /** Items of which more is known than is kept: whoever waits for them is told when it is. */
  const unsaved = new Set<string>();

  const now = (): Instant => instantOf(clock.now());
  const oldest = (): Instant | null =>
    limits.keepPastDays === null ? null : instantOf(clock.now() - limits.keepPastDays * dayMs);

  let otherTags: readonly OtherTag[] = [];
  /** Where items stand under another tag, ours would stand beside them: nobody begins that without having been asked. */
  const needsPreview = (): boolean => (previewFirst || otherTags.length > 0) && !state.meta.has(mark.begun);

  const state = createTargetState({
    store,
    target: target.name,
    onSaved: () => {
      if (stage === "stopped") return;
      const ids = [...unsaved];
      unsaved.clear();
      tellWaiters(ids);
      pump();
    },
    onRefused: (failure) => {
      if (stage === "stopped") return;
      unsaved.clear();
      gate.failed(failure);
      tellWaiters();
    },
  });

  const gate = createGate({
    clock,
    longestWaitMs: limits.longestWaitMs,
    onProbe: () => {
      onTouched([]);
      queue.changed();
      reader.ask({ full: false, believe: true });
      pump();
    },
  });

  const reader = createReader({
    target,
    onListing: (listing, look) => {
      if (stage === "stopped") return;
      takeIn(listing, look);
      tellWaiters();
      pump();
    },
    onFailure: (failure) => {
      log.warn("Reading a target failed", { target: target.name, problem: failure.problem.kind });
      gate.failed({ ...failure, concern: "collection" });
      tellWaiters();
    },
  });

  const lateness = createLateness({
    clock,
    isOpen: (id) => state.outbox.get(id)?.state === "ready",
    onLate: () => onTouched([]),
  });

  const writer = createWriter({
    target,
    state,
    clock,
    log,
    duplicates: (id) => duplicates.get(id) ?? [],
    oldest,
    onEnded: (reports) => {
      if (stage === "stopped") return;
      record(reports);
      pump();
    },
  });

  const looked = createLooked(clock);
  const isCreation = ({ id, wanted }: OutboxRow<W>): boolean => wanted !== null && !state.known.has(id);
  /** What nobody else looks after, or what cannot be read, holds no surprise. */
  const mustLook = (row: OutboxRow<W>): boolean =>
    !target.isOwn && target.list !== null && isCreation(row) && looked.mustLook(row.id);

  const queue = createQueue({
    clock,
    outbox: state.outbox,
    startOf: (row) => row.wanted?.start ?? state.known.get(row.id)?.start ?? null,
  });

  const blocked = (): Problem | "preview" | "stopped" | null => {
    const problem = gate.closed();
    if (problem !== null) return problem;
    if (needsPreview()) return "preview";
    return stage === "running" ? null : "stopped";
  };

  const waiters = createWaiters({
    clock,
    resultOf: (id, written) =>
      resultOf({
        id,
        written,
        target: target.name,
        state,
        desired: items.desired(id),
        retry: queue.retryOf(id),
        blocked: blocked(),
        isBusy: unsaved.has(id) || reader.isWanted() || reader.isReading() || writer.busy.has(id),
      }),
    late: limits.late && {
      ms: limits.late.ms,
      result: (id) => ({
        matchId: id,
        target: target.name,
        outcome: "waiting",
        reason: null,
        problem: limits.late?.problem ?? null,
      }),
    },
  });

  const tellWaiters = (ids?: readonly string[]): void => {
    const problem = gate.closed();
    if (problem !== null) reader.abandon({ problem, retryAfterMs: null, concern: "collection" });
    waiters.check(ids);
    onTouched(ids ?? []);
  };

  const save = (batch: Batch<W>): void => {
    if (batch.outbox?.length) {
      queue.changed();
      followed = 0;
    }
    queue.revive(batch.outboxDone ?? []);
    const isOther = ({ id, wanted }: OutboxRow<W>) => state.outbox.get(id)?.wanted?.hash !== wanted?.hash;
    queue.revive((batch.outbox ?? []).filter(isOther).map(({ id }) => id));
    onTouched([]);
    for (const id of idsIn(batch)) unsaved.add(id);
    state.commit(batch);
  };

  /** Of which nobody has told us. What is still to be done of them is theirs too, though they may be there no longer. */
  const unknownIds = (): readonly string[] =>
    [...new Set([...state.known.keys(), ...state.outbox.keys()])].filter((id) => items.desired(id) === undefined);
  const allIds = (): readonly string[] => [...items.ids(), ...unknownIds()];

  /** Brings the outbox up to date for these items. `surplus`: unknown ones that are to go. */
  const plan = (ids: Iterable<string>, surplus: ReadonlySet<string> = new Set()): void => {
    const rows = planNow(ids, surplus);
    looked.wanted(rows.filter(isCreation).map(({ id }) => id));
  };

  /** As `plan`; answers what has come to be wanted. */
  const planNow = (ids: Iterable<string>, surplus: ReadonlySet<string> = new Set()): readonly OutboxRow<W>[] => {
    const list = [...ids];
    const planned = planRows({
      target: target.name,
      ids: list,
      items,
      state,
      busy: writer.busy,
      duplicates,
      orphans: new Set(isListed ? unknownIds() : []),
      surplus,
      oldest: oldest(),
      now: clock.now(),
    });
    // No row, no known item, but an insert that may have worked: only reading tells whether something must go.
    const isUnsure = (id: string): boolean =>
      uncertain.has(id) && !state.known.has(id) && !state.outbox.has(id) && !writer.busy.has(id);
    const fresh = (planned.outbox ?? []).filter(({ id }) => !state.outbox.has(id));
    const touched = [...(planned.outbox ?? []).map(({ id }) => id), ...(planned.outboxDone ?? [])];
    if (touched.length > 0 || Object.keys(planned.meta ?? {}).length > 0) save(planned);
    if (list.some(isUnsure)) reader.ask({ full: false, believe: true });
    onTouched(touched);
    return fresh;
  };

  /** What is past and belongs to no item is left alone: to remember it would be to remember all there ever was. */
  const concerns = ({ id, start }: Found): boolean =>
    state.known.has(id) || items.desired(id) !== undefined || !isOlder(start, oldest());

  const understand = (listing: Listing<W>, believe: boolean): Reconciled<W> =>
    reconcile({
      target: target.name,
      listing: { ...listing, items: listing.items.filter(concerns) },
      known: state.known,
      duplicates,
      wanted: (id) => {
        const desired = items.desired(id);
        if (desired?.kind !== "item" || state.meta.has(mark.undone(id))) return null;
        return isOlder(desired.item.start, oldest()) ? null : desired.item;
      },
      believe,
      now: now(),
      oldest: oldest(),
      isOursAlone: target.isOursAlone,
    });

  /** Another account stands behind the same id: what was known was of another collection. */
  const adopt = (account: string): void => {
    const before = state.meta.get(mark.account);
    if (before === account) return;
    if (before !== undefined) {
      log.info("another account stands behind the target: it is another one", { target: target.name });
      state.beginAnew();
      duplicates = new Map();
      uncertain.clear();
      run = null;
      queue.changed();
    }
    save({ meta: { [mark.collection]: target.id, [mark.account]: account } });
  };

  const takeIn = (listing: Listing<W>, { believe }: Look): void => {
    if (listing.account !== undefined) adopt(listing.account);
    if (listing.kind === "full") otherTags = listing.otherTags ?? [];
    if (listing.kind === "full" && otherTags.length > 0 && needsPreview())
      log.warn("items stand under another tag: nothing is written before a person has looked", {
        target: target.name,
        tags: otherTags,
      });
    const read = understand(listing, believe);
    // A look notes only somebody's edits of what we know, so that they can be shown.
    const isEdit = ({ id, remoteId }: Found): boolean => state.known.get(id)?.remoteId === remoteId;
    const known = believe ? read.known : read.known.filter(isEdit);
    // What is past and belongs to no item is nobody's business any more.
    const isForgettable = (id: string): boolean => isOlder(state.known.get(id)?.start ?? null, oldest());
    const forgotten = believe ? [...read.forgotten, ...unknownIds().filter(isForgettable)] : [];
    isNamed = true;
    const supplanted = believe ? read.supplanted : [];
    save({ known, forgotten, supplanted, meta: { [mark.checkedAt]: now(), [mark.label]: target.label() } });
    onTouched([...known.map(({ id }) => id), ...forgotten]);
    if (!believe) return;
    duplicates = new Map(read.duplicates);
    uncertain.clear();
    looked.ended();
    // Of what comes to be wanted by this reading, it has shown that it is not there.
    planNow(allIds());
  };

  const record = (reports: readonly Report<W>[]): void => {
    const ids = reports.map(({ row }) => row.id);
    // What cannot be read cannot be taken back.
    const number = target.list === null || run === null ? null : run.number;
    save(eraseInBatch(recordOf(reports, { state, run: number, now: now() }), erasures));
    for (const id of ids) erasures.delete(id);
    const failures = new Set<Failure>();
    let done = 0;
    for (const { row, end } of reports) {
      if (end.ok) {
        done += 1;
        uncertain.delete(row.id);
        lateness.done(row.id);
        duplicates.delete(row.id);
        waiters.wrote(row.id, end.written.outcome);
      } else {
        if (!state.known.has(row.id)) uncertain.add(row.id);
        // Perhaps it lies in the past by now, where it is left alone: only reading tells.
        if (isOlder(row.wanted?.start ?? null, oldest())) reader.ask({ full: false, believe: true });
        queue.failed(row, end.failure);
        failures.add(end.failure);
      }
    }
    // Changes that went in one call failed once.
    for (const failure of failures) gate.failed(failure);
    if (done > 0) gate.succeeded();
    if (run !== null) run = { ...run, done: run.done + done };
    onStats({ done, failed: reports.length - done });
    plan(ids);
    // A row that was passed over since its item was busy must be found again.
    if (ids.some((id) => state.outbox.has(id))) queue.changed();
    tellWaiters(gate.closed() === null ? ids : undefined);
  };

  const begin = (): Run => {
    const number = Number(state.meta.get(mark.run) ?? "0") + 1;
    save({ meta: { [mark.run]: String(number), [mark.begun]: "yes" } });
    return { number, startedAt: now(), done: 0 };
  };

  const wakeAt = (due: number | null): void => {
    cancelWake();
    cancelWake = due === null ? () => undefined : clock.after(Math.max(0, due - clock.elapsed()), pump);
  };

  const writeNext = (): void => {
    const calls = (gate.state().name === "probing" ? 1 : limits.calls) - writer.calls();
    const rows = queue.take(calls * limits.batch, writer.busy);
    if (rows.some(mustLook)) {
      queue.changed();
      reader.ask({ full: false, believe: true });
      pump();
      return;
    }
    if (rows.length > 0) run ??= begin();
    // Time has passed since they were planned: what has become too old meanwhile is no longer touched.
    plan(rows.map(({ id }) => id));
    if (!state.isSaved()) {
      // So must what is to be done.
      queue.changed();
      return;
    }
    const ready = rows.flatMap(({ id }) => state.outbox.get(id) ?? []).filter((row) => row.state === "ready");
    lateness.tried(ready.map(({ id }) => id));
    for (const part of inBatches(ready, limits.batch)) writer.launch(part);
    wakeAt(queue.nextDue());
    if (writer.calls() > 0 || queue.isExpecting()) return;
    run = null;
    gate.succeeded();
    tellWaiters();
  };

  const pump = (): void => {
    if (stage !== "running" || gate.closed() !== null || reader.isReading()) return;
    if (reader.isWanted()) {
      if (writer.calls() > 0) return;
      looked.begun();
      reader.read();
      return;
    }
    // What is known must be kept before anything is done; `pump` comes again when it is.
    state.save();
    if (!state.isSaved()) return;
    if (needsPreview()) {
      gate.succeeded();
      tellWaiters();
    } else if (turn !== null && !turn.isOurs()) follow();
    else writeNext();
  };

  /** Another node writes: what is to be done is done when a reading shows it. */
  const follow = (): void => {
    if (![...state.outbox.values()].some((row) => row.state === "ready")) return;
    const waitMs = backoff({ ...following, failures: followed + 1, random: clock.random() });
    cancelFollowing ??= clock.after(waitMs, () => {
      cancelFollowing = null;
      followed += 1;
      if (!reader.isBelieving()) reader.ask({ full: false, believe: true });
      pump();
    });
  };

  const daily = (): void => {
    cancelDaily = clock.after(dayMs, () => {
      reader.ask({ full: true, believe: true });
      pump();
      daily();
    });
  };

  /** Whatever is there of these items is to be written anew; not what is being written already as it is wanted. */
  const distrust = (ids: Iterable<string>): void => {
    const known = [...ids].flatMap((id) => {
      const desired = items.desired(id);
      const isUnderWay = desired?.kind === "item" && writer.busy.get(id)?.wanted?.hash === desired.item.hash;
      const one = isUnderWay ? undefined : state.known.get(id);
      return one === undefined ? [] : [{ ...one, hash: null }];
    });
    if (known.length > 0) save({ known });
  };

  return {
    target,
    state,
    gate,
    items,
    digest: options.digest,
    distrust,
    needsPreview,
    otherTags: (): readonly OtherTag[] => otherTags,
    oldest,
    run: () => run,
    late: lateness.late,
    label: (): string => (isNamed ? undefined : state.meta.get(mark.label)) ?? target.label(),
    save,
    plan,
    pump,
    retryOf: queue.retryOf,
    /** Nobody waits any longer for what failed for good, or for its next try. */
    revive: queue.revive,
    start: (): void => {
      stage = "running";
      const collection = state.meta.get(mark.collection);
      if (collection !== undefined && collection !== target.id) state.beginAnew();
      if (collection !== target.id) save({ meta: { [mark.collection]: target.id } });
      if (target.list === null) plan(allIds());
      // Whoever had the turn before may have written what we do not know of.
      turn?.start({
        canWrite: () => gate.closed() === null && writer.unansweredMs() < mostUnansweredMs,
        onOurs: () => {
          reader.ask({ full: false, believe: true });
          pump();
        },
      });
      daily();
      pump();
    },
    /** Every item there is has been told of. */
    listed: (): void => {
      if (isListed) return;
      isListed = true;
      if (stage !== "running" || reader.isWanted()) return;
      plan(allIds());
      pump();
    },
    /** Reads the target now, and changes nothing in it unless it is told to believe it. Throws ProblemError. */
    look: async (look: Look): Promise<Reconciled<W> & { readonly listing: Listing<W> }> => {
      gate.hurry();
      const problem = stage === "running" ? gate.closed() : stopped;
      if (problem !== null) throw new ProblemError(problem);
      const reading = reader.wait(look).catch(({ problem: failed }: Failure) => {
        throw new ProblemError(failed);
      });
      pump();
      const listing = await reading;
      return { listing, ...understand(listing, false) };
    },
    /** Reads and tries again everything that waits, without waiting for it. */
    refresh: (): void => {
      if (!reader.isBelieving()) reader.ask({ full: false, believe: true });
      gate.hurry();
      pump();
    },
    /** Something personal is not kept any more: `erase` takes it out of an item. */
    erase: (ids: readonly string[], erase: (item: W) => W): void => {
      eraseInItems({ target, state, items, clock, log }, ids, erase);
      for (const id of ids) {
        const earlier = erasures.get(id) ?? ((item) => item);
        if (writer.busy.has(id)) erasures.set(id, (item) => erase(earlier(item)));
      }
    },
    /** These items are current no more. */
    forget: (ids: readonly string[]): void => {
      forgetItems({ target, state, items, clock, log }, ids);
      for (const id of ids) {
        duplicates.delete(id);
        uncertain.delete(id);
      }
      queue.changed();
    },
    wait: waiters.wait,
    stop: async (): Promise<void> => {
      if (stage !== "running") return;
      stage = "stopping";
      cancelWake();
      cancelDaily();
      cancelFollowing?.();
      lateness.stop();
      gate.close();
      waiters.check();
      reader.abandon({ problem: stopped, retryAfterMs: null, concern: "collection" });
      const ended = Promise.all([writer.ended(), reader.ended()]).then(state.saved);
      await within(clock, limits.stopMs, ended);
      await turn?.stop();
      stage = "stopped";
    },
  };
};
export type Keeper<W extends Wanted> = ReturnType<typeof createKeeper<W>>;

/** `size` may be infinite: then all go together. */
const inBatches = <T>(all: readonly T[], size: number): readonly (readonly T[])[] => {
  const batches: (readonly T[])[] = [];
  for (let from = 0; from < all.length; from += size) batches.push(all.slice(from, from + size));
  return batches;
};

const within = (clock: Clock, ms: number, work: Promise<void>): Promise<void> =>
  new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    void work.then(() => {
      cancel();
      resolve();
    });
  });
