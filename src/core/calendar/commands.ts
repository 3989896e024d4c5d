import type { Preview, SyncResult } from "../../shared/calendar.ts";
import { instantOf } from "../../shared/instant.ts";
import { raise } from "../../shared/problem.ts";
import { driftOf } from "./drift.ts";
import type { Keeper } from "./keeper.ts";
import { previewOf } from "./plan.ts";
import { askOf, isUrgent, type Matches, undoneMark } from "./rows.ts";
import type { KnownRow, OutboxRow } from "./store.ts";

/** What a person, or a script in their place, may ask of one calendar. */

type Request = { readonly keeper: Keeper; readonly matches: Matches };

const isWrite = ({ outcome }: SyncResult): boolean =>
  outcome === "inserted" || outcome === "updated" || outcome === "cancelled" || outcome === "removed";

/** Brings some matches up to date, also those that failed or were taken back, and waits until each is settled. */
export const syncCalendar = (
  { keeper }: Request,
  ids: readonly string[],
  onSettled?: () => void,
): Promise<readonly SyncResult[]> => {
  const marks = ids.map(undoneMark).filter((mark) => keeper.ledger.meta.has(mark));
  if (marks.length > 0) keeper.save({ meta: Object.fromEntries(marks.map((mark) => [mark, null])) });
  keeper.revive(ids);
  keeper.plan(ids);
  keeper.refresh();
  return keeper.watch(ids, onSettled);
};

/** What a sync would do. Reads the calendar first; throws ProblemError when it cannot be read. */
export const previewCalendar = async ({ keeper, matches }: Request, now: number): Promise<Preview> => {
  const { extras, forgotten } = await keeper.look({ full: false, absent: "ignore" });
  const { ledger, target } = keeper;
  const known = new Map(ledger.known);
  for (const id of forgotten) known.delete(id);
  const items = [...matches.ids()].flatMap((id) => {
    const desired = matches.desired(id);
    return desired === undefined
      ? []
      : [
          {
            desired,
            known: known.get(id),
            extras: extras.get(id) ?? [],
            match: { id, title: matches.title(id) },
          },
        ];
  });
  return previewOf({
    target: target.name,
    items,
    known: [...known.values()],
    oldest: keeper.oldest(),
    now: instantOf(now),
  });
};

/** Lets the first sync to a newly chosen calendar, or held removals, go ahead. */
export const confirmCalendar = ({ keeper }: Request): void => {
  if (keeper.needsPreview()) {
    keeper.save({ meta: { begun: "yes" } });
  } else {
    const held = [...keeper.ledger.outbox.values()].filter(({ state }) => state === "held");
    keeper.save({ outbox: held.map((row) => ({ ...row, state: "ready" })) });
  }
  keeper.pump();
};

/** Takes back the last run. Its matches are left alone until they really change, or a sync is asked for. */
export const undoCalendar = async ({ keeper, matches }: Request, now: number): Promise<number> => {
  const { ledger, target } = keeper;
  const entries = ledger.lastRun();
  const run = entries[0]?.run;
  if (run === undefined) return raise("not-found", "There is no run to take back.");
  const back = entries.filter(({ matchId }) => {
    const start = ledger.known.get(matchId)?.start ?? null;
    return start === null || start >= keeper.oldest();
  });
  const rows = back.map(
    ({ matchId, before }): OutboxRow => ({
      target: target.name,
      matchId,
      wanted: before,
      urgent: isUrgent({ start: before?.start ?? null, flagged: false, now }),
      queuedAt: instantOf(now),
      attempts: 0,
      notBefore: null,
      problem: null,
      state: "ready",
    }),
  );
  const ids = back.map(({ matchId }) => matchId);
  keeper.save({
    outbox: rows,
    meta: Object.fromEntries(ids.map((id) => [undoneMark(id), askOf(matches.desired(id))])),
  });
  ledger.dropRuns(run);
  keeper.refresh();
  return (await keeper.watch(ids)).filter(isWrite).length;
};

export type Audit = {
  readonly missing: number;
  readonly different: number;
  readonly surplus: number;
  readonly repaired: number;
};

/** Compares the whole calendar with what should be in it; `repair` makes it so, within the guard of removals. */
export const auditCalendar = async ({ keeper, matches }: Request, repair: boolean): Promise<Audit> => {
  const { listing } = await keeper.look({ full: true, absent: repair ? "verify" : "ignore" });
  const { missing, different, surplus } = driftOf({ listing, matches, oldest: keeper.oldest() });
  const counts = { missing: missing.length, different: different.length, surplus: surplus.length };
  if (!repair) return { ...counts, repaired: 0 };

  const { ledger } = keeper;
  const ids = [...new Set([...missing, ...different, ...surplus])];
  const unknown = different.flatMap((id): readonly KnownRow[] => {
    const row = ledger.known.get(id);
    return row === undefined ? [] : [{ ...row, hash: null }];
  });
  keeper.save({ known: unknown });
  keeper.revive(ids);
  // Without a single match nothing proves that the others are gone.
  keeper.plan(ids, new Set([...matches.ids()].length > 0 ? surplus : []));
  keeper.pump();
  const results = await keeper.watch(ids);
  return { ...counts, repaired: results.filter(isWrite).length };
};
