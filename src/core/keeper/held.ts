import type { Held, HeldRemoval, TargetName } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import { compareTexts } from "../../shared/order.ts";
import { stockholmDay } from "../../shared/text/format.ts";
import type { Digest } from "../ports.ts";
import { byKickoff, type OutboxRow, type Wanted } from "./item.ts";
import type { Items } from "./target.ts";
import type { TargetFacts } from "./target-state.ts";

/** The removals that wait for a person's word, by their ids. */
export const heldRows = <W extends Wanted>(state: Pick<TargetFacts<W>, "outbox">): readonly OutboxRow<W>[] =>
  [...state.outbox.values()].filter((row) => row.state === "held").sort((a, b) => compareTexts(a.id, b.id));

/** Another set of removals, another token. */
export const tokenOf = <W extends Wanted>(state: Pick<TargetFacts<W>, "outbox" | "known">, digest: Digest): string => {
  const removals = heldRows(state).map(({ id }) => [id, state.known.get(id)?.remoteId ?? null]);
  return digest(JSON.stringify(removals));
};

const countBy = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

/** How many of all there are would go, by name; those first of which the greatest share goes, then the greatest number. */
const sharesOf = (all: readonly string[], removed: readonly string[]): Held["days"] => {
  const there = countBy(all);
  return [...countBy(removed)]
    .map(([name, removals]) => ({ name, removals, of: Math.max(removals, there.get(name) ?? 0) }))
    .sort((a, b) => b.removals / b.of - a.removals / a.of || b.removals - a.removals || compareTexts(a.name, b.name));
};

/** What would be removed and what it has in common; null when nothing waits. */
export const heldIn = <W extends Wanted>(options: {
  readonly target: TargetName;
  readonly state: TargetFacts<W>;
  readonly items: Items<W>;
  readonly digest: Digest;
  readonly now: Instant;
}): Held | null => {
  const { target, state, items, digest, now } = options;
  const rows = heldRows(state);
  const [since] = rows.map(({ queuedAt }) => queuedAt).sort();
  if (since === undefined) return null;
  const removals = rows.map(({ id }): HeldRemoval => {
    const desired = items.desired(id);
    const { title, competition } = items.about(id, state.known.get(id)?.written ?? null);
    const reason = desired?.kind === "none" ? desired.reason : "unknown";
    return { matchId: id, title, competition, kickoff: state.known.get(id)?.start ?? null, reason };
  });
  const isComing = (start: Instant | null | undefined): boolean => start != null && start >= now;
  const coming = [...items.ids()].filter((id) => {
    const desired = items.desired(id);
    return desired?.kind === "item" && isComing(desired.item.start);
  });
  const gone = removals.filter(({ reason, kickoff }) => reason === "gone" && isComing(kickoff));
  const there = [...state.known.values()];
  const dayOf = ({ start }: { readonly start: Instant | null }) => (start === null ? [] : [stockholmDay(start)]);
  return {
    target,
    token: tokenOf(state, digest),
    since,
    removals: removals.toSorted(byKickoff),
    matches: { now: coming.length, before: coming.length + gone.length },
    days: sharesOf(
      there.flatMap(dayOf),
      removals.flatMap(({ kickoff }) => dayOf({ start: kickoff })),
    ),
    competitions: sharesOf(
      there.flatMap(({ id, written }) => items.about(id, written).competition ?? []),
      removals.flatMap(({ competition }) => competition ?? []),
    ),
  };
};
