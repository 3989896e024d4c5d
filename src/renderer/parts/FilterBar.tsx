import { Button, type OptionsFilter, Popover, Select, TextInput } from "@mantine/core";
import { IconFilter, IconFilterOff, IconSearch, IconX } from "@tabler/icons-react";
import { memo, type ReactNode, type RefObject, useState } from "react";
import { searchable, searchFor } from "../../shared/search.ts";
import { useWords } from "../words.tsx";
import classes from "./FilterBar.module.css";

type Option = { readonly value: string; readonly label: string };

/** One thing to filter by, of which one value at a time can be chosen. */
export type Choice = {
  readonly label: string;
  /** Asked when the choice is opened: to know them may take a look at every match. */
  readonly options: () => readonly Option[];
  readonly chosen: Option | null;
  readonly onChoose: (chosen: Option | null) => void;
};

/** A choice of some known values; what else is asked for chooses none. */
export const choiceOf = <V extends string>(parts: {
  readonly label: string;
  readonly values: readonly V[];
  readonly nameOf: (value: V) => string;
  readonly value: V | null;
  readonly onValue: (value: V | null) => void;
}): Choice => {
  const { label, values, nameOf, value, onValue } = parts;
  const optionOf = (each: V): Option => ({ value: each, label: nameOf(each) });
  return {
    label,
    options: () => values.map(optionOf),
    chosen: value === null ? null : optionOf(value),
    onChoose: (chosen) => onValue(values.find((each) => each === chosen?.value) ?? null),
  };
};

const findOptions: OptionsFilter = ({ options, search: typed, limit }) => {
  const search = searchFor(typed);
  return options.filter((option) => "label" in option && search.finds(searchable(option.label))).slice(0, limit);
};

const Field = ({ choice: { label, options: read, chosen, onChoose } }: { readonly choice: Choice }) => {
  const { texts } = useWords();
  const words = texts.app.filters;
  const options = read();
  return (
    <Select
      label={label}
      placeholder={words.any}
      nothingFoundMessage={words.nothing}
      data={[...options]}
      value={chosen?.value ?? null}
      onChange={(value) => onChoose(options.find((option) => option.value === value) ?? null)}
      searchable={options.length > 8}
      filter={findOptions}
      clearable
      limit={200}
      comboboxProps={{ withinPortal: false }}
    />
  );
};

const Choices = memo(({ choices }: { readonly choices: readonly Choice[] }) => {
  const { texts } = useWords();
  const words = texts.app.filters;
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus position="bottom-start" width={420}>
      <Popover.Target>
        <Button
          size="xs"
          leftSection={<IconFilter size={15} aria-hidden="true" />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {words.open}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.choices} aria-label={words.open}>
        {choices.map((choice) => (
          <Field key={choice.label} choice={choice} />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
});

type FilterBarProps = {
  readonly search: {
    readonly typed: string;
    readonly hint: string;
    readonly label: string;
    readonly field: RefObject<HTMLInputElement | null>;
    readonly onType: (typed: string) => void;
    /** From the search down into what was found. */
    readonly onLeave?: () => void;
  };
  readonly choices: readonly Choice[];
  /** Any filter holds, the search left aside. */
  readonly filtering: boolean;
  readonly onReset: () => void;
  /** How many the search finds that the filters keep out. */
  readonly outside?: number;
  /** Further ways to choose. */
  readonly children?: ReactNode;
};

/** The one bar above a list: a search, filters, and each filter that holds as a chip that takes it away. */
export const FilterBar = (props: FilterBarProps) => {
  const { search, choices, filtering, onReset, outside = 0, children } = props;
  const { texts } = useWords();
  const words = texts.app.filters;
  const { onLeave } = search;
  return (
    <search className={classes.bar}>
      <TextInput
        ref={search.field}
        className={classes.search ?? ""}
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        placeholder={search.hint}
        aria-label={search.label}
        maxLength={200}
        value={search.typed}
        onChange={(event) => search.onType(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
          if (onLeave !== undefined && (event.key === "Enter" || event.key === "ArrowDown")) {
            event.preventDefault();
            onLeave();
          }
        }}
      />
      <Choices choices={choices} />
      {children}
      {(filtering || outside > 0) && (
        <div className={classes.holding}>
          {choices.map(
            ({ label, chosen, onChoose }) =>
              chosen !== null && (
                <Button
                  key={label}
                  className={classes.chip ?? ""}
                  variant="light"
                  title={`${label}: ${chosen.label}`}
                  aria-label={words.remove(`${label}: ${chosen.label}`)}
                  rightSection={<IconX size={13} aria-hidden="true" />}
                  onClick={() => onChoose(null)}
                >
                  <span className={classes.of}>{label}:</span> {chosen.label}
                </Button>
              ),
          )}
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconFilterOff size={15} aria-hidden="true" />}
            onClick={onReset}
          >
            {words.reset}
          </Button>
          {outside > 0 && (
            <span className={classes.outside} role="status">
              {words.outside(outside)}
              <Button variant="subtle" onClick={onReset}>
                {words.show}
              </Button>
            </span>
          )}
        </div>
      )}
    </search>
  );
};
