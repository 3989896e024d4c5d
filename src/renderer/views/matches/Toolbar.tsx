import { Button, Tooltip } from "@mantine/core";
import { IconCalendarOff, IconUserQuestion } from "@tabler/icons-react";
import type { ReactNode, RefObject } from "react";
import { anyPlace } from "../../../shared/calendar-feed.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { DayChoice } from "../../parts/DayChoice.tsx";
import { type Choice, choiceOf, FilterBar } from "../../parts/FilterBar.tsx";
import { isStanding } from "../../parts/match.ts";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import {
  changedSchema,
  competitionsOf,
  type Filter,
  isFiltering,
  noFilter,
  openRolesOf,
  refereesOf,
  statusChoiceSchema,
  stretchSchema,
  venuesOf,
  warningChoiceSchema,
} from "./filter.ts";
import classes from "./Matches.module.css";
import { SavedViewsMenu } from "./SavedViews.tsx";
import type { useTable } from "./useTable.ts";

type ToggleProps = {
  readonly label: string;
  readonly about: string;
  readonly icon: ReactNode;
  readonly count: number;
  readonly on: boolean;
  readonly onToggle: () => void;
};

/** A filter that is on or off, with how many matches it is about. */
const Toggle = ({ label, about, icon, count, on, onToggle }: ToggleProps) => {
  const { format } = useWords();
  return (
    <Tooltip label={about}>
      <Button
        className={classes.toggle ?? ""}
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

const useChoices = (filter: Filter, onFilter: (filter: Filter) => void): readonly Choice[] => {
  const { texts } = useWords();
  const words = texts.matches.filter;
  const matches = useDesk((state) => state.matches);
  const named = (
    label: string,
    name: "competition" | "venue",
    namesOf: (of: readonly MatchView[]) => readonly string[],
  ) => ({
    label,
    options: () => namesOf(matches).map((value) => ({ value, label: value })),
    chosen: filter[name] === null ? null : { value: filter[name], label: filter[name] },
    onChoose: (chosen: { readonly value: string } | null) => onFilter({ ...filter, [name]: chosen?.value ?? null }),
  });
  const placeName = (role: string): string => (role === anyPlace ? words.anyPlace : texts.match.role(role));
  const { referee, openPlace } = filter;
  return [
    named(words.competition, "competition", competitionsOf),
    named(words.venue, "venue", venuesOf),
    {
      label: words.referee,
      options: () => refereesOf(matches).map(({ id, name }) => ({ value: id, label: name })),
      chosen: referee === null ? null : { value: referee.id, label: referee.name },
      onChoose: (chosen) =>
        onFilter({ ...filter, referee: chosen === null ? null : { id: chosen.value, name: chosen.label } }),
    },
    {
      label: words.openPlace,
      options: () => [anyPlace, ...openRolesOf(matches)].map((role) => ({ value: role, label: placeName(role) })),
      chosen: openPlace === null ? null : { value: openPlace, label: placeName(openPlace) },
      onChoose: (chosen) => onFilter({ ...filter, openPlace: chosen?.value ?? null }),
    },
    choiceOf({
      label: words.status,
      values: statusChoiceSchema.options,
      nameOf: (status) => (isStanding(status) ? texts.matches.standing[status] : texts.match.status[status]),
      value: filter.status,
      onValue: (status) => onFilter({ ...filter, status }),
    }),
    choiceOf({
      label: words.warning,
      values: warningChoiceSchema.options,
      nameOf: (warning) => words.warningChoice[warning],
      value: filter.warning,
      onValue: (warning) => onFilter({ ...filter, warning }),
    }),
    choiceOf({
      label: words.changed,
      values: changedSchema.options,
      nameOf: (changed) => words.changedChoice[changed],
      value: filter.changed,
      onValue: (changed) => onFilter({ ...filter, changed }),
    }),
  ];
};

type ToolbarProps = {
  readonly table: ReturnType<typeof useTable>;
  readonly today: string;
  readonly search: RefObject<HTMLInputElement | null>;
  /** From the search down into the table. */
  readonly onLeave: () => void;
};

/** Search, days, filters and saved views. */
export const Toolbar = ({ table, today, search, onLeave }: ToolbarProps) => {
  const { texts } = useWords();
  const words = texts.matches.filter;
  const { filter, setFilter, counts } = table;
  return (
    <FilterBar
      search={{
        typed: table.typed,
        hint: words.search,
        label: words.searchName,
        field: search,
        onType: table.setTyped,
        onLeave,
      }}
      choices={useChoices(filter, setFilter)}
      filtering={isFiltering(filter)}
      onReset={() => setFilter(noFilter)}
      outside={table.outside}
    >
      <DayChoice
        span={typeof filter.days === "object" ? filter.days : null}
        today={today}
        onSpan={(days) => setFilter({ ...filter, days })}
        {...(filter.days !== null && { onNone: () => setFilter({ ...filter, days: null }) })}
        others={[...stretchSchema.options, null].map((days) => ({
          label: words.days[days ?? "all"],
          chosen: filter.days === days,
          choose: () => setFilter({ ...filter, days }),
        }))}
      />
      <SavedViewsMenu table={table} />
      <Toggle
        label={words.missingOfficial}
        about={words.missingOfficialAbout}
        icon={<IconUserQuestion size={15} aria-hidden="true" />}
        count={counts.missingOfficial}
        on={filter.missingOfficial}
        onToggle={() => setFilter({ ...filter, missingOfficial: !filter.missingOfficial })}
      />
      <Toggle
        label={words.notInCalendar}
        about={words.notInCalendarAbout}
        icon={<IconCalendarOff size={15} aria-hidden="true" />}
        count={counts.notInCalendar}
        on={filter.notInCalendar}
        onToggle={() => setFilter({ ...filter, notInCalendar: !filter.notInCalendar })}
      />
    </FilterBar>
  );
};
