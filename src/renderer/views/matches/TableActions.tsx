import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import {
  IconBaselineDensityLarge,
  IconBaselineDensityMedium,
  IconBaselineDensitySmall,
  IconBookmark,
  IconCalendarOff,
  IconCalendarPin,
  IconColumns3,
  IconFilterOff,
  IconPlus,
  IconRestore,
  IconUserQuestion,
} from "@tabler/icons-react";
import { memo, useMemo } from "react";
import { type Action, immediate } from "../../parts/action.ts";
import { useOffer } from "../../parts/offers.tsx";
import { useWords } from "../../words.tsx";
import { type Column, choosable, usualColumns } from "./columns.ts";
import type { Density } from "./MatchTable.tsx";
import type { useTable } from "./useTable.ts";

type TableActionsProps = {
  readonly columns: readonly Column[];
  readonly density: Density;
  readonly onColumns: (columns: readonly Column[]) => void;
  readonly onDensity: (density: Density) => void;
  readonly onToday: () => void;
  readonly onEnter: () => void;
};

/** How the table looks: its columns and the height of its rows. */
export const TableActions = memo((props: TableActionsProps) => {
  const { texts } = useWords();
  const { columns, density, onColumns, onDensity, onToday, onEnter } = props;
  const words = texts.matches;
  const other: Density = density === "dense" ? "normal" : "dense";
  const DensityIcon = density === "dense" ? IconBaselineDensityLarge : IconBaselineDensitySmall;
  return (
    <>
      <Tooltip label={words.density[other]}>
        <ActionIcon aria-label={words.density[other]} onClick={() => onDensity(other)}>
          <DensityIcon size={17} />
        </ActionIcon>
      </Tooltip>
      <Menu closeOnItemClick={false}>
        <Menu.Target>
          <Button leftSection={<IconColumns3 size={16} aria-hidden="true" />}>{words.columns}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.CheckboxGroup
            value={[...columns]}
            onChange={(chosen) => onColumns(choosable.filter((column) => chosen.includes(column)))}
          >
            {choosable.map((column) => (
              <Menu.CheckboxItem key={column} value={column}>
                {words.column[column]}
              </Menu.CheckboxItem>
            ))}
          </Menu.CheckboxGroup>
          <Menu.Divider />
          <Menu.Item leftSection={<IconRestore size={15} />} onClick={() => onColumns(usualColumns)}>
            {words.resetColumns}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button leftSection={<IconCalendarPin size={16} aria-hidden="true" />} onClick={onToday}>
        {words.today}
      </Button>
      <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={onEnter}>
        {words.entry.title}
      </Button>
    </>
  );
});

type TableOffersProps = Pick<TableActionsProps, "onToday"> & {
  readonly table: ReturnType<typeof useTable>;
};

/** What can be done with the table, for the command palette; shows nothing itself. */
export const TableOffers = ({ table, onToday }: TableOffersProps) => {
  const { texts } = useWords();
  const { filter, setFilter, reset, views, show, density, setDensity } = table;
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
        label: texts.app.filters.reset,
        icon: IconFilterOff,
        does: reset,
        said,
      }),
      ...views.map((view) =>
        immediate({
          id: `matches-view-${view.name}`,
          label: words.views.show(view.name),
          icon: IconBookmark,
          does: () => show(view),
          said,
        }),
      ),
      immediate({
        id: "matches-density",
        label: words.density[other],
        icon: IconBaselineDensityMedium,
        does: () => setDensity(other),
        said,
      }),
    ];
  }, [texts, filter, setFilter, reset, views, show, density, setDensity, onToday]);
  useOffer(offers);
  return null;
};
