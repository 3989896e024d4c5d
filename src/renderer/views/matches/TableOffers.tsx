import {
  IconBaselineDensityMedium,
  IconCalendarOff,
  IconCalendarPin,
  IconFilterOff,
  IconUserQuestion,
} from "@tabler/icons-react";
import { useMemo } from "react";
import { useOffer } from "../../offers.tsx";
import { type Action, immediate } from "../../parts/action.ts";
import { useWords } from "../../words.tsx";
import { noFilter } from "./filter.ts";
import type { useTable } from "./useTable.ts";

type TableOffersProps = { readonly table: ReturnType<typeof useTable>; readonly onToday: () => void };

/** What can be done with the table, for the command palette; shows nothing itself. */
export const TableOffers = ({ table, onToday }: TableOffersProps) => {
  const { texts } = useWords();
  const { filter, setFilter, density, setDensity } = table;
  const offers = useMemo((): readonly Action[] => {
    const words = texts.matches;
    const said = texts.app.results.done;
    const other = density === "dense" ? "normal" : "dense";
    const toggle = (name: "missingOfficial" | "notInCalendar", icon: Action["icon"]): Action =>
      immediate({
        id: `matches-${name}`,
        label: `${words.filter[name]}: ${words.filter[`${name}About`]}`,
        icon,
        does: () => setFilter({ ...filter, [name]: !filter[name] }),
        said,
      });
    return [
      immediate({ id: "matches-today", label: words.today, icon: IconCalendarPin, does: onToday, said }),
      toggle("missingOfficial", IconUserQuestion),
      toggle("notInCalendar", IconCalendarOff),
      immediate({
        id: "matches-reset",
        label: words.filter.reset,
        icon: IconFilterOff,
        does: () => setFilter(noFilter),
        said,
      }),
      immediate({
        id: "matches-density",
        label: words.density[other],
        icon: IconBaselineDensityMedium,
        does: () => setDensity(other),
        said,
      }),
    ];
  }, [texts, filter, setFilter, density, setDensity, onToday]);
  useOffer(offers);
  return null;
};
