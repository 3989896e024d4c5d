import type { Instant } from "../../shared/instant.ts";
import { raise } from "../../shared/problem.ts";
import { heldRows, tokenOf } from "./held.ts";
import { mark, type OutboxRow, type Wanted } from "./item.ts";
import type { Keeper } from "./keeper.ts";
import { askOf } from "./outbox.ts";

/** What a person may answer when they are asked about removals. */

/** A person decides on what they have seen. Throws ProblemError when it has become something else meanwhile. */
const seen = <W extends Wanted>(keeper: Keeper<W>, token: string | null): readonly OutboxRow<W>[] => {
  const rows = heldRows(keeper.state);
  if (token === null) {
    // Whoever does not say what they saw cannot have meant what was added since.
    const [first] = rows.map(({ queuedAt }) => queuedAt).sort();
    return rows.filter(({ queuedAt }) => queuedAt === first);
  }
  if (token === tokenOf(keeper.state, keeper.digest)) return rows;
  return raise("removals-changed", "What would be removed has changed since it was looked at. Nothing was done.");
};

export type Decided = { readonly decided: number; readonly held: number };
const decided = <W extends Wanted>(keeper: Keeper<W>, rows: readonly OutboxRow<W>[]): Decided => ({
  decided: rows.length,
  held: heldRows(keeper.state).length,
});

/** What a person decides on, by the names that it has wherever the target is kept. `begins`: a newly chosen target. */
export type Answer = { readonly ids: readonly string[]; readonly begins: boolean };

/** What the person has seen. Throws ProblemError when it has become something else meanwhile. */
export const answerTo = <W extends Wanted>(keeper: Keeper<W>, token: string | null): Answer => ({
  ids: seen(keeper, token).map(({ id }) => id),
  begins: keeper.needsPreview(),
});

/** Those of them that are held, and were by then. */
const heldOf = <W extends Wanted>(
  keeper: Keeper<W>,
  ids: readonly string[],
  by: Instant | null,
): readonly OutboxRow<W>[] => {
  const asked = new Set(ids);
  return heldRows(keeper.state).filter(({ id, queuedAt }) => asked.has(id) && (by === null || queuedAt <= by));
};

/** Lets the first sync to a newly chosen target, or held removals, go ahead. */
export const letGo = <W extends Wanted>(
  keeper: Keeper<W>,
  { ids, begins }: Answer,
  by: Instant | null = null,
): Decided => {
  const rows = heldOf(keeper, ids, by);
  if (begins) keeper.save({ meta: { [mark.begun]: "yes" } });
  else keeper.save({ outbox: rows.map((row) => ({ ...row, state: "ready" })) });
  keeper.pump();
  return decided(keeper, rows);
};

/** What was to be removed stays, until it asks for something else. */
export const letStay = <W extends Wanted>(
  keeper: Keeper<W>,
  { ids }: Pick<Answer, "ids">,
  by: Instant | null = null,
): Decided => {
  const rows = heldOf(keeper, ids, by);
  const held = rows.map(({ id }) => id);
  keeper.save({
    outboxDone: held,
    meta: Object.fromEntries(held.map((id) => [mark.kept(id), askOf(keeper.items.desired(id))])),
  });
  keeper.pump();
  return decided(keeper, rows);
};
