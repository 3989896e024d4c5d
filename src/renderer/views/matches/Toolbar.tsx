import { Button, Tooltip } from "@mantine/core";
import { IconCalendarOff, IconUserQuestion } from "@tabler/icons-react";
import { memo, type ReactNode, type RefObject, useCallback, useMemo } from "react";
import { anyPlace } from "../../../shared/calendar-feed.ts";
import { minuteMs } from "../../../shared/duration.ts";
import { instantOf } from "../../../shared/instant.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import type { Texts } from "../../../shared/text/type.ts";
import { DayChoice } from "../../parts/DayChoice.tsx";
import { type Choice, choiceOf, FilterBar } from "../../parts/FilterBar.tsx";
import { isStanding } from "../../parts/match.ts";
import { useNow } from "../../parts/useNow.ts";
import { useDesk, useRead } from "../../session.ts";
import { useWords } from "../../words.tsx";
import {
  changedSchema,
  competitionsOf,
  counterOf,
  type Filter,
  isFiltering,
  isNotInCalendar,
  lacksOfficial,
  noFilter,
  openRolesOf,
  type Passes,
  refereesOf,
  statusChoiceSchema,
  stretchSchema,
  venuesOf,
  warningChoiceSchema,
} from "./filter.ts";
import classes from "./Matches.module.css";
import { SavedViewsMenu, type SavedViewsProps } from "./SavedViews.tsx";
import { type useTable, useTargets } from "./useTable.ts";

type ToggleProps = {
  readonly label: string;
  readonly about: string;
  readonly icon: ReactNode;
  readonly count: ReactNode;
  readonly on: boolean;
  readonly onToggle: () => void;
};

/** A filter that is on or off, with how many matches it is about. */
const Toggle = ({ label, about, icon, count, on, onToggle }: ToggleProps) => (
  <Tooltip label={about}>
    <Button
      className={classes.toggle ?? ""}
      size="xs"
      variant={on ? "light" : "default"}
      aria-pressed={on}
      leftSection={icon}
      rightSection={count}
      onClick={onToggle}
    >
      {label}
    </Button>
  </Tooltip>
);

/** By itself, so that nothing else is drawn when it changes: while calendars are written it does so all the time. */
const Count = ({ passes }: { readonly passes: Passes }) => {
  const { format } = useWords();
  const matches = useDesk((state) => state.matches);
  const count = useMemo(() => counterOf(passes), [passes]);
  return <span className={classes.count}>{format.number(count(matches))}</span>;
};

const MissingOfficials = () => {
  const now = instantOf(useNow(minuteMs));
  return <Count passes={useCallback((match) => lacksOfficial(match, now), [now])} />;
};

const NotInCalendars = () => {
  const targets = useTargets();
  return <Count passes={useCallback((match) => isNotInCalendar(match, targets), [targets])} />;
};

const choicesFor = (parts: {
  readonly texts: Texts;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly matches: () => readonly MatchView[];
}): readonly Choice[] => {
  const { texts, filter, onFilter, matches } = parts;
  const words = texts.matches.filter;
  const named = (
    label: string,
    name: "competition" | "venue",
    namesOf: (of: readonly MatchView[]) => readonly string[],
  ) => ({
    label,
    options: () => namesOf(matches()).map((value) => ({ value, label: value })),
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
      options: () => refereesOf(matches()).map(({ id, name }) => ({ value: id, label: name })),
      chosen: referee === null ? null : { value: referee.id, label: referee.name },
      onChoose: (chosen) =>
        onFilter({ ...filter, referee: chosen === null ? null : { id: chosen.value, name: chosen.label } }),
    },
    {
      label: words.openPlace,
      options: () => [anyPlace, ...openRolesOf(matches())].map((role) => ({ value: role, label: placeName(role) })),
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

/** The same while the filter is: what there is to choose from is asked for when it is opened. */
const useChoices = (filter: Filter, onFilter: (filter: Filter) => void): readonly Choice[] => {
  const { texts } = useWords();
  const read = useRead();
  return useMemo(
    () => choicesFor({ texts, filter, onFilter, matches: () => read((state) => state.matches) }),
    [texts, filter, onFilter, read],
  );
};

type FiltersProps = SavedViewsProps & Pick<ReturnType<typeof useTable>, "setFilter"> & { readonly today: string };

/** Days, saved views and switches: drawn anew only when one of them is another, and not with every key in the search. */
const Filters = memo(({ filter, setFilter, today, ...saved }: FiltersProps) => {
  const { texts } = useWords();
  const words = texts.matches.filter;
  return (
    <>
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
      <SavedViewsMenu filter={filter} {...saved} />
      <Toggle
        label={words.missingOfficial}
        about={words.missingOfficialAbout}
        icon={<IconUserQuestion size={15} aria-hidden="true" />}
        count={<MissingOfficials />}
        on={filter.missingOfficial}
        onToggle={() => setFilter({ ...filter, missingOfficial: !filter.missingOfficial })}
      />
      <Toggle
        label={words.notInCalendar}
        about={words.notInCalendarAbout}
        icon={<IconCalendarOff size={15} aria-hidden="true" />}
        count={<NotInCalendars />}
        on={filter.notInCalendar}
        onToggle={() => setFilter({ ...filter, notInCalendar: !filter.notInCalendar })}
      />
    </>
  );
});

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
  const { filter, setFilter } = table;
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
      <Filters
        filter={filter}
        setFilter={setFilter}
        today={today}
        views={table.views}
        setViews={table.setViews}
        sort={table.sort}
        show={table.show}
      />
    </FilterBar>
  );
};
