import type { TargetName } from "../../shared/calendar.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { urgentWithinMs } from "../../shared/urgent.ts";
import { type Batch, type Known, mark, type OutboxRow, undoneIn, type Wanted } from "./item.ts";
import { type Decision, decide, isPast, removesDuplicates } from "./plan.ts";
import { countComing, isSuspicious, type Removal } from "./removal-guard.ts";
import type { Desired, Items } from "./target.ts";
import type { TargetFacts } from "./target-state.ts";

/** What an item asks for, as a mark that can be compared: one of which nobody tells, what one that is gone does. */
export const askOf = <W extends Wanted>(desired: Desired<W> | undefined): string =>
  desired?.kind === "item" ? (desired.ask ?? desired.item.hash) : `none:${desired?.reason ?? "gone"}`;

/** What a person has said of an item: it was taken back, or is to stay. */
const words = (id: string): readonly string[] => [mark.undone(id), mark.kept(id)];

/** By a person's word it is left as it is: nobody has told of it since, or it still asks for what it asked for then. */
export const isSettled = <W extends Wanted>(
  id: string,
  { meta }: Pick<TargetFacts<W>, "meta">,
  desired: Desired<W> | undefined,
): boolean => words(id).some((name) => meta.has(name) && (desired === undefined || meta.get(name) === askOf(desired)));

/** The items that a person has taken back, and that are left so. */
export const undoneItems = <W extends Wanted>(
  { outbox, meta }: Pick<TargetFacts<W>, "outbox" | "meta">,
  items: Pick<Items<W>, "desired">,
): ReadonlySet<string> =>
  new Set(undoneIn(meta.keys()).filter((id) => !outbox.has(id) && isSettled(id, { meta }, items.desired(id))));

/** What is yet to be taken back: an undo that waits, also over a restart. */
export const undoRows = <W extends Wanted>({
  outbox,
  meta,
}: Pick<TargetFacts<W>, "outbox" | "meta">): readonly OutboxRow<W>[] =>
  [...outbox.values()].filter(({ id }) => meta.has(mark.undone(id)));

/** It begins within 48 hours, or the publisher said so. */
export const isUrgent = (options: {
  readonly start: Instant | null;
  readonly flagged: boolean;
  readonly now: number;
}) => {
  const ahead = options.start === null ? Number.NaN : Date.parse(options.start) - options.now;
  return options.flagged || (ahead >= 0 && ahead <= urgentWithinMs);
};

export type PlanOptions<W extends Wanted> = {
  readonly target: TargetName;
  readonly ids: Iterable<string>;
  readonly items: Items<W>;
  readonly state: TargetFacts<W>;
  /** Items with a call under way: their rows are looked at again when it has ended. */
  readonly busy: ReadonlyMap<string, unknown>;
  readonly duplicates: ReadonlyMap<string, unknown>;
  /** Items of ours that nobody has told us of. A person is asked whether they are to go. */
  readonly orphans: ReadonlySet<string>;
  /** Those of them that a person has asked to have removed. */
  readonly surplus: ReadonlySet<string>;
  readonly oldest: Instant | null;
  readonly now: number;
};

/**
 * The outbox as it should be for some items: what is wanted and what is known, and nothing else, decide. Rows that ask
 * for the same as before stay as they are.
 */
export const planRows = <W extends Wanted>(options: PlanOptions<W>): Batch<W> => {
  const { target, ids, items, state, busy, duplicates, orphans, surplus, oldest, now } = options;
  const at = instantOf(now);
  const put = new Map<string, OutboxRow<W>>();
  const done: string[] = [];
  const meta: Record<string, null> = {};

  const intent = (id: string, known: Known<W> | undefined): Decision<W> | "keep" => {
    const desired = items.desired(id);
    if (isSettled(id, state, desired)) return "keep";
    for (const name of words(id)) if (state.meta.has(name)) meta[name] = null;
    if (desired !== undefined) return decide({ desired, known, oldest, now });
    if (!orphans.has(id) && !surplus.has(id)) return "keep";
    return decide<W>({ desired: { kind: "none", reason: "unknown" }, known, oldest, now });
  };

  const rowFor = (id: string, wanted: W | null, known: Known<W> | undefined): OutboxRow<W> | null => {
    const urgent = isUrgent({ start: wanted?.start ?? known?.start ?? null, flagged: items.urgent(id), now });
    const before = state.outbox.get(id);
    if (before === undefined || before.wanted?.hash !== wanted?.hash) {
      return { target, id, wanted, urgent, queuedAt: at, state: "ready" };
    }
    return before.urgent === urgent ? null : { ...before, urgent };
  };

  for (const id of ids) {
    const known = state.known.get(id);
    const decision = intent(id, known);
    if (decision === "keep") {
      const row = state.outbox.get(id);
      if (row !== undefined && !busy.has(id) && isPast({ wanted: row.wanted, known, oldest })) done.push(id);
      continue;
    }
    const desired = items.desired(id);
    const hasOthers = desired?.kind === "item" && duplicates.has(id) && removesDuplicates(desired, decision, oldest);
    const only = hasOthers ? desired.item : null;
    if ((decision.kind === "leave" || decision.kind === "skip") && only === null) {
      if (state.outbox.has(id) && !busy.has(id)) done.push(id);
      continue;
    }
    const row = rowFor(id, "item" in decision ? decision.item : only, known);
    if (row !== null) put.set(id, row);
  }
  return { outbox: guarded({ ...options, put, done, at }), outboxDone: done, meta };
};

/**
 * Holds back the removals among `put` while there are too many at once, and lets held ones go when there no longer are.
 * An orphan waits for a person's word in any case, and makes no other wait.
 */
const guarded = <W extends Wanted>(
  options: PlanOptions<W> & {
    readonly put: ReadonlyMap<string, OutboxRow<W>>;
    readonly done: readonly string[];
    readonly at: Instant;
  },
): readonly OutboxRow<W>[] => {
  const { state, items, surplus, put, done, at } = options;
  const rows = [...put.values()];
  if (done.length === 0 && rows.every(({ wanted }) => wanted !== null)) return rows;

  const over = new Set(done);
  const earlier = [...state.outbox.values()].filter(
    ({ id }) => !over.has(id) && !put.has(id) && !state.meta.has(mark.undone(id)),
  );
  const pending = [...earlier, ...rows].filter(({ wanted }) => wanted === null);
  const isOrphan = ({ id }: OutboxRow<W>): boolean => items.desired(id) === undefined && !surplus.has(id);
  const removals = pending
    .filter((row) => !isOrphan(row))
    .map(({ id }): Removal => {
      const desired = items.desired(id);
      // What a person has asked to have removed counts as a match that is gone.
      const reason = desired?.kind === "none" ? desired.reason : "gone";
      return { reason, start: state.known.get(id)?.start ?? null };
    });
  const coming = countComing(state.known.values(), at);
  const isHeld = isSuspicious({ removals, coming, now: at });

  const isNew = ({ id }: OutboxRow<W>) => put.has(id) && state.outbox.get(id)?.wanted !== null;
  const judged = pending
    .filter((row) => isNew(row) || row.state === "held")
    .map((row) => ({ ...row, state: isHeld || isOrphan(row) ? "held" : "ready" }) as const);
  return [...new Map([...rows, ...judged].map((row) => [row.id, row])).values()];
};
