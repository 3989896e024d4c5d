import { useDeferredValue, useMemo } from "react";
import { z } from "zod";
import type { TargetName } from "../../../shared/calendar.ts";
import { instantOf } from "../../../shared/instant.ts";
import { compareNames } from "../../../shared/order.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { useNow } from "../../parts/useNow.ts";
import { useRemembered } from "../../parts/useRemembered.ts";
import { useDesk } from "../../session.ts";
import { chosenSchema, usualColumns } from "./columns.ts";
import { filterSchema, isNotInCalendar, lacksOfficial, matcher, noFilter } from "./filter.ts";
import { sortMatches, sortSchema, usualSort } from "./sort.ts";

const densitySchema = z.enum(["dense", "normal"]);

/** The names of the calendars in use; the same list while they are the same. */
const useTargets = (): readonly TargetName[] => {
  const targets = useDesk((state) => state.targets);
  const names = targets.filter((target) => target.state.name !== "off").map((target) => target.name);
  const key = names.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says whether the names are others
  return useMemo(() => names, [key]);
};

const useUnseen = (): ReadonlySet<string> => {
  const changes = useDesk((state) => state.changes);
  const seenId = useDesk((state) => state.seenChangeId);
  return useMemo(
    () => new Set(changes.filter((change) => change.id > seenId).map((change) => change.matchId)),
    [changes, seenId],
  );
};

const useCompetitions = (matches: readonly MatchView[]): readonly string[] => {
  const key = useMemo(() => {
    const names = new Set(matches.flatMap(({ competition }) => (competition === null ? [] : [competition])));
    return JSON.stringify([...names].sort(compareNames));
  }, [matches]);
  return useMemo(() => z.array(z.string()).parse(JSON.parse(key)), [key]);
};

/**
 * The table as the person has set it, remembered: filters, order, columns and density, and the rows that follow. Typing
 * goes before filtering: rows may lag a letter behind, the search field never does.
 */
export const useTable = () => {
  const matches = useDesk((state) => state.matches);
  const [filter, setFilter] = useRemembered("matches.filter", filterSchema, noFilter);
  const [sort, setSort] = useRemembered("matches.sort", sortSchema, usualSort);
  const [columns, setColumns] = useRemembered("matches.columns", chosenSchema, usualColumns);
  const [density, setDensity] = useRemembered("matches.density", densitySchema, "normal");
  const targets = useTargets();
  const unseen = useUnseen();
  const competitions = useCompetitions(matches);
  const now = instantOf(useNow(60_000));
  const settled = useDeferredValue(filter);

  const passing = useMemo(
    () => matches.filter(matcher(settled, { now, unseen, targets })),
    [matches, settled, now, unseen, targets],
  );
  const rows = useMemo(() => sortMatches(passing, sort), [passing, sort]);
  const missingOfficial = useMemo(() => matches.filter((match) => lacksOfficial(match, now)).length, [matches, now]);
  const notInCalendar = useMemo(
    () => matches.filter((match) => isNotInCalendar(match, targets)).length,
    [matches, targets],
  );
  const counts = useMemo(() => ({ missingOfficial, notInCalendar }), [missingOfficial, notInCalendar]);

  return {
    all: matches.length,
    rows,
    filter,
    setFilter,
    sort,
    setSort,
    columns,
    setColumns,
    density,
    setDensity,
    competitions,
    counts,
    unseen,
  };
};
