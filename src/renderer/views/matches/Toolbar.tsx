import { ActionIcon, Button, type OptionsFilter, Select, TextInput, Tooltip } from "@mantine/core";
import { IconCalendarOff, IconFilterOff, IconSearch, IconUserQuestion } from "@tabler/icons-react";
import { memo, type ReactNode, type RefObject } from "react";
import { searchable, searchFor } from "../../../shared/search.ts";
import { DayChoice } from "../../parts/DayChoice.tsx";
import { isStanding } from "../../parts/standing.ts";
import { useWords } from "../../words.tsx";
import { changedSchema, type Filter, isFiltering, noFilter, statusChoiceSchema, stretchSchema } from "./filter.ts";
import classes from "./Matches.module.css";

const findOptions: OptionsFilter = ({ options, search: typed, limit }) => {
  const search = searchFor(typed);
  return options.filter((option) => "label" in option && search.finds(searchable(option.label))).slice(0, limit);
};

type ChipProps = {
  readonly label: string;
  readonly about: string;
  readonly icon: ReactNode;
  readonly count: number;
  readonly on: boolean;
  readonly onToggle: () => void;
};

/** A filter that is on or off, with how many matches it is about. */
const Chip = ({ label, about, icon, count, on, onToggle }: ChipProps) => {
  const { format } = useWords();
  return (
    <Tooltip label={about}>
      <Button
        className={classes.chip ?? ""}
        size="xs"
        variant={on ? "light" : "default"}
        aria-pressed={on}
        leftSection={icon}
        rightSection={<span className={classes.count}>{format.number(count)}</span>}
        onClick={onToggle}
      >
        {label}
      </Button>
    </Tooltip>
  );
};

type ToolbarProps = {
  readonly filter: Filter;
  readonly competitions: readonly string[];
  readonly today: string;
  readonly counts: { readonly missingOfficial: number; readonly notInCalendar: number };
  readonly onFilter: (filter: Filter) => void;
  readonly search: RefObject<HTMLInputElement | null>;
  /** From the search down into the table. */
  readonly onLeave: () => void;
};

/** Search and filters; not drawn anew when matches change. */
export const Toolbar = memo(({ filter, competitions, today, counts, onFilter, search, onLeave }: ToolbarProps) => {
  const { texts } = useWords();
  const words = texts.matches.filter;
  return (
    <search className={classes.toolbar}>
      <TextInput
        ref={search}
        className={classes.search ?? ""}
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        placeholder={words.search}
        aria-label={words.searchName}
        value={filter.search}
        onChange={(event) => onFilter({ ...filter, search: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
          if (event.key === "Enter" || event.key === "ArrowDown") {
            event.preventDefault();
            onLeave();
          }
        }}
      />
      <Select
        className={classes.competition ?? ""}
        aria-label={words.competition}
        placeholder={words.allCompetitions}
        nothingFoundMessage={words.noCompetition}
        data={[...competitions]}
        value={filter.competition}
        onChange={(competition) => onFilter({ ...filter, competition })}
        searchable
        filter={findOptions}
        clearable
        limit={200}
      />
      <Select
        className={classes.status ?? ""}
        aria-label={words.status}
        placeholder={words.allStatuses}
        data={statusChoiceSchema.options.map((status) => ({
          value: status,
          label: isStanding(status) ? texts.matches.standing[status] : texts.match.status[status],
        }))}
        value={filter.status}
        onChange={(status) => onFilter({ ...filter, status: statusChoiceSchema.nullable().parse(status) })}
        clearable
      />
      <DayChoice
        span={typeof filter.days === "object" ? filter.days : null}
        today={today}
        onSpan={(days) => onFilter({ ...filter, days })}
        others={[...stretchSchema.options, null].map((days) => ({
          label: words.days[days ?? "all"],
          chosen: filter.days === days,
          choose: () => onFilter({ ...filter, days }),
        }))}
      />
      <Select
        className={classes.select ?? ""}
        aria-label={words.changed}
        data={changedSchema.options.map((changed) => ({ value: changed, label: words.changedChoice[changed] }))}
        placeholder={words.changed}
        value={filter.changed}
        onChange={(changed) => onFilter({ ...filter, changed: changedSchema.nullable().parse(changed) })}
        clearable
      />
      <Chip
        label={words.missingOfficial}
        about={words.missingOfficialAbout}
        icon={<IconUserQuestion size={15} aria-hidden="true" />}
        count={counts.missingOfficial}
        on={filter.missingOfficial}
        onToggle={() => onFilter({ ...filter, missingOfficial: !filter.missingOfficial })}
      />
      <Chip
        label={words.notInCalendar}
        about={words.notInCalendarAbout}
        icon={<IconCalendarOff size={15} aria-hidden="true" />}
        count={counts.notInCalendar}
        on={filter.notInCalendar}
        onToggle={() => onFilter({ ...filter, notInCalendar: !filter.notInCalendar })}
      />
      <Tooltip label={words.reset}>
        <ActionIcon aria-label={words.reset} disabled={!isFiltering(filter)} onClick={() => onFilter(noFilter)}>
          <IconFilterOff size={17} />
        </ActionIcon>
      </Tooltip>
    </search>
  );
});
