import { instantOf } from "../../shared/instant.ts";
import type { Revision, WantedEvent } from "../ports.ts";
import type { Ledger, LedgerBatch } from "./ledger.ts";
import { type Failure, retryDelay, verdictOf } from "./patience.ts";
import { undoneMark } from "./rows.ts";
import type { KnownRow, OutboxRow, RunEntry } from "./store.ts";
import type { Written } from "./write.ts";

/** How one write ended. `known`: what we knew when it began. */
export type Report = {
  readonly row: OutboxRow;
  readonly known: KnownRow | undefined;
  readonly revision: Revision;
  readonly end: { readonly ok: true; readonly written: Written } | { readonly ok: false; readonly failure: Failure };
};

export const buriedMark = (matchId: string): string => `sequence:${matchId}`;

type Books = Pick<Ledger, "known" | "outbox" | "meta">;
type Moment = { readonly run: number; readonly now: number; readonly random: () => number };

/** Taking something back is no run of its own, and what we did not write ourselves cannot be brought back. */
const runEntry = (
  { row, known }: Report,
  after: WantedEvent | null,
  { books, run, now }: Moment & { readonly books: Books },
): readonly RunEntry[] => {
  const before = known?.written ?? null;
  const isForeign = known !== undefined && before === null;
  if (isForeign || before?.hash === after?.hash || books.meta.has(undoneMark(row.matchId))) return [];
  return [{ run, target: row.target, matchId: row.matchId, at: instantOf(now), before, after }];
};

const success = (report: Report, written: Written, moment: Moment & { readonly books: Books }): LedgerBatch => {
  const { row, known, revision } = report;
  const { books } = moment;
  const base = {
    // A newer wish that came meanwhile stays.
    outboxDone: books.outbox.get(row.matchId) === row ? [row.matchId] : [],
    run: runEntry(report, written.event === null ? null : row.wanted, moment),
  };
  if (row.wanted === null || written.event === null) {
    const buried = known === undefined ? {} : { [buriedMark(row.matchId)]: String(known.sequence) };
    return { ...base, forgotten: [row.matchId], meta: buried };
  }
  const fresh: KnownRow = {
    ...written.event,
    hash: row.wanted.hash,
    target: row.target,
    written: row.wanted,
    writtenAt: revision.at,
    sequence: revision.sequence,
  };
  return {
    ...base,
    known: [fresh],
    meta: books.meta.has(buriedMark(row.matchId)) ? { [buriedMark(row.matchId)]: null } : {},
  };
};

/**
 * A call that failed may have done its work all the same: the answer was lost, not the request. So what is there counts
 * as unknown from now on, and whatever the match asks for next is written.
 */
const failure = (
  report: Report,
  { problem, retryAfterMs }: Failure,
  moment: Moment & { readonly books: Books },
): LedgerBatch => {
  const { row } = report;
  const { books, now, random } = moment;
  const known = books.known.get(row.matchId);
  const base = { known: known === undefined ? [] : [{ ...known, hash: null }] };
  const current = books.outbox.get(row.matchId);
  if (current === undefined) return base;
  const attempts = current.attempts + 1;
  switch (verdictOf(problem.kind)) {
    case "person":
      return base;
    case "retry": {
      const delay = Math.max(retryAfterMs ?? 0, retryDelay(attempts, random()));
      return { ...base, outbox: [{ ...current, attempts, problem, notBefore: instantOf(now + delay) }] };
    }
    case "dead":
      if (current !== row) return base;
      return {
        ...base,
        outbox: [{ ...row, attempts, problem, state: "dead", notBefore: null, queuedAt: instantOf(now) }],
      };
  }
};

/** What the store is to be told after some writes have ended. */
export const bookkeep = (reports: readonly Report[], moment: Moment & { readonly books: Books }): LedgerBatch => {
  const batches = reports.map((report) =>
    report.end.ok ? success(report, report.end.written, moment) : failure(report, report.end.failure, moment),
  );
  const wrote = reports.some(({ end }) => end.ok && end.written.outcome !== "unchanged");
  return {
    outbox: batches.flatMap(({ outbox }) => outbox ?? []),
    outboxDone: batches.flatMap(({ outboxDone }) => outboxDone ?? []),
    known: batches.flatMap(({ known }) => known ?? []),
    forgotten: batches.flatMap(({ forgotten }) => forgotten ?? []),
    run: batches.flatMap(({ run }) => run ?? []),
    meta: Object.assign(
      {},
      ...batches.map(({ meta }) => meta ?? {}),
      wrote ? { writtenAt: instantOf(moment.now) } : {},
    ),
  };
};
