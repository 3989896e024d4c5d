import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import classes from "./LongList.module.css";
import { usePrinting } from "./printing.ts";

type LongListProps<T> = {
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** Pixels; every row has the same. */
  readonly rowHeight: number;
  readonly label: string;
  readonly children: (row: T) => ReactNode;
};

/** A list of which only what is seen is drawn, or printed all of it: thousands of rows are no slower than ten. */
export const LongList = <T,>({ rows, keyOf, rowHeight, label, children }: LongListProps<T>) => {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const drawn = usePrinting()
    ? rows.map((_, index) => ({ index, start: index * rowHeight }))
    : virtual.getVirtualItems();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label={label}>
      <ul className={classes.list} style={{ height: virtual.getTotalSize() }}>
        {drawn.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <li
              key={keyOf(row)}
              className={classes.row}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              style={{ height: rowHeight, top: item.start }}
            >
              {children(row)}
            </li>
          );
        })}
      </ul>
    </section>
  );
};
