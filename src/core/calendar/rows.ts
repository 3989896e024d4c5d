import type { TargetName } from "../../shared/calendar.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import type { WantedEvent } from "../ports.ts";
import type { Ledger, LedgerBatch } from "./ledger.ts";
import {
  countComing,
  type Decision,
  type Desired,
  decide,
  isPast,
  isSuspicious,
  type Removal,
  removesExtras,
} from "./plan.ts";
import type { KnownRow, OutboxRow } from "./store.ts";

/** The matches as the calendars see them. */
export type Matches = {
  readonly ids: () => Iterable<string>;
  /** undefined: nobody has told us of such a match. */
  readonly desired: (matchId: string) => Desired | undefined;
  readonly urgent: (matchId: string) => boolean;
  readonly title: (matchId: string) => string;
};

/** Remembers that a match was taken back: it is left alone while it still asks for what it asked for then. */
export const undoneMark = (matchId: string): string => `undone:${matchId}`;
export const askOf = (desired: Desired | undefined): string =>
  desired?.kind === "event" ? desired.event.hash : `none:${desired?.reason ?? "unknown"}`;

const urgentWithinMs = 48 * 60 * 60 * 1000;

/** Kick-off within 48 hours, or the publisher said so. */
export const isUrgent = (options: {
  readonly start: Instant | null;
  readonly flagged: boolean;
  readonly now: number;
}) => {
  const ahead = options.start === null ? Number.NaN : Date.parse(options.start) - options.now;
  return options.flagged || (ahead >= 0 && ahead <= urgentWithinMs);
};

const asksTheSame = (row: OutboxRow, wanted: WantedEvent | null): boolean => row.wanted?.hash === wanted?.hash;

export type PlanOptions = {
  readonly target: TargetName;
  readonly ids: Iterable<string>;
  readonly matches: Matches;
  readonly ledger: Pick<Ledger, "known" | "outbox" | "meta">;
  /** Matches with a call under way: their rows are looked at again when it has ended. */
  readonly busy: ReadonlyMap<string, unknown>;
  /** Matches with more than one event. */
  readonly doubled: ReadonlyMap<string, unknown>;
  /** Unknown matches whose events are to go, since a person asked for it. */
  readonly surplus: ReadonlySet<string>;
  readonly oldest: Instant;
  readonly now: number;
};

/**
 * The outbox as it should be for some matches: what is wanted and what is known, and nothing else, decide. Rows that ask
 * for the same as before keep their history.
 */
export const planRows = (options: PlanOptions): LedgerBatch => {
  const { target, ids, matches, ledger, busy, doubled, surplus, oldest, now } = options;
  const nowText = instantOf(now);
  const put = new Map<string, OutboxRow>();
  const done: string[] = [];
  const meta: Record<string, null> = {};

  const intent = (id: string, known: KnownRow | undefined): Decision | "keep" => {
    const desired = matches.desired(id);
    const mark = ledger.meta.get(undoneMark(id));
    if (mark === askOf(desired)) return "keep";
    if (mark !== undefined) meta[undoneMark(id)] = null;
    if (desired !== undefined) return decide({ desired, known, oldest });
    if (!surplus.has(id)) return "keep";
    return decide({ desired: { kind: "none", reason: "gone" }, known, oldest });
  };

  const rowFor = (id: string, wanted: WantedEvent | null, known: KnownRow | undefined): OutboxRow | null => {
    const urgent = isUrgent({ start: wanted?.start ?? known?.start ?? null, flagged: matches.urgent(id), now });
    const before = ledger.outbox.get(id);
    if (before !== undefined && asksTheSame(before, wanted)) {
      return before.urgent === urgent ? null : { ...before, urgent };
    }
    return {
      target,
      matchId: id,
      wanted,
      urgent,
      queuedAt: nowText,
      attempts: 0,
      notBefore: null,
      problem: null,
      state: "ready",
    };
  };

  for (const id of ids) {
    const known = ledger.known.get(id);
    const decision = intent(id, known);
    if (decision === "keep") {
      const row = ledger.outbox.get(id);
      if (row !== undefined && !busy.has(id) && isPast({ wanted: row.wanted, known, oldest })) done.push(id);
      continue;
    }
    const desired = matches.desired(id);
    const isOne = desired?.kind === "event" && doubled.has(id) && removesExtras(desired, decision, oldest);
    const one = isOne ? desired.event : null;
    if ((decision.kind === "leave" || decision.kind === "skip") && one === null) {
      if (ledger.outbox.has(id) && !busy.has(id)) done.push(id);
      continue;
    }
    const wanted = decision.kind === "remove" ? null : "event" in decision ? decision.event : one;
    const row = rowFor(id, wanted, known);
    if (row !== null) put.set(id, row);
  }
  return { outbox: guarded({ ...options, put, done, nowText }), outboxDone: done, meta };
};

/** Holds back the removals among `put` while there are too many at once, and lets held ones go when there no longer are. */
const guarded = (
  options: PlanOptions & {
    readonly put: ReadonlyMap<string, OutboxRow>;
    readonly done: readonly string[];
    readonly nowText: Instant;
  },
): readonly OutboxRow[] => {
  const { ledger, matches, put, done, nowText } = options;
  const rows = [...put.values()];
  if (done.length === 0 && rows.every(({ wanted }) => wanted !== null)) return rows;

  const over = new Set(done);
  const earlier = [...ledger.outbox.values()].filter(
    (row) => !over.has(row.matchId) && !put.has(row.matchId) && !ledger.meta.has(undoneMark(row.matchId)),
  );
  const pending = [...earlier, ...rows].filter(({ wanted }) => wanted === null);
  const removals = pending.map(({ matchId }): Removal => {
    const desired = matches.desired(matchId);
    return {
      reason: desired?.kind === "none" ? desired.reason : "gone",
      start: ledger.known.get(matchId)?.start ?? null,
    };
  });
  const coming = countComing(ledger.known.values(), nowText);
  const state = isSuspicious({ removals, coming, now: nowText }) ? "held" : "ready";

  const isNew = ({ matchId }: OutboxRow) => put.has(matchId) && ledger.outbox.get(matchId)?.wanted !== null;
  const judged = pending.filter((row) => isNew(row) || row.state === "held").map((row) => ({ ...row, state }) as const);
  return [...new Map([...rows, ...judged].map((row) => [row.matchId, row])).values()];
};
