import { ActionIcon, Button, CloseButton, Popover, TextInput } from "@mantine/core";
import { IconCalendar, IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { dayAfter, type Format } from "../../shared/text/format.ts";
import type { Texts } from "../../shared/text/type.ts";
import { useWords } from "../words.tsx";
import { rangeOf, type Span, spanSchema, stepped, weekNumber } from "./days.ts";
import classes from "./FilterBar.module.css";

type Words = { readonly texts: Texts; readonly format: Format };

const datesOf = (span: Span, today: string, { format }: Words): string => {
  const { from, until } = rangeOf(span, today);
  return format.days(from, dayAfter(until, -1));
};

/** What the days are called: "Today, 28 Nov", "Week 48, 23–29 Nov". */
export const spanName = (span: Span, today: string, words: Words): string => {
  const dates = datesOf(span, today, words);
  const say = words.texts.app.days;
  switch (span.kind) {
    case "day":
      if (span.day === null) return `${say.today}, ${dates}`;
      return words.format.shortWeekday(Date.parse(`${span.day}T12:00Z`));
    case "weekend":
      return span.day === null ? `${say.weekend}, ${dates}` : say.weekendOf(dates);
    case "week":
      return `${say.week(weekNumber(rangeOf(span, today).from))}, ${dates}`;
    case "dates":
      return dates;
  }
};

type Row = { readonly label: string; readonly about?: string; readonly chosen: boolean; readonly choose: () => void };

type DayChoiceProps = {
  /** null: another choice than one of days holds, one of `others`. */
  readonly span: Span | null;
  readonly today: string;
  readonly onSpan: (span: Span) => void;
  /** What may be chosen besides days; the one that holds is named where no days are. */
  readonly others?: readonly Row[];
  /** Given where days are chosen that need not be. */
  readonly onNone?: () => void;
};

const today: Span = { kind: "day", day: null };
const weekend: Span = { kind: "weekend", day: null };
const week: Span = { kind: "week", day: null };

/** The one way to choose days: one, a weekend, a week with its number, or dates; and to step to those before and after. */
export const DayChoice = ({ span, today: day, onSpan, others = [], onNone }: DayChoiceProps) => {
  const words = useWords();
  const [opened, setOpened] = useState(false);
  const say = words.texts.app.days;
  const choose = (next: () => void) => () => {
    setOpened(false);
    next();
  };
  const row = (label: string, of: Span): Row => ({
    label,
    about: datesOf(of, day, words),
    chosen: JSON.stringify(span) === JSON.stringify(of),
    choose: () => onSpan(of),
  });
  const weekRow = (of: Span): Row => row(say.week(weekNumber(rangeOf(of, day).from)), of);
  const rows: readonly Row[] = [
    row(say.today, today),
    row(say.tomorrow, stepped(today, 1, day)),
    row(say.weekend, weekend),
    row(say.nextWeekend, stepped(weekend, 1, day)),
    weekRow(week),
    weekRow(stepped(week, 1, day)),
    ...others,
  ];
  const shown = span ?? today;
  const range = rangeOf(shown, day);
  const dates = { from: range.from, to: dayAfter(range.until, -1) };
  const setDate = (part: Partial<typeof dates>) => {
    const read = spanSchema.safeParse({ kind: "dates", ...dates, ...part });
    if (read.success) onSpan(read.data);
  };
  const name = span === null ? others.find(({ chosen }) => chosen)?.label : spanName(span, day, words);
  const step = (by: 1 | -1) => {
    const Glyph = by === 1 ? IconChevronRight : IconChevronLeft;
    return (
      <ActionIcon
        aria-label={by === 1 ? say.later : say.earlier}
        disabled={span === null}
        onClick={() => onSpan(stepped(shown, by, day))}
      >
        <Glyph size={16} aria-hidden="true" />
      </ActionIcon>
    );
  };
  return (
    <div className={classes.choice}>
      {step(-1)}
      <Popover opened={opened} onChange={setOpened} trapFocus returnFocus position="bottom-start">
        <Popover.Target>
          <Button
            size="xs"
            variant={onNone === undefined ? "default" : "light"}
            leftSection={<IconCalendar size={15} aria-hidden="true" />}
            onClick={() => setOpened(!opened)}
          >
            {name ?? say.name}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={6} aria-label={say.name}>
          {rows.map(({ label, about, chosen, choose: does }) => (
            <button key={label} type="button" className={classes.row} aria-pressed={chosen} onClick={choose(does)}>
              {label}
              <span>{about}</span>
            </button>
          ))}
          <div className={classes.dates}>
            {(["from", "to"] as const).map((part) => (
              <TextInput
                key={part}
                type="date"
                label={say[part]}
                value={dates[part]}
                onChange={(event) => setDate({ [part]: event.currentTarget.value })}
              />
            ))}
          </div>
        </Popover.Dropdown>
      </Popover>
      {step(1)}
      {onNone !== undefined && <CloseButton size="sm" aria-label={say.none} onClick={onNone} />}
    </div>
  );
};
