import type { Held, Placement, Preview, SyncResult, TargetStatus } from "../../shared/calendar.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { raise } from "../../shared/problem.ts";
import { type Answer, answerTo, type Decided, letGo, letStay } from "./answers.ts";
import { type Audit, auditTarget } from "./audit.ts";
import { syncTarget, undoTarget } from "./commands.ts";
import { heldIn } from "./held.ts";
import type { Wanted } from "./item.ts";
import { createKeeper, type KeeperOptions } from "./keeper.ts";
import { undoneItems } from "./outbox.ts";
import { previewOf } from "./preview.ts";
import { placementOf, statusOf } from "./status.ts";

/** A target that is kept, whatever its items are: what it is asked for and what it says. */
export const keepTarget = <W extends Wanted>(
  options: KeeperOptions<W> & { readonly startedAt: Instant; readonly signInExpiresAt: () => Instant | null },
) => {
  const { target, clock, items, digest, startedAt, signInExpiresAt } = options;
  const keeper = createKeeper(options);
  const { state, gate } = keeper;

  /** What a person decides about writing is decided where it is written. */
  const here = (): void => {
    const { turn } = options;
    if (turn === null || turn.isOurs()) return;
    raise("calendar-elsewhere", `${turn.holder() ?? "Another node of the desk"} writes ${keeper.label()}. Ask there.`);
  };

  const placementAt = (id: string, oldest: Instant | null): Placement | null => {
    const desired = items.desired(id);
    return desired === undefined ? null : placementOf({ id, state, desired, retry: keeper.retryOf(id), oldest });
  };

  return {
    /** It can be read, and so compared, previewed and taken back. */
    isReadable: target.list !== null,
    start: keeper.start,
    stop: keeper.stop,
    /** These items may have changed. */
    changed: (ids: readonly string[]): void => {
      keeper.plan(ids);
      keeper.pump();
    },
    erased: keeper.erase,
    forget: keeper.forget,
    placement: (id: string): Placement | null => placementAt(id, keeper.oldest()),
    status: (ids: Iterable<string>): TargetStatus => {
      const oldest = keeper.oldest();
      return statusOf({
        target,
        label: keeper.label(),
        state,
        gate: gate.state(),
        needsPreview: keeper.needsPreview(),
        otherTags: keeper.otherTags(),
        run: keeper.run(),
        startedAt,
        clock,
        digest,
        undone: undoneItems(state, items).size,
        placements: [...ids].flatMap((id) => placementAt(id, oldest) ?? []),
        signInExpiresAt: signInExpiresAt(),
        late: keeper.late(),
        problemOf: (id) => keeper.retryOf(id)?.problem ?? null,
      });
    },
    sync: (ids: readonly string[], onSettled?: () => void): Promise<readonly SyncResult[]> =>
      syncTarget(keeper, ids, onSettled),
    preview: (): Promise<Preview> => previewOf(keeper, clock.now()),
    /** Every item there is has been told of. */
    listed: keeper.listed,
    held: (): Held | null => heldIn({ target: target.name, state, items, digest, now: instantOf(clock.now()) }),
    /** What a person has seen of what waits for their word. */
    answerTo: (token: string | null): Answer => answerTo(keeper, token),
    /** What they answered: `go`, or it stays. `by`: what was held later they cannot have meant. */
    answer: (answer: Answer, go: boolean, by: Instant | null = null): Decided =>
      go ? letGo(keeper, answer, by) : letStay(keeper, answer, by),
    undo: async (): Promise<readonly SyncResult[]> => {
      here();
      return undoTarget(keeper, clock.now());
    },
    audit: async (repair: boolean): Promise<Audit> => {
      if (repair) here();
      return auditTarget(keeper, repair);
    },
    /** Whose turn it is to write; null: nobody else keeps it for us. */
    turn: options.turn,
    /** Reads and tries again what waits, without waiting for it. */
    hurry: keeper.refresh,
    /** After a person has mended something: a sign-in, a permission, a file. */
    retry: (): void => {
      keeper.revive(state.outbox.keys());
      keeper.refresh();
    },
  };
};
export type KeptTarget = ReturnType<typeof keepTarget>;
