import { instantOf } from "../../shared/instant.ts";
import type { Clock, Log } from "../ports.ts";
import { type Batch, mark, type Wanted } from "./item.ts";
import type { Change, Items, Target } from "./target.ts";
import type { TargetState } from "./target-state.ts";

type Parts<W extends Wanted> = {
  readonly target: Target<W>;
  readonly state: Pick<TargetState<W>, "known" | "outbox" | "meta" | "commit" | "reviseRun">;
  readonly items: Pick<Items<W>, "desired">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
};

/**
 * Something personal is erased from what is known of these items and from what is to be written. In a target that is ours
 * alone it is erased as well; in one of somebody else nothing that is past is touched.
 */
export const eraseInItems = <W extends Wanted>(
  parts: Parts<W>,
  ids: readonly string[],
  erase: (item: W) => W,
): void => {
  const { target, state } = parts;
  const known = ids
    .flatMap((id) => state.known.get(id) ?? [])
    .flatMap((one) => {
      const written = one.written && erase(one.written);
      return written === one.written ? [] : [{ ...one, written }];
    });
  const outbox = ids
    .flatMap((id) => state.outbox.get(id) ?? [])
    .flatMap((row) => {
      const wanted = row.wanted && erase(row.wanted);
      return wanted === row.wanted ? [] : [{ ...row, wanted }];
    });
  if (known.length + outbox.length > 0) state.commit({ known, outbox });
  const erased = (item: W | null): W | null => item && erase(item);
  state.reviseRun(ids, (entry) => ({ ...entry, before: erased(entry.before), after: erased(entry.after) }));
  if (target.isOwn)
    void writeAnew(
      parts,
      known.map(({ id }) => id),
    );
};

/** What is to be stored of items, without what is to be taken out of some of them. */
export const eraseInBatch = <W extends Wanted>(
  batch: Batch<W>,
  erasures: ReadonlyMap<string, (item: W) => W>,
): Batch<W> => {
  if (erasures.size === 0) return batch;
  const erased = (id: string, item: W | null): W | null => item && (erasures.get(id)?.(item) ?? item);
  return {
    ...batch,
    known: (batch.known ?? []).map((one) => ({ ...one, written: erased(one.id, one.written) })),
    run: (batch.run ?? []).map((entry) => ({
      ...entry,
      before: erased(entry.id, entry.before),
      after: erased(entry.id, entry.after),
    })),
  };
};

const writeAnew = async <W extends Wanted>(parts: Parts<W>, ids: readonly string[]): Promise<void> => {
  const { target, state, items, clock } = parts;
  const at = instantOf(clock.now());
  await Promise.all(
    ids.map(async (id) => {
      const desired = items.desired(id);
      const known = state.known.get(id);
      if (desired?.kind !== "item" || known === undefined) return;
      const sequence = known.sequence + 1;
      const found = await applied(parts, { id, wanted: desired.item, known, sequence });
      if (found === null) return;
      state.commit({ known: [{ ...found, target: target.name, writtenAt: at, sequence, written: desired.item }] });
    }),
  );
};

/** What is known of these items is forgotten. They leave a target that is ours alone; elsewhere they stay. */
export const forgetItems = <W extends Wanted>(parts: Parts<W>, ids: readonly string[]): void => {
  const { target, state } = parts;
  const known = ids.flatMap((id) => state.known.get(id) ?? []);
  state.reviseRun(ids, () => null);
  if (target.isOwn)
    for (const one of known) void applied(parts, { id: one.id, wanted: null, known: one, sequence: one.sequence });
  const marks = ids
    .flatMap((id) => [mark.undone(id), mark.kept(id), mark.sequence(id)])
    .filter((name) => state.meta.has(name));
  if (known.length + marks.length === 0 && !ids.some((id) => state.outbox.has(id))) return;
  state.commit({ forgotten: ids, outboxDone: ids, meta: Object.fromEntries(marks.map((name) => [name, null])) });
};

/** What is there after a change that is made past the outbox; null when it is nothing, or could not be made. */
const applied = async <W extends Wanted>(
  { target, clock, log }: Parts<W>,
  { sequence, ...change }: Pick<Change<W>, "id" | "wanted" | "known"> & { readonly sequence: number },
) => {
  const revision = { sequence, at: instantOf(clock.now()) };
  try {
    const [end] = await target.apply([{ ...change, duplicates: [], revision, mayInsert: false }]);
    if (end?.ok === false) log.warn("what is past could not be changed", { kind: end.failure.problem.kind });
    return end?.ok === true ? end.written.found : null;
  } catch (error) {
    log.warn("what is past could not be changed", { error });
    return null;
  }
};
