import { SegmentedControl } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconCalendarOff } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { z } from "zod";
import { minuteMs } from "../../../shared/duration.ts";
import { stockholmDay } from "../../../shared/text/format.ts";
import { DayChoice, spanName } from "../../parts/DayChoice.tsx";
import { rangeOf, type Span, spanSchema } from "../../parts/days.ts";
import { Empty } from "../../parts/Empty.tsx";
import { Page } from "../../parts/Page.tsx";
import { useNow } from "../../parts/useNow.ts";
import { useRemembered } from "../../parts/useRemembered.ts";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { Grid, GridRow } from "./Grid.tsx";
import { type Day, type Schedule as Layout, type Side, scheduleOf, sides } from "./layout.ts";
import classes from "./Schedule.module.css";
import { scheduleTable } from "./said.ts";
import { useDragScroll } from "./useDragScroll.ts";

const chosenSchema = z.object({ span: spanSchema, side: z.enum(sides) }).readonly();
const usual = { span: { kind: "weekend", day: null } satisfies Span, side: "venue" } as const;

/** In pixels; as in Schedule.module.css. */
const nameWidth = 176;
const emptyDayWidth = 104;
const laneHeight = 72;
const lanePadding = 6;
const headHeight = 44;
const hourWidth = { least: 76, most: 180 } as const;

/** As wide as the window has room for, within what can be read and what looks well. */
const widthsOf = (days: readonly Day[], room: number): readonly number[] => {
  const hours = days.reduce((sum, { from, until }) => sum + until - from, 0);
  const empty = days.filter(({ from, until }) => from === until).length;
  const fitting = (room - nameWidth - empty * emptyDayWidth) / Math.max(1, hours);
  const hour = Math.max(hourWidth.least, Math.min(hourWidth.most, fitting));
  return [
    nameWidth,
    ...days.map(({ from, until }) => (from === until ? emptyDayWidth : Math.floor(hour * (until - from)))),
  ];
};

type ScreenProps = {
  readonly layout: Layout;
  readonly side: Side;
  readonly today: string;
  readonly label: string;
};

/** However many rows there are, only those that are seen are drawn. */
const Screen = ({ layout: { days, rows }, side, today, label }: ScreenProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize();
  const widths = useMemo(() => widthsOf(days, width), [days, width]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.lanes ?? 1) * laneHeight + lanePadding,
    overscan: 4,
    scrollMargin: headHeight,
  });
  // Rows of other heights: what was measured no longer holds.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => virtual.measure(), [rows, virtual]);
  const drag = useDragScroll(scroller);

  const before = days.findIndex(({ day }) => day === today);
  const left = before <= 0 ? 0 : widths.slice(1, 1 + before).reduce((sum, one) => sum + one, 0);
  // Other days are shown from today on, where it is one of them.
  const shown = `${days[0]?.day} ${days.length} ${width > 0}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: afterwards the person scrolls
  useEffect(() => scroller.current?.scrollTo({ left }), [shown]);

  const items = virtual.getVirtualItems();
  const above = (items[0]?.start ?? headHeight) - headHeight;
  const below = virtual.getTotalSize() - ((items.at(-1)?.end ?? headHeight) - headHeight);
  return (
    <section
      ref={scroller}
      className={classes.scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0}
      aria-label={label}
      {...drag}
    >
      <div ref={measured} className={classes.measured} />
      <Grid side={side} days={days} today={today} rowCount={rows.length} label={label} widths={widths}>
        {above > 0 && <tr style={{ height: above }} />}
        {items.map(({ index, key }) => {
          const row = rows[index];
          return row === undefined ? null : <GridRow key={key} row={row} days={days} today={today} />;
        })}
        {below > 0 && <tr style={{ height: below }} />}
      </Grid>
    </section>
  );
};

type PaperProps = { readonly layout: Layout; readonly side: Side; readonly today: string };

/** Day by day, each as wide as the sheet, and all of its rows. */
const Paper = ({ layout, side, today }: PaperProps) => (
  <div className={classes.paper} data-wide>
    {layout.days.map((day) => {
      const rows = layout.rows.filter(({ days }) => days.has(day.day));
      if (rows.length === 0) return null;
      return (
        <Grid key={day.day} side={side} days={[day]} today={today} rowCount={rows.length} label={day.day} widths={null}>
          {rows.map((row) => (
            <GridRow key={row.key} row={row} days={[day]} today={today} />
          ))}
        </Grid>
      );
    })}
  </div>
);

/** What is played where and when, and who is there. */
export const Schedule = () => {
  const words = useWords();
  const { texts } = words;
  const matches = useDesk((state) => state.matches);
  const [{ span, side }, choose] = useRemembered("schedule", chosenSchema, usual);
  const today = stockholmDay(useNow(minuteMs));
  const layout = useMemo(() => scheduleOf(matches, rangeOf(span, today), side), [matches, span, today, side]);
  const name = spanName(span, today, words);
  const title = `${texts.app.views.schedule} ${name}`;
  const tableOf = useCallback(() => scheduleTable(layout, side, title, words), [layout, side, title, words]);
  return (
    <Page
      title={texts.app.views.schedule}
      layout="fill"
      note={`${name} · ${texts.match.matches(layout.matches)}`}
      tableOf={tableOf}
      paper={() => <Paper layout={layout} side={side} today={today} />}
      actions={
        <>
          <SegmentedControl
            aria-label={texts.schedule.by}
            data={sides.map((value) => ({ value, label: texts.schedule.side[value] }))}
            value={side}
            onChange={(value) => choose({ span, side: value })}
          />
          <DayChoice span={span} today={today} onSpan={(next) => choose({ span: next, side })} />
        </>
      }
    >
      <div className={classes.frame}>
        {layout.rows.length === 0 ? (
          <Empty icon={IconCalendarOff} title={texts.schedule.noMatches} about={texts.schedule.noMatchesAbout} />
        ) : (
          <Screen layout={layout} side={side} today={today} label={name} />
        )}
      </div>
    </Page>
  );
};
