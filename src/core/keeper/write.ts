import { type Instant, instantOf } from "../../shared/instant.ts";
import type { Clock, Log } from "../ports.ts";
import { type Failure, failureOf } from "./failure.ts";
import { type Batch, type Found, type Known, mark, type OutboxRow, type RunEntry, type Wanted } from "./item.ts";
import { isOlder } from "./plan.ts";
import type { End, Failed, Revision, Target, Written } from "./target.ts";
import type { TargetFacts } from "./target-state.ts";

/** Calls that were made together end nearly together, and one transaction for all costs as much as one for each. */
const gatherMs = 3;

/** How one write ended. `known`: what we knew when it began. */
export type Report<W extends Wanted> = {
  readonly row: OutboxRow<W>;
  readonly known: Known<W> | undefined;
  readonly revision: Revision;
  readonly end: End<W>;
};

/** SEQUENCE and LAST-MODIFIED for a write: they move when the content does, also over a removal. */
export const revisionOf = <W extends Wanted>(options: {
  readonly wanted: W | null;
  readonly known: Known<W> | undefined;
  /** The last sequence of an item that was removed. */
  readonly removedAt: string | undefined;
  readonly now: Instant;
}): Revision => {
  const { wanted, known, removedAt, now } = options;
  const since = sequenceOf(wanted);
  if (known === undefined)
    return { sequence: Math.max(since, removedAt === undefined ? 0 : Number(removedAt) + 1), at: now };
  if (wanted !== null && known.written?.hash === wanted.hash) return { sequence: known.sequence, at: known.writtenAt };
  return { sequence: Math.max(since, known.sequence + 1), at: now };
};

/** Seconds since 2020, so that every desk gives an event the same SEQUENCE; it must fit into 32 bits. */
const sequenceOf = (wanted: Wanted | null): number =>
  wanted?.rev === undefined ? 0 : Math.max(0, Math.floor((wanted.rev - Date.UTC(2020, 0)) / 1000));

/** The calls under way to one target: at most one for each item. */
export const createWriter = <W extends Wanted>(options: {
  readonly target: Target<W>;
  readonly state: TargetFacts<W>;
  readonly clock: Clock;
  readonly log: Log;
  readonly duplicates: (id: string) => readonly Found[];
  readonly oldest: () => Instant | null;
  /** Those that ended at about the same moment come together, so that they are one transaction. */
  readonly onEnded: (reports: readonly Report<W>[]) => void;
}) => {
  const { target, state, clock, log, duplicates, oldest, onEnded } = options;
  const busy = new Map<string, OutboxRow<W>>();
  /** With when each was begun, by `elapsed`. */
  const calls = new Map<Promise<void>, number>();
  let reports: Report<W>[] = [];
  let reported: Promise<void>[] = [];
  let cancelGathering = (): void => undefined;
  /** When the target took something the last time. */
  let tookAt = Number.NEGATIVE_INFINITY;

  const handOver = (): void => {
    cancelGathering();
    const ended = reports;
    for (const call of reported) calls.delete(call);
    for (const { row } of ended) busy.delete(row.id);
    reports = [];
    reported = [];
    if (ended.length > 0) onEnded(ended);
  };

  const failed = (error: unknown, ids: readonly string[]): Failure => {
    const failure = failureOf(error);
    const { kind } = failure.problem;
    const fault = kind === "internal" ? { error } : {};
    log.warn("A write to a target failed", { target: target.name, ids, problem: kind, ...fault });
    return failure;
  };

  const launch = (rows: readonly OutboxRow<W>[]): void => {
    const now = instantOf(clock.now());
    const begun = rows.map((row) => {
      const { id, wanted } = row;
      const known = state.known.get(id);
      const removedAt = state.meta.get(mark.sequence(id));
      return { row, known, revision: revisionOf({ wanted, known, removedAt, now }) };
    });
    const changes = begun.map(({ row: { id, wanted }, known, revision }) => ({
      id,
      wanted,
      known,
      revision,
      duplicates: duplicates(id),
      mayInsert: !isOlder(wanted?.start ?? null, oldest()),
    }));
    const report = (endOf: (index: number) => End<W>): void => {
      if (reported.length === 0) cancelGathering = clock.after(gatherMs, handOver);
      reported.push(call);
      reports.push(...begun.map((one, index) => ({ ...one, end: endOf(index) })));
      // Nothing else is under way that could come along.
      if (reported.length === calls.size) handOver();
    };
    const unanswered: Failed = { ok: false, failure: failureOf(new Error("an answer is missing")) };
    for (const row of rows) busy.set(row.id, row);
    const call = target.apply(changes).then(
      (ends) => {
        if (ends.some(({ ok }) => ok)) tookAt = clock.elapsed();
        report((index) => fitting(ends[index], changes[index]) ?? unanswered);
      },
      (error: unknown) => {
        const failure = failed(
          error,
          rows.map(({ id }) => id),
        );
        report(() => ({ ok: false, failure }));
      },
    );
    calls.set(call, clock.elapsed());
  };

  return {
    /** By item, the row that is being carried out. */
    busy: busy as ReadonlyMap<string, OutboxRow<W>>,
    /** How many calls are under way, or have ended and are still to be reported. */
    calls: (): number => calls.size,
    /** For how long the target has taken nothing of what is under way: one that is slow takes something now and then. */
    unansweredMs: (): number => {
      const [oldest] = calls.values();
      return oldest === undefined ? 0 : clock.elapsed() - Math.max(oldest, tookAt);
    },
    launch,
    /** Resolves when every call under way has ended and been reported. */
    ended: async (): Promise<void> => {
      await Promise.all(calls.keys());
      handOver();
    },
  };
};

/** Nobody has changed it, and yet it is not as it was written: that item's trouble, and it is written again. */
const altered: Failed = {
  ok: false,
  failure: {
    problem: { kind: "calendar-rejected", message: "The calendar keeps the event otherwise than it was written." },
    retryAfterMs: null,
    concern: "item",
  },
};

/** The answer, if it speaks of the item that was asked about, and of what was asked for. */
const fitting = <W extends Wanted>(
  end: End<W> | undefined,
  change: { readonly id: string; readonly wanted: Wanted | null } | undefined,
): End<W> | null => {
  if (end === undefined || change === undefined) return null;
  if (!end.ok || end.written.found === null || end.written.outcome === "unchanged") return end;
  const { id, actual } = end.written.found;
  if (id !== change.id) return null;
  return change.wanted !== null && actual !== change.wanted.hash ? altered : end;
};

type Moment<W extends Wanted> = {
  readonly state: TargetFacts<W>;
  /** null: what is written to this target cannot be taken back. */
  readonly run: number | null;
  readonly now: Instant;
};

/** Taking something back is no run of its own, and what we did not write ourselves cannot be brought back. */
const runEntry = <W extends Wanted>(
  { row, known }: Report<W>,
  { before: there, after }: { readonly before: W | undefined; readonly after: W | null },
  { state, run, now }: Moment<W>,
): readonly RunEntry<W>[] => {
  const before = there ?? known?.written ?? null;
  const isForeign = known !== undefined && before === null;
  if (run === null || isForeign || before?.hash === after?.hash || state.meta.has(mark.undone(row.id))) return [];
  return [{ run, target: row.target, id: row.id, at: now, before, after }];
};

const succeeded = <W extends Wanted>(report: Report<W>, written: Written<W>, moment: Moment<W>): Batch<W> => {
  const { found, outcome, before } = written;
  const { row, known, revision } = report;
  const { id, wanted } = row;
  const { state } = moment;
  // A newer wish that came meanwhile stays.
  const outboxDone = state.outbox.get(id) === row ? [id] : [];
  if (outcome === "unchanged" && found !== null && wanted !== null && found.hash !== wanted.hash) {
    const { target } = row;
    const sequence = known?.sequence ?? revision.sequence;
    return { outboxDone, known: [{ ...found, target, written: null, writtenAt: moment.now, sequence }] };
  }
  const base = {
    outboxDone,
    run: runEntry(report, { before, after: found === null ? null : wanted }, moment),
  };
  const sequence = mark.sequence(id);
  if (wanted === null || found === null) {
    return { ...base, forgotten: [id], meta: known === undefined ? {} : { [sequence]: String(known.sequence) } };
  }
  const fresh: Known<W> = {
    ...found,
    hash: wanted.hash,
    target: row.target,
    written: wanted,
    writtenAt: revision.at,
    sequence: revision.sequence,
  };
  return { ...base, known: [fresh], meta: state.meta.has(sequence) ? { [sequence]: null } : {} };
};

/**
 * A call that failed may have done its work all the same: the answer was lost, not the request. So what is there counts
 * as unknown from now on, and whatever the item asks for next is written.
 */
const failed = <W extends Wanted>({ row }: Report<W>, { state }: Moment<W>): Batch<W> => {
  const known = state.known.get(row.id);
  return known === undefined || known.hash === null ? {} : { known: [{ ...known, hash: null }] };
};

/** What the store is to be told after some writes have ended. */
export const recordOf = <W extends Wanted>(reports: readonly Report<W>[], moment: Moment<W>): Batch<W> => {
  const batches = reports.map((report) =>
    report.end.ok ? succeeded(report, report.end.written, moment) : failed(report, moment),
  );
  const wrote = reports.some(({ end }) => end.ok && end.written.outcome !== "unchanged");
  return {
    outboxDone: batches.flatMap(({ outboxDone }) => outboxDone ?? []),
    known: batches.flatMap(({ known }) => known ?? []),
    forgotten: batches.flatMap(({ forgotten }) => forgotten ?? []),
    run: batches.flatMap(({ run }) => run ?? []),
    meta: Object.assign({}, ...batches.map(({ meta }) => meta ?? {}), wrote ? { [mark.writtenAt]: moment.now } : {}),
  };
};
