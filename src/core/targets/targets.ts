import {
  type AddressBookName,
  type Held,
  isAddressBook,
  type Placement,
  type Preview,
  type SyncResult,
  type TargetName,
  type TargetStatus,
  untouched,
} from "../../shared/calendar.ts";
import type { TargetTurn } from "../../shared/connection.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { raise } from "../../shared/problem.ts";
import type { Answer, Decided } from "../keeper/answers.ts";
import type { Audit } from "../keeper/audit.ts";
import type { KeeperStore, Wanted } from "../keeper/item.ts";
import { type KeptTarget, keepTarget } from "../keeper/kept-target.ts";
import type { Target } from "../keeper/target.ts";
import { createTurn, type Turn } from "../keeper/turn.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Clock, Digest, Log, Turns } from "../ports.ts";
import type { Eraser } from "../retention/eraser.ts";
import type { MatchItems } from "./match-items.ts";

/** Windows are told of changes at most this often. */
const tellEveryMs = 100;

export type Shared = Pick<TargetsOptions, "clock" | "log" | "digest"> & {
  readonly turnFor: (target: Pick<Target<Wanted>, "name" | "isOwn" | "list">) => Turn | null;
  readonly startedAt: Instant;
  readonly onTouched: (ids: Iterable<string>) => void;
  readonly onStats: TargetsOptions["onStats"];
};

/** A target as matches concern it, whatever its items are. */
export type Kept = Omit<KeptTarget, "erased" | "status"> & {
  /** Something personal is kept no more of these matches. */
  readonly erased: (ids: readonly string[], eraser: Eraser) => void;
  readonly status: () => TargetStatus;
  /** The items of these matches that a person may ask for; null: every item. */
  readonly itemsOf: (matchIds: readonly string[] | null) => readonly string[];
};

/** A target and what belongs in it. */
export type TargetEntry = {
  readonly target: Pick<Target<Wanted>, "name" | "label" | "close">;
  readonly take: (records: readonly MatchRecord[]) => void;
  readonly forget: (ids: readonly string[]) => void;
  /** null: in this service it is not kept. */
  readonly keep: ((shared: Shared) => Kept) | null;
};

export const targetEntry = <W extends Wanted>(entry: {
  readonly target: Target<W>;
  readonly store: KeeperStore<W>;
  readonly items: MatchItems<W>;
  /** Takes something personal out of an item. */
  readonly erase: (item: W, eraser: Eraser) => W;
  /** A newly chosen one is written to only after `confirm`. */
  readonly previewFirst: boolean;
  /** Demo matches do not reach it. */
  readonly isOff?: boolean;
  readonly signInExpiresAt?: () => Instant | null;
}): TargetEntry => {
  const { target, items, isOff = false, signInExpiresAt = () => null } = entry;
  const keep = (shared: Shared): Kept => {
    const kept = keepTarget({ ...entry, ...shared, turn: shared.turnFor(target), signInExpiresAt });
    return {
      ...kept,
      erased: (ids, eraser) => kept.erased(ids, (item) => entry.erase(item, eraser)),
      status: () => kept.status(items.ids()),
      itemsOf: (matchIds) => (matchIds ?? [...items.ids()]).filter((id) => items.desired(id) !== undefined),
    };
  };
  return { target, take: items.take, forget: items.forget, keep: isOff ? null : keep };
};

export type TargetsOptions = {
  readonly clock: Clock;
  readonly log: Log;
  readonly digest: Digest;
  readonly targets: readonly TargetEntry[];
  /** Of the nodes that keep the same targets; null: there is none but us. */
  readonly turns?: Turns | null;
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

const off = (name: TargetName, label: string): TargetStatus => ({
  ...untouched,
  name,
  label,
  state: { name: "off", reason: "demo" },
});

/** Keeps everything that matches, and the people in them, go to. */
export const createTargets = (options: TargetsOptions) => {
  const { clock, log, digest, turns = null, onStatus, onPlacements, onStats } = options;
  const startedAt = instantOf(clock.now());

  /** Counted over every match, so not anew at each question. */
  let statuses: readonly TargetStatus[] | null = null;
  let touched = new Set<string>();
  let counts = { done: 0, failed: 0 };
  let cancelTell: (() => void) | null = null;
  let isFollowing = true;
  let revision = 0;
  const tell = (): void => {
    cancelTell = null;
    const matchIds = [...touched];
    const { done, failed } = counts;
    touched = new Set();
    counts = { done: 0, failed: 0 };
    if (done + failed > 0) onStats({ done, failed });
    if (matchIds.length > 0) onPlacements(matchIds);
    onStatus(status());
  };
  const onTouched = (changed: Iterable<string>): void => {
    statuses = null;
    revision += 1;
    for (const id of changed) touched.add(id);
    cancelTell ??= clock.after(tellEveryMs, tell);
  };

  const shared: Shared = {
    clock,
    log: log.part("calendar"),
    digest,
    startedAt,
    // A file of our own nobody else writes, and what cannot be read cannot be taken over.
    turnFor: ({ name, isOwn, list }) =>
      turns === null || isOwn || list === null
        ? null
        : createTurn({ name, turns, clock, log: log.part("calendar"), isFollowing: () => isFollowing }),
    onTouched,
    onStats: ({ done, failed }) => {
      counts = { done: counts.done + done, failed: counts.failed + failed };
    },
  };
  const targets = options.targets.map(({ target, keep }) => ({ target, kept: keep === null ? null : keep(shared) }));
  const kept = (name?: TargetName) =>
    targets.flatMap((one) =>
      one.kept === null || (name !== undefined && name !== one.target.name)
        ? []
        : [{ name: one.target.name, kept: one.kept }],
    );
  const takes = new Set(options.targets.map(({ take }) => take));

  /** One that a person can look into. */
  const readable = (name: TargetName): Kept => {
    const [found] = kept(name);
    if (found?.kept.isReadable === true) return found.kept;
    return found === undefined && targets.some(({ target }) => target.name === name)
      ? raise("calendar-demo", "In the demo only the calendar file is kept.")
      : raise("not-found", `No calendar ${name} is configured.`);
  };

  /** What a person has seen: it goes ahead, or stays. */
  const answerSeen = (target: TargetName, token: string | null, go: boolean): Decided => {
    const one = readable(target);
    return one.answer(one.answerTo(token), go);
  };

  const take = (changed: readonly MatchRecord[]): readonly string[] => {
    for (const takeIn of takes) takeIn(changed);
    return changed.map(({ match }) => match.id);
  };

  const status = (): readonly TargetStatus[] => {
    statuses ??= targets.map(({ target, kept: one }) => one?.status() ?? off(target.name, target.label()));
    return statuses;
  };

  return {
    /** Takes the current matches and begins. */
    start: (current: readonly MatchRecord[]): void => {
      take(current);
      for (const one of kept()) one.kept.start();
    },
    /** These matches are in the journal as they are now. A full list's changes must come in one call: the guard counts. */
    changed: (changed: readonly MatchRecord[]): void => {
      const changedIds = take(changed);
      for (const one of kept()) one.kept.changed(changedIds);
      onTouched(changedIds);
    },
    /** Something personal is kept no more of these matches. */
    erased: (changed: readonly MatchRecord[], eraser: Eraser): void => {
      const changedIds = take(changed);
      for (const one of kept()) {
        one.kept.erased(changedIds, eraser);
        one.kept.changed(changedIds);
      }
      onTouched(changedIds);
    },
    /** These matches are current no more. */
    forget: (matchIds: readonly string[]): void => {
      for (const { forget } of options.targets) forget(matchIds);
      for (const one of kept()) one.kept.forget(matchIds);
      onTouched([]);
    },
    /** Brings the targets up to date and waits until every match is settled. Never throws for a target's trouble. */
    sync: async ({ target, matchIds, onProgress }: SyncRequest = {}): Promise<readonly SyncResult[]> => {
      const asked = kept(target).map((one) => ({ ...one, ids: one.kept.itemsOf(matchIds ?? null) }));
      const of = asked.reduce((sum, { ids }) => sum + ids.length, 0);
      let done = 0;
      const onSettled = (): void => {
        done += 1;
        onProgress?.({ done, of });
      };
      return (await Promise.all(asked.map(({ kept: one, ids }) => one.sync(ids, onSettled)))).flat();
    },
    /** Of one calendar, or of every calendar that is kept. */
    preview: (target: TargetName | null): Promise<readonly Preview[]> => {
      const all = kept().map((one) => one.kept);
      const asked = target === null ? all.filter(({ isReadable }) => isReadable) : [readable(target)];
      return Promise.all(asked.map((one) => one.preview()));
    },
    /** A complete list of matches has been taken: events of ours for any other belong to none. */
    listed: (): void => {
      for (const one of kept()) one.kept.listed();
    },
    /** The removals that wait for a person's word, in one calendar or in all of them. */
    held: (target: TargetName | null): readonly Held[] =>
      (target === null ? kept().map((one) => one.kept) : [readable(target)]).flatMap((one) => one.held() ?? []),
    /** What a person has seen of what waits for their word: that of the token, or without one what was held first. */
    answerTo: (target: TargetName, token: string | null = null): Answer => readable(target).answerTo(token),
    /** What they answered: it goes ahead, or what is there stays. `by`: they cannot have meant what was held later. */
    answer: (
      target: TargetName,
      answer: Answer,
      options: { readonly go: boolean; readonly by: Instant | null },
    ): Decided => readable(target).answer(answer, options.go, options.by),
    /** Lets removals go ahead: those of the token, or without one those that were held first. */
    confirm: async (target: TargetName, token: string | null = null): Promise<Decided> =>
      answerSeen(target, token, true),
    /** Lets what was to be removed stay. */
    keep: async (target: TargetName, token: string | null = null): Promise<Decided> => answerSeen(target, token, false),
    /** Takes back the last run. Never throws for the target's trouble. */
    undo: async (target: TargetName): Promise<readonly SyncResult[]> => readable(target).undo(),
    audit: async (target: TargetName, repair: boolean): Promise<Audit> => readable(target).audit(repair),
    /** Reads every calendar and tries again what waits, such as after a sleep. */
    hurry: (): void => {
      for (const one of kept()) one.kept.hurry();
    },
    /** After a person has mended something. A target that is not kept has no use for it. */
    retry: (target: TargetName): void => {
      for (const one of kept(target)) one.kept.retry();
    },
    status,
    /** Whether this node learns what the others know: while it does not, they write. */
    following: (is: boolean): void => {
      isFollowing = is;
    },
    /** Whose turn it is to write to each target that other nodes keep as well. */
    turns: (): readonly TargetTurn[] =>
      kept().flatMap(({ name, kept: { turn } }) =>
        turn === null ? [] : [{ target: name, isOurs: turn.isOurs(), holder: turn.holder() }],
      ),
    /** Grows whenever something has become of matches. */
    revision: (): number => revision,
    placements: (matchId: string): Readonly<Partial<Record<TargetName, Placement>>> =>
      Object.fromEntries(
        kept().flatMap((one) => {
          const placement = one.kept.placement(matchId);
          return placement === null ? [] : [[one.name, placement]];
        }),
      ),
    /** Of somebody, by the directory's id, in the address books. */
    contacts: (personId: string): Readonly<Partial<Record<AddressBookName, Placement>>> =>
      Object.fromEntries(
        kept().flatMap((one) => {
          const placement = isAddressBook(one.name) ? one.kept.placement(personId) : null;
          return placement === null ? [] : [[one.name, placement]];
        }),
      ),
    /** Ends or abandons the calls under way within a second, or as long as a target may take. */
    stop: async (): Promise<void> => {
      cancelTell?.();
      await Promise.all(kept().map((one) => one.kept.stop()));
      for (const { target } of targets) target.close();
    },
  };
};
export type Targets = ReturnType<typeof createTargets>;
