import type { Match } from "../../shared/match.ts";
import type { MatchView } from "../../shared/snapshot.ts";
import type { MatchBook } from "../matches/book.ts";
import { createNear } from "../matches/near.ts";
import type { MatchRecord } from "../matches/record.ts";

type ViewsOptions = {
  readonly book: Pick<MatchBook, "records" | "near" | "viewOf" | "revision">;
  /** Grows whenever something has become of matches in some calendar. */
  readonly placed: () => number;
};

/**
 * How matches are shown to scripts, who ask for all of them again and again: each is the same object as long as it is shown in
 * the same way. What time alone changes is looked at every half minute, as for a window.
 */
export const createViews = ({ book, placed }: ViewsOptions) => {
  const near = createNear(book);
  const known = new Map<string, { readonly record: MatchRecord; readonly view: MatchView }>();
  let knownPlaced = placed();
  let touched = 0;

  const catchUp = (): void => {
    for (const id of near.take()) known.delete(id);
    if (placed() !== knownPlaced) known.clear();
    knownPlaced = placed();
  };

  const viewOf = (record: MatchRecord): MatchView => {
    const { id } = record.match;
    const before = known.get(id);
    if (before?.record === record) return before.view;
    const view = book.viewOf(record);
    known.set(id, { record, view });
    return view;
  };

  return {
    /** As `MatchBook.put` answers them. */
    note: ({ moved }: { readonly moved: readonly Match[] }): void => near.note(moved),
    /** Something else has changed about these; null: about all. */
    touch: (ids: Iterable<string> | null): void => {
      touched += 1;
      if (ids === null) known.clear();
      else for (const id of ids) known.delete(id);
    },
    /** Another whenever some match may be shown in another way. */
    revision: (): string => `${book.revision()}-${placed()}-${touched}`,
    of: (records: readonly MatchRecord[]): readonly MatchView[] => {
      catchUp();
      return records.map(viewOf);
    },
  };
};
export type Views = ReturnType<typeof createViews>;
