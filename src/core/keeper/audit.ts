import type { Instant } from "../../shared/instant.ts";
import { isWrite } from "./commands.ts";
import type { Wanted } from "./item.ts";
import type { Keeper } from "./keeper.ts";
import { isSettled } from "./outbox.ts";
import { isOlder } from "./plan.ts";
import type { Items, Listing } from "./target.ts";

/** How a target differs from what should be in it: ids. */
type Drift = {
  readonly missing: readonly string[];
  readonly different: readonly string[];
  /** Items of ours that nobody has told us of, or that should not be, or that are there already. */
  readonly surplus: readonly string[];
};

/** Compares a full list with what is wanted. What is older than `oldest` is nobody's business. */
const driftOf = <W extends Wanted>(options: {
  readonly listing: Listing<W>;
  readonly items: Items<W>;
  readonly oldest: Instant | null;
  /** By a person's word it is left as it is, and so is as it should be. */
  readonly isSettled: (id: string) => boolean;
}): Drift => {
  const { listing, items, oldest, isSettled } = options;
  const found = new Set(listing.items.map(({ id }) => id));
  const missing = [...items.ids()].filter((id) => {
    const desired = items.desired(id);
    return !isSettled(id) && desired?.kind === "item" && !isOlder(desired.item.start, oldest) && !found.has(id);
  });
  const seen = new Set<string>();
  const different = new Set<string>();
  const surplus: string[] = [];
  for (const { id, hash, actual, start } of listing.items) {
    if (isOlder(start, oldest)) continue;
    const isFirst = !seen.has(id);
    seen.add(id);
    if (isFirst && isSettled(id)) continue;
    const desired = items.desired(id);
    if (desired?.kind !== "item" || !isFirst) surplus.push(id);
    else if (hash !== desired.item.hash || actual !== hash) different.add(id);
  }
  return { missing, different: [...different], surplus };
};

export type Audit = {
  readonly missing: number;
  readonly different: number;
  readonly surplus: number;
  readonly repaired: number;
};

/** Compares the whole target with what should be in it; `repair` makes it so, within the guard of removals. */
export const auditTarget = async <W extends Wanted>(keeper: Keeper<W>, repair: boolean): Promise<Audit> => {
  const { items, state } = keeper;
  const { listing } = await keeper.look({ full: true, believe: repair });
  const { missing, different, surplus } = driftOf({
    listing,
    items,
    oldest: keeper.oldest(),
    isSettled: (id) => isSettled(id, state, items.desired(id)),
  });
  const counts = { missing: missing.length, different: different.length, surplus: surplus.length };
  if (!repair) return { ...counts, repaired: 0 };

  const ids = [...new Set([...missing, ...different, ...surplus])];
  keeper.distrust(different);
  keeper.revive(ids);
  // Without a single item nothing proves that the others are gone.
  keeper.plan(ids, new Set([...items.ids()].length > 0 ? surplus : []));
  keeper.pump();
  const results = await keeper.wait(ids);
  return { ...counts, repaired: results.filter(isWrite).length };
};
