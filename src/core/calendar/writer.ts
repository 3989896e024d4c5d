import { type Instant, instantOf } from "../../shared/instant.ts";
import type { CalendarTarget, Clock, KnownEvent, Log } from "../ports.ts";
import { buriedMark, type Report } from "./bookkeeping.ts";
import type { Ledger } from "./ledger.ts";
import { failureOf } from "./patience.ts";
import type { OutboxRow } from "./store.ts";
import { carryOut, revisionOf } from "./write.ts";

/** Calls that were made together end nearly together, and one transaction for all costs as much as one for each. */
const gatherMs = 3;

/** The calls under way to one calendar: at most one for each match. */
export const createWriter = (options: {
  readonly target: CalendarTarget;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  readonly extras: (matchId: string) => readonly KnownEvent[];
  readonly oldest: () => Instant;
  /** Those that ended at about the same moment come together, so that they are one transaction. */
  readonly onEnded: (reports: readonly Report[]) => void;
}) => {
  const { target, ledger, clock, log, extras, oldest, onEnded } = options;
  const busy = new Map<string, Promise<void>>();
  let reports: Report[] = [];

  const handOver = (): void => {
    const ended = reports;
    reports = [];
    for (const { row } of ended) busy.delete(row.matchId);
    if (ended.length > 0) onEnded(ended);
  };

  const launch = (row: OutboxRow): void => {
    const { matchId, wanted } = row;
    const known = ledger.known.get(matchId);
    const buried = ledger.meta.get(buriedMark(matchId));
    const revision = revisionOf({ wanted, known, buried, now: instantOf(clock.now()) });
    const report = (end: Report["end"]): void => {
      reports.push({ row, known, revision, end });
      if (reports.length === 1) clock.after(gatherMs, handOver);
    };
    const call = carryOut({ target, wanted, known, extras: extras(matchId), revision, oldest: oldest() }).then(
      (written) => report({ ok: true, written }),
      (error: unknown) => {
        const failure = failureOf(error);
        const { kind } = failure.problem;
        const fault = kind === "internal" ? { error } : {};
        log.warn("A calendar write failed", { target: target.name, matchId, problem: kind, ...fault });
        report({ ok: false, failure });
      },
    );
    busy.set(matchId, call);
  };

  return {
    busy: busy as ReadonlyMap<string, unknown>,
    launch,
    /** Resolves when every call under way has ended and been reported. */
    ended: async (): Promise<void> => {
      await Promise.all(busy.values());
      handOver();
    },
  };
};
