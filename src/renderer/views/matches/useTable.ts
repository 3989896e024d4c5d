import { useCallback, useDeferredValue, useMemo } from "react";
import { z } from "zod";
import { isAddressBook, type TargetName } from "../../../shared/calendar.ts";
import { minuteMs } from "../../../shared/duration.ts";
import { instantOf } from "../../../shared/instant.ts";
import { useNow } from "../../parts/useNow.ts";
import { useRemembered } from "../../parts/useRemembered.ts";
import { useDesk } from "../../session.ts";
import { chosenSchema, usualColumns } from "./columns.ts";
import { filterSchema, matcher, noFilter, sift } from "./filter.ts";
import { sortMatches, sortSchema, usualSort } from "./sort.ts";
import { type SavedView, savedViewsSchema } from "./views.ts";

const densitySchema = z.enum(["dense", "normal"]);

/** The names of the calendars in use; the same list while they are the same. */
export const useTargets = (): readonly TargetName[] => {
  const targets = useDesk((state) => state.targets);
  const names = targets
    .filter(({ name, state }) => state.name !== "off" && !isAddressBook(name))
    .map(({ name }) => name);
  const key = names.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says whether the names are others
  return useMemo(() => names, [key]);
};

/**
 * The table as the person has set it, remembered: filters, saved views, order, columns and density, and the rows that
 * follow. The search is forgotten with the window. Typing goes before filtering: rows may lag a letter behind, the search
 * field never does.
 */
export const useTable = () => {
  const matches = useDesk((state) => state.matches);
  const [typed, setTyped] = useRemembered("matches.search", z.string().max(200), "", "session");
  const [filter, setFilter] = useRemembered("matches.filter", filterSchema, noFilter);
  const [sort, setSort] = useRemembered("matches.sort", sortSchema, usualSort);
  const [views, setViews] = useRemembered("matches.views", savedViewsSchema, []);
  const [columns, setColumns] = useRemembered("matches.columns", chosenSchema, usualColumns);
  const [density, setDensity] = useRemembered("matches.density", densitySchema, "normal");
  const targets = useTargets();
  const unseen = useDesk((state) => state.index.unseen);
  const now = instantOf(useNow(minuteMs));
  const settled = useDeferredValue(filter);
  const sought = useDeferredValue(typed);

  const { rows: found, outside } = useMemo(
    () => sift(matches, sought, matcher(settled, { matches, now, unseen, targets })),
    [matches, sought, settled, now, unseen, targets],
  );
  const rows = useMemo(() => sortMatches(found, sort), [found, sort]);
  const show = useCallback(
    (view: SavedView) => {
      setFilter(view.filter);
      setSort(view.sort);
    },
    [setFilter, setSort],
  );
  const reset = useCallback(() => {
    setTyped("");
    setFilter(noFilter);
  }, [setTyped, setFilter]);

  return {
    all: matches.length,
    rows,
    outside,
    typed,
    setTyped,
    filter,
    setFilter,
    reset,
    sort,
    setSort,
    views,
    setViews,
    show,
    columns,
    setColumns,
    density,
    setDensity,
    unseen,
  };
};
