import type { PlannedOperation, Preview } from "../../shared/calendar.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { byKickoff, type OutboxRow, type Wanted } from "./item.ts";
import type { Keeper } from "./keeper.ts";
import { isSettled, undoneItems, undoRows } from "./outbox.ts";
import { type Decision, decide, removesDuplicates, type Standing } from "./plan.ts";
import { countComing, isSuspicious, type Removal } from "./removal-guard.ts";
import type { Desired } from "./target.ts";

type Decided<W extends Wanted> = {
  readonly id: string;
  readonly title: string;
  readonly desired: Desired<W>;
  readonly known: Standing | undefined;
  readonly duplicates: readonly Standing[];
  readonly decision: Decision<W>;
};

const operationsOf = <W extends Wanted>(one: Decided<W>, oldest: Instant | null): readonly PlannedOperation[] => {
  const { id, title, desired, known, decision } = one;
  const removalOf = ({ start }: Standing) => ({ matchId: id, title, kickoff: start, kind: "remove" }) as const;
  const others = removesDuplicates(desired, decision, oldest) ? one.duplicates.map(removalOf) : [];
  if (decision.kind === "leave" || decision.kind === "skip") return others;
  if (decision.kind === "remove") return known === undefined ? others : [removalOf(known), ...others];
  const { start: kickoff } = decision.item;
  return [{ matchId: id, title, kickoff, kind: decision.kind }, ...others];
};

/** What taking an item back asks for. */
const askedBack = <W extends Wanted>({ wanted }: OutboxRow<W>): Desired<W> =>
  wanted === null ? { kind: "none", reason: "undone" } : { kind: "item", item: wanted };

/**
 * Everything that would be done with one target, in the order of kick-off, for a person to read: an undo that waits as well.
 * What a person has taken back, or said is to stay, is left as it is. Reads the target first; throws ProblemError when it cannot be read.
 */
export const previewOf = async <W extends Wanted>(keeper: Keeper<W>, ms: number): Promise<Preview> => {
  const { duplicates, forgotten, known: found } = await keeper.look({ full: false, believe: false });
  const { state, target, items } = keeper;
  const known = new Map([...state.known, ...found.map((one) => [one.id, one] as const)]);
  for (const id of forgotten) known.delete(id);
  const oldest = keeper.oldest();
  const now = instantOf(ms);
  const undoing = new Map(undoRows(state).map((row) => [row.id, row]));
  const ids = new Set([...items.ids(), ...undoing.keys()]);
  const decided = [...ids].flatMap((id): readonly Decided<W>[] => {
    const asked = items.desired(id);
    const isLeft = isSettled(id, state, asked);
    const back = isLeft ? undoing.get(id) : undefined;
    const desired = back === undefined ? asked : askedBack(back);
    if (desired === undefined) return [];
    const decision: Decision<W> =
      isLeft && back === undefined ? { kind: "leave" } : decide({ desired, known: known.get(id), oldest, now: ms });
    const { title } = items.about(id, back?.wanted ?? known.get(id)?.written ?? null);
    const others = duplicates.get(id) ?? [];
    return [{ id, title, desired, known: known.get(id), duplicates: others, decision }];
  });
  const undone = undoneItems(state, items);
  const removals = decided.flatMap(({ decision, known: there }): readonly Removal[] =>
    decision.kind === "remove" && decision.reason !== "undone"
      ? [{ reason: decision.reason, start: there?.start ?? null }]
      : [],
  );
  const isHeld = isSuspicious({ removals, coming: countComing(known.values(), now), now });
  return {
    target: target.name,
    at: now,
    operations: decided.flatMap((one) => operationsOf(one, oldest)).sort(byKickoff),
    unchanged: decided.filter(({ id, decision }) => decision.kind === "leave" && !undone.has(id)).length,
    undone: undone.size,
    skipped: decided.filter(({ decision }) => decision.kind === "skip").length,
    held: isHeld ? removals.length : 0,
    otherTags: keeper.otherTags(),
  };
};
