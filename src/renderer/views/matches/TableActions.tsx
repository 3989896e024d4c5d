import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import {
  IconBaselineDensityLarge,
  IconBaselineDensitySmall,
  IconCalendarPin,
  IconColumns3,
  IconRestore,
} from "@tabler/icons-react";
import { memo } from "react";
import { useWords } from "../../words.tsx";
import { type Column, choosable, usualColumns } from "./columns.ts";
import type { Density } from "./MatchTable.tsx";

type TableActionsProps = {
  readonly columns: readonly Column[];
  readonly density: Density;
  readonly onColumns: (columns: readonly Column[]) => void;
  readonly onDensity: (density: Density) => void;
  readonly onToday: () => void;
};

/** How the table looks: its columns and the height of its rows. */
export const TableActions = memo(({ columns, density, onColumns, onDensity, onToday }: TableActionsProps) => {
  const { texts } = useWords();
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
    </>
  );
});
