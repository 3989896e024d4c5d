import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import {
  type ChangeEvent,
  memo,
  type RefObject,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { matchTitle } from "../../../shared/match.ts";
import { isActive, type MatchView } from "../../../shared/snapshot.ts";
import { dayAfter, stockholmInstant } from "../../../shared/text/format.ts";
import { rowHeight } from "../../theme/tokens.ts";
import { useWords } from "../../words.tsx";
import { cellOf } from "./cells.tsx";
import { type Column, layoutOf } from "./columns.ts";
import { type Line, layoutLines, liesAs, linesDrawn, linesOf } from "./lines.ts";
import classes from "./MatchTable.module.css";
import type { Sort } from "./sort.ts";

const headHeight = 30;
const dayHeight = 28;
const twoLines = 42;

/** Lines drawn before and after those that are seen. */
const overscan = 8;

/** What stands beside the table in a window that has room for it: navigation, edges and scroll bars. */
const besideTable = 240;

const onResize = (listener: () => void): (() => void) => {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
};
/** Known at the first draw, so that the table is scrolled to its place at once. */
const useWindowWidth = (): number => useSyncExternalStore(onResize, () => window.innerWidth);

export type Density = keyof typeof rowHeight;

/** Where the table stands; what asks for it comes back to the same place. */
export type TableHandle = {
  readonly scrollTo: (index: number, align: "start" | "auto") => void;
  /** How many rows are seen at a time. */
  readonly pageSize: () => number;
  /** The first row that is wholly seen. */
  readonly first: () => number;
};

type HeadProps = {
  readonly columns: readonly Column[];
  readonly template: string;
  readonly sort: Sort;
  readonly allMarked: boolean;
  readonly onSort: (column: Column) => void;
  readonly onMarkAll: (marked: boolean) => void;
};

const Head = memo(({ columns, template, sort, allMarked, onSort, onMarkAll }: HeadProps) => {
  const { texts } = useWords();
  return (
    <thead className={classes.head}>
      <tr aria-rowindex={1} className={classes.headRow} style={{ gridTemplateColumns: template }}>
        <th scope="col" aria-colindex={1} className={classes.markCell}>
          <input
            type="checkbox"
            aria-label={texts.matches.bulk.markAll}
            checked={allMarked}
            onChange={(event) => onMarkAll(event.currentTarget.checked)}
          />
        </th>
        {columns.map((column, index) => {
          const sorted = sort.by === column;
          const Arrow = sort.descending ? IconArrowDown : IconArrowUp;
          return (
            <th
              key={column}
              scope="col"
              aria-colindex={index + 2}
              aria-sort={sorted ? (sort.descending ? "descending" : "ascending") : "none"}
              className={classes.headCell}
            >
              <button type="button" className={classes.sort} data-sorted={sorted} onClick={() => onSort(column)}>
                <span className={classes.headText} title={texts.matches.column[column]}>
                  {texts.matches.column[column]}
                </span>
                <Arrow size={13} aria-hidden="true" className={classes.arrow} />
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
});

type DayRowProps = {
  readonly line: Extract<Line, { readonly kind: "day" }>;
  readonly place: number;
  readonly start: number;
  readonly columns: number;
  readonly today: string;
};

const DayRow = memo(({ line: { day, matches }, place, start, columns, today }: DayRowProps) => {
  const { texts, format } = useWords();
  const near = day === today ? texts.app.time.today : day === dayAfter(today, 1) && texts.app.time.tomorrow;
  const date = day === null ? texts.match.noKickoff : format.weekday(stockholmInstant(day, "12:00"));
  return (
    <tr
      aria-rowindex={place + 2}
      className={classes.dayRow}
      data-today={day === today || undefined}
      style={{ transform: `translateY(${start}px)` }}
    >
      <th scope="rowgroup" aria-colindex={1} aria-colspan={columns}>
        <span className={classes.day}>{near ? `${near}, ${date}` : date}</span>
        <span>{texts.match.matches(matches)}</span>
      </th>
    </tr>
  );
});

type RowProps = {
  readonly id: string;
  readonly match: MatchView;
  readonly place: number;
  readonly start: number;
  readonly height: number;
  readonly columns: readonly Column[];
  readonly template: string;
  readonly today: string;
  readonly byDay: boolean;
  readonly chosen: boolean;
  readonly marked: boolean;
  readonly unseen: boolean;
  readonly onOpen: (id: string) => void;
  readonly onMark: (id: string, range: boolean) => void;
};

const offStatuses: ReadonlySet<MatchView["status"]> = new Set(["cancelled", "postponed", "abandoned"]);

/** Drawn anew only when its match or its place is another. */
const Row = memo((props: RowProps) => {
  const { id, match, place, start, height, columns, template, chosen, marked, unseen, onOpen, onMark } = props;
  const words = useWords();
  const { texts } = words;
  const mark = ({ nativeEvent }: ChangeEvent): void =>
    onMark(match.id, "shiftKey" in nativeEvent && nativeEvent.shiftKey === true);
  return (
    // The grid holds the focus and the view handles the keys; rows are the grid's active descendants.
    <tr
      id={id}
      aria-rowindex={place + 2}
      aria-selected={marked}
      className={classes.row}
      data-chosen={chosen || undefined}
      data-off={offStatuses.has(match.status) || !isActive(match) || undefined}
      data-unseen={unseen || undefined}
      style={{ transform: `translateY(${start}px)`, height, gridTemplateColumns: template }}
      onClick={({ target }) => {
        if (!(target instanceof Element && target.closest("label"))) onOpen(match.id);
      }}
    >
      <td className={classes.markCell}>
        <label className={classes.mark}>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={texts.matches.bulk.mark(matchTitle(match))}
            checked={marked}
            onChange={mark}
          />
        </label>
      </td>
      {columns.map((column) => cellOf(column, props, words))}
    </tr>
  );
});

type MatchTableProps = {
  readonly rows: readonly MatchView[];
  readonly columns: readonly Column[];
  readonly density: Density;
  readonly sort: Sort;
  readonly today: string;
  readonly chosenId: string | null;
  readonly unseen: ReadonlySet<string>;
  readonly marked: ReadonlySet<string>;
  /** The row to begin at. */
  readonly beginAt: number;
  readonly handle: RefObject<TableHandle | null>;
  readonly onSort: (column: Column) => void;
  readonly onOpen: (id: string) => void;
  readonly onMark: (id: string, range: boolean) => void;
  readonly onMarkAll: (marked: boolean) => void;
};

/** However many matches there are, only the rows that are seen are drawn. */
export const MatchTable = (props: MatchTableProps) => {
  const { rows, columns, density, sort, today, chosenId, unseen, marked, beginAt, handle } = props;
  const { onSort, onOpen, onMark, onMarkAll } = props;
  const { texts } = useWords();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const byDay = sort.by === "kickoff";
  const { template, minWidth, usualWidth } = layoutOf(columns, byDay);
  // Where there is no room for a line, texts take two.
  const narrow = useWindowWidth() < usualWidth + besideTable;
  const height = narrow ? twoLines : rowHeight[density];
  // While calendars are written, rows are others several times a second, and where they lie stays the same.
  const [known, setKnown] = useState(rows);
  const laid = liesAs(rows, known) ? known : rows;
  if (laid !== known) setKnown(laid);
  const lines = useMemo(() => linesOf(laid, byDay), [laid, byDay]);
  const { tops, lineOf } = useMemo(() => layoutLines(lines, { day: dayHeight, match: height }), [lines, height]);
  /** The first match of a day is shown with the day. */
  const topOf = (index: number): number => {
    const line = lineOf[index] ?? 0;
    return tops[lines[line - 1]?.kind === "day" ? line - 1 : line] ?? 0;
  };
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => (lines[place]?.kind === "day" ? dayHeight : height),
    overscan,
    rangeExtractor: ({ startIndex, count }) => {
      const seen = Math.ceil((virtual.scrollRect?.height ?? 0) / Math.min(dayHeight, height));
      return linesDrawn(startIndex - overscan, { count, size: seen + 2 * overscan });
    },
    initialOffset: topOf(beginAt),
    scrollPaddingStart: headHeight,
  });
  // Other lines, or rows of another height: what was measured no longer holds.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useLayoutEffect(() => virtual.measure(), [tops, virtual]);
  useImperativeHandle(handle, () => ({
    scrollTo: (index, align) => {
      const element = scroller.current;
      if (element === null) return;
      const seen = element.clientHeight - headHeight;
      const top = topOf(index);
      const end = (tops[lineOf[index] ?? 0] ?? 0) + height;
      if (align === "start" || top < element.scrollTop) element.scrollTop = top;
      else if (end > element.scrollTop + seen) element.scrollTop = end - seen;
    },
    pageSize: () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / height) - 1),
    first: () => lineOf.findIndex((line) => (tops[line] ?? 0) >= (scroller.current?.scrollTop ?? 0)),
  }));

  // Back from a match the keyboard goes on where it was.
  const table = useRef<HTMLTableElement>(null);
  const comesBack = useRef(chosenId !== null);
  useEffect(() => {
    const { activeElement } = document;
    const isFree = activeElement === document.body || activeElement?.id === "content";
    if (comesBack.current && isFree) table.current?.focus({ preventScroll: true });
  }, []);

  const items = virtual.getVirtualItems();
  // While one scrolls, the element of a line that leaves serves the one that comes in, where it is: to move elements costs
  // as much as to make them. Once it stands still they are in the order in which they are read.
  const slotOf = ({ index }: VirtualItem): number => index % items.length;
  const ordered = virtual.isScrolling ? items.toSorted((a, b) => slotOf(a) - slotOf(b)) : items;
  const chosenIsDrawn = items.some(({ index }) => {
    const line = lines[index];
    return line?.kind === "match" && rows[line.index]?.id === chosenId;
  });
  return (
    <div ref={scroller} className={classes.scroller}>
      <table
        tabIndex={0}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows can be chosen and opened
        role="grid"
        ref={table}
        className={classes.table}
        style={{ minWidth }}
        data-narrow={narrow || undefined}
        aria-label={texts.matches.table}
        aria-multiselectable="true"
        aria-rowcount={lines.length + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={chosenIsDrawn ? `${id}${chosenId}` : undefined}
      >
        <Head
          columns={columns}
          template={template}
          sort={sort}
          allMarked={rows.length > 0 && marked.size === rows.length}
          onSort={onSort}
          onMarkAll={onMarkAll}
        />
        <tbody className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {ordered.map((item) => {
            const line = lines[item.index];
            const key = slotOf(item);
            const common = { place: item.index, start: item.start, today };
            if (line?.kind === "day") return <DayRow key={key} {...common} line={line} columns={columns.length + 1} />;
            const match = line === undefined ? undefined : rows[line.index];
            if (match === undefined) return null;
            return (
              <Row
                key={key}
                {...common}
                id={`${id}${match.id}`}
                match={match}
                height={height}
                columns={columns}
                template={template}
                byDay={byDay}
                chosen={match.id === chosenId}
                marked={marked.has(match.id)}
                unseen={unseen.has(match.id)}
                onOpen={onOpen}
                onMark={onMark}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
