import type { CalendarName, Placement, Preview, SyncResult, TargetName, TargetStatus } from "../../shared/calendar.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { raise } from "../../shared/problem.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { CalendarTarget, Clock, Digest, Log } from "../ports.ts";
import { type Audit, auditCalendar, confirmCalendar, previewCalendar, syncCalendar, undoCalendar } from "./commands.ts";
import { titleOf } from "./event.ts";
import { createKeeper, type Keeper } from "./keeper.ts";
import { type Desired, desiredOf } from "./plan.ts";
import type { Matches } from "./rows.ts";
import { placementOf, statusOf } from "./status.ts";
import type { CalendarStore } from "./store.ts";

/** Calls under way at once. The calendar file takes all changes into one write. */
const concurrency: Readonly<Record<CalendarName, number>> = { google: 10, caldav: 4, ics: Number.POSITIVE_INFINITY };

/** Windows are told of changes at most this often. */
const tellEveryMs = 100;

export type CalendarEngineOptions = {
  readonly clock: Clock;
  readonly log: Log;
  readonly digest: Digest;
  readonly store: CalendarStore;
  readonly targets: readonly CalendarTarget[];
  readonly settings: {
    readonly keepPastDays: number;
    /** Demo matches reach no calendar but the file. */
    readonly demo: boolean;
    /** A newly chosen calendar is written to only after `confirm`. */
    readonly previewFirst: boolean;
  };
  readonly signInExpiresAt?: (target: TargetName) => Instant | null;
  readonly onStatus: (statuses: readonly TargetStatus[]) => void;
  readonly onPlacements: (matchIds: readonly string[]) => void;
  /** Writes done and failed since the last call. */
  readonly onStats: (counts: { readonly done: number; readonly failed: number }) => void;
};

export type SyncRequest = {
  readonly target?: TargetName;
  /** Only these matches; all of them without. */
  readonly matchIds?: readonly string[];
  readonly onProgress?: (progress: { readonly done: number; readonly of: number }) => void;
};

/** Keeps every configured calendar: one match, one event in each. */
export const createCalendarEngine = (options: CalendarEngineOptions) => {
  const { clock, digest, store, settings, targets, onStatus, onPlacements, onStats } = options;
  const log = options.log.part("calendar");
  const records = new Map<string, MatchRecord>();
  const desired = new Map<string, Desired>();
  const startedAt = instantOf(clock.now());
  const isOff = ({ name }: CalendarTarget): boolean => settings.demo && name !== "ics";

  const matches: Matches = {
    ids: () => records.keys(),
    desired: (id) => desired.get(id),
    urgent: (id) => records.get(id)?.urgent ?? false,
    title: (id) => {
      const record = records.get(id);
      return record === undefined ? id : titleOf(record.match);
    },
  };

  /** Counted over every match, so not anew at each question. */
  let statuses: readonly TargetStatus[] | null = null;
  let touched = new Set<string>();
  let counts = { done: 0, failed: 0 };
  let cancelTell: (() => void) | null = null;
  const tell = (): void => {
    cancelTell = null;
    const ids = [...touched];
    const { done, failed } = counts;
    touched = new Set();
    counts = { done: 0, failed: 0 };
    if (done + failed > 0) onStats({ done, failed });
    if (ids.length > 0) onPlacements(ids);
    onStatus(status());
  };
  const touch = (ids: Iterable<string>): void => {
    statuses = null;
    for (const id of ids) touched.add(id);
    cancelTell ??= clock.after(tellEveryMs, tell);
  };

  const keepers: readonly Keeper[] = targets
    .filter((target) => !isOff(target))
    .map((target) =>
      createKeeper({
        target,
        store,
        clock,
        log,
        matches,
        keepPastDays: settings.keepPastDays,
        previewFirst: settings.previewFirst,
        concurrency: concurrency[target.name],
        onTouched: touch,
        onStats: ({ done, failed }) => {
          counts = { done: counts.done + done, failed: counts.failed + failed };
        },
      }),
    );

  const requests = (name: TargetName | undefined) =>
    keepers.filter(({ target }) => name === undefined || target.name === name).map((keeper) => ({ keeper, matches }));

  const request = (name: TargetName) => {
    const [found] = requests(name);
    if (found !== undefined) return found;
    return targets.some((target) => target.name === name)
      ? raise("calendar-demo", "In the demo only the calendar file is kept.")
      : raise("not-found", `No calendar ${name} is configured.`);
  };

  const take = (changed: readonly MatchRecord[]): readonly string[] =>
    changed.map((record) => {
      records.set(record.match.id, record);
      desired.set(record.match.id, desiredOf(record, { digest }));
      return record.match.id;
    });

  const placementIn = ({ ledger }: Keeper, id: string, oldest: Instant): Placement | null => {
    const wish = desired.get(id);
    return wish === undefined ? null : placementOf({ id, ledger, desired: wish, oldest });
  };

  const statusIn = (target: CalendarTarget): TargetStatus => {
    const keeper = keepers.find((one) => one.target === target);
    const base = {
      name: target.name,
      label: target.label,
      signInExpiresAt: options.signInExpiresAt?.(target.name) ?? null,
    };
    if (keeper === undefined) {
      const nothing = { there: 0, waiting: 0, failed: 0, differs: 0, skipped: 0, lastWriteAt: null, lastCheckAt: null };
      return { ...base, ...nothing, state: { name: "off", reason: "demo" }, undoable: false };
    }
    const oldest = keeper.oldest();
    const placements = [...records.keys()].flatMap((id) => placementIn(keeper, id, oldest) ?? []);
    return statusOf({
      ...base,
      ledger: keeper.ledger,
      gate: keeper.gate.state(),
      needsPreview: keeper.needsPreview(),
      burst: keeper.burst(),
      startedAt,
      placements,
    });
  };

  const status = (): readonly TargetStatus[] => {
    statuses ??= targets.map(statusIn);
    return statuses;
  };

  return {
    /** Takes the current matches and begins. */
    start: (current: readonly MatchRecord[]): void => {
      take(current);
      for (const keeper of keepers) keeper.start();
    },
    /** These matches are in the journal as they are now. A full list's changes must come in one call: the guard counts. */
    changed: (changed: readonly MatchRecord[]): void => {
      const ids = take(changed);
      for (const keeper of keepers) {
        keeper.plan(ids);
        keeper.pump();
      }
      touch(ids);
    },
    /** Brings the calendars up to date and waits until every match is settled. Never throws for a calendar's trouble. */
    sync: async ({ target, matchIds, onProgress }: SyncRequest = {}): Promise<readonly SyncResult[]> => {
      const ids = (matchIds ?? [...records.keys()]).filter((id) => records.has(id));
      const asked = requests(target);
      const of = ids.length * asked.length;
      let done = 0;
      const onSettled = (): void => {
        done += 1;
        onProgress?.({ done, of });
      };
      return (await Promise.all(asked.map((one) => syncCalendar(one, ids, onSettled)))).flat();
    },
    /** Of one calendar, or of every calendar that is kept. */
    preview: (target: TargetName | null): Promise<readonly Preview[]> =>
      Promise.all(
        (target === null ? requests(undefined) : [request(target)]).map((one) => previewCalendar(one, clock.now())),
      ),
    confirm: async (target: TargetName): Promise<void> => confirmCalendar(request(target)),
    undo: async (target: TargetName): Promise<number> => undoCalendar(request(target), clock.now()),
    audit: async (target: TargetName, repair: boolean): Promise<Audit> => auditCalendar(request(target), repair),
    /** After a person has mended something: a sign-in, a permission, a file. A calendar that is not kept has no use for it. */
    retry: (target: TargetName): void => {
      for (const { keeper } of requests(target)) {
        keeper.revive(keeper.ledger.outbox.keys());
        keeper.refresh();
      }
    },
    status,
    placements: (matchId: string): Readonly<Partial<Record<TargetName, Placement>>> =>
      Object.fromEntries(
        keepers.flatMap((keeper) => {
          const placement = placementIn(keeper, matchId, keeper.oldest());
          return placement === null ? [] : [[keeper.target.name, placement]];
        }),
      ),
    /** Ends or abandons the calls under way within a second. */
    stop: async (): Promise<void> => {
      cancelTell?.();
      await Promise.all(keepers.map((keeper) => keeper.stop()));
      for (const target of targets) target.close();
    },
  };
};
export type CalendarEngine = ReturnType<typeof createCalendarEngine>;
