import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, type RefObject, useEffect, useId, useImperativeHandle, useRef } from "react";
import { isActive, type MatchView } from "../../../shared/snapshot.ts";
import { rowHeight } from "../../theme/tokens.ts";
import { useWords } from "../../words.tsx";
import { Cell } from "./Cell.tsx";
import { type Column, layoutOf } from "./columns.ts";
import classes from "./MatchTable.module.css";
import type { Sort } from "./sort.ts";

const headHeight = 30;

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
  readonly onSort: (column: Column) => void;
};

const Head = memo(({ columns, template, sort, onSort }: HeadProps) => {
  const { texts } = useWords();
  return (
    <thead className={classes.head}>
      <tr aria-rowindex={1} className={classes.headRow} style={{ gridTemplateColumns: template }}>
        {columns.map((column, index) => {
          const sorted = sort.by === column;
          const Arrow = sort.descending ? IconArrowDown : IconArrowUp;
          return (
            <th
              key={column}
              scope="col"
              aria-colindex={index + 1}
              aria-sort={sorted ? (sort.descending ? "descending" : "ascending") : "none"}
              className={classes.headCell}
            >
              <button type="button" className={classes.sort} data-sorted={sorted} onClick={() => onSort(column)}>
                <span className={classes.headText}>{texts.matches.column[column]}</span>
                <Arrow size={13} aria-hidden="true" className={classes.arrow} />
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
});

type RowProps = {
  readonly id: string;
  readonly match: MatchView;
  readonly index: number;
  readonly start: number;
  readonly columns: readonly Column[];
  readonly template: string;
  readonly today: string;
  readonly chosen: boolean;
  readonly unseen: boolean;
  readonly onOpen: (id: string) => void;
};

const offStatuses: ReadonlySet<MatchView["status"]> = new Set(["cancelled", "postponed", "abandoned"]);

/** Drawn anew only when its match or its place is another. */
const Row = memo((props: RowProps) => {
  const { id, match, index, start, columns, template, today, chosen, unseen, onOpen } = props;
  return (
    // The grid holds the focus and the view handles the keys; rows are the grid's active descendants.
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={classes.row}
      data-off={offStatuses.has(match.status) || !isActive(match) || undefined}
      data-unseen={unseen || undefined}
      style={{ transform: `translateY(${start}px)`, gridTemplateColumns: template }}
      onClick={() => onOpen(match.id)}
    >
      {columns.map((column) => (
        <Cell key={column} column={column} match={match} today={today} unseen={unseen} />
      ))}
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
  /** The row to begin at. */
  readonly beginAt: number;
  readonly handle: RefObject<TableHandle | null>;
  readonly onSort: (column: Column) => void;
  readonly onOpen: (id: string) => void;
};

/** However many matches there are, only the rows that are seen are drawn. */
export const MatchTable = (props: MatchTableProps) => {
  const { rows, columns, density, sort, today, chosenId, unseen, beginAt, handle, onSort, onOpen } = props;
  const { texts } = useWords();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { template, minWidth } = layoutOf(columns);
  const height = rowHeight[density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    initialOffset: beginAt * height,
    scrollPaddingStart: headHeight,
  });
  // Rows of another height: what was measured no longer holds.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => virtual.measure(), [height, virtual]);
  useImperativeHandle(
    handle,
    () => ({
      scrollTo: (index, align) => {
        const element = scroller.current;
        if (element === null) return;
        const seen = element.clientHeight - headHeight;
        const top = index * height;
        if (align === "start" || top < element.scrollTop) element.scrollTop = top;
        else if (top + height > element.scrollTop + seen) element.scrollTop = top + height - seen;
      },
      pageSize: () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / height) - 1),
      first: () => Math.ceil((scroller.current?.scrollTop ?? 0) / height),
    }),
    [height],
  );

  // Back from a match the keyboard goes on where it was.
  const table = useRef<HTMLTableElement>(null);
  const comesBack = useRef(chosenId !== null);
  useEffect(() => {
    const { activeElement } = document;
    const isFree = activeElement === document.body || activeElement?.id === "content";
    if (comesBack.current && isFree) table.current?.focus({ preventScroll: true });
  }, []);

  const items = virtual.getVirtualItems();
  const drawn = Math.max(1, items.length);
  const chosenIsDrawn = items.some((item) => rows[item.index]?.id === chosenId);
  return (
    <div ref={scroller} className={classes.scroller}>
      <table
        tabIndex={0}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows can be chosen and opened
        role="grid"
        ref={table}
        className={classes.table}
        style={{ minWidth }}
        data-density={density}
        aria-label={texts.matches.table}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={chosenIsDrawn ? `${id}${chosenId}` : undefined}
      >
        <Head columns={columns} template={template} sort={sort} onSort={onSort} />
        <tbody className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const match = rows[item.index];
            if (match === undefined) return null;
            return (
              // By place, not by match: while one scrolls, rows stay and only their texts change.
              <Row
                key={item.index % drawn}
                id={`${id}${match.id}`}
                match={match}
                index={item.index}
                start={item.start}
                columns={columns}
                template={template}
                today={today}
                chosen={match.id === chosenId}
                unseen={unseen.has(match.id)}
                onOpen={onOpen}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
