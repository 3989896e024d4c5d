import { Button } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { useWords } from "../../words.tsx";
import { CopyButton } from "../CopyButton.tsx";
import classes from "./JsonTree.module.css";
import { branches, type Json, openedAtFirst, parentPath, type TreeRow, visibleRows } from "./tree.ts";

const rowHeight = 22;
const indent = 14;
/** Longer texts are cut in their line; copying gives the whole. */
const shownCharacters = 300;

const Value = ({ row }: { readonly row: TreeRow }) => {
  const { texts, format } = useWords();
  const { value, entries } = row;
  if (entries !== null) {
    const [left, right] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
    if (row.open) return <span className={classes.bracket}>{left}</span>;
    return (
      <span className={classes.bracket}>
        {left}
        {entries > 0 && <span className={classes.entries}> {texts.stream.detail.entries(entries)} </span>}
        {right}
      </span>
    );
  }
  const text = JSON.stringify(value);
  const kind = value === null ? "null" : typeof value;
  return (
    <span className={classes.value} data-kind={kind}>
      {text.slice(0, shownCharacters)}
      {text.length > shownCharacters && texts.stream.detail.longText(format.number(text.length))}
    </span>
  );
};

/** JSON as a tree that is walked with the arrow keys: right opens, left closes, Enter does either. */
export const JsonTree = ({ value }: { readonly value: Json }) => {
  const { texts } = useWords();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(() => openedAtFirst(value));
  const [chosen, setChosen] = useState("");
  const rows = useMemo(() => visibleRows(value, open), [value, open]);
  const index = Math.max(
    0,
    rows.findIndex((row) => row.path === chosen),
  );
  const current = rows[index];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });

  const move = (to: number): void => {
    const next = Math.min(rows.length - 1, Math.max(0, to));
    setChosen(rows[next]?.path ?? "");
    virtual.scrollToIndex(next);
  };
  const toggle = (row: TreeRow, wanted = !row.open): void => {
    const next = new Set(open);
    if (wanted) next.add(row.path);
    else next.delete(row.path);
    setOpen(next);
    setChosen(row.path);
  };

  const press = (event: KeyboardEvent): void => {
    if (current === undefined) return;
    const branch = current.entries !== null;
    const moves = new Map([
      ["ArrowDown", () => move(index + 1)],
      ["ArrowUp", () => move(index - 1)],
      ["PageDown", () => move(index + 20)],
      ["PageUp", () => move(index - 20)],
      ["Home", () => move(0)],
      ["End", () => move(rows.length - 1)],
      ["ArrowRight", () => (branch && !current.open ? toggle(current) : move(index + 1))],
      [
        "ArrowLeft",
        () => (current.open ? toggle(current) : move(rows.findIndex((row) => row.path === parentPath(current.path)))),
      ],
      ["Enter", () => branch && toggle(current)],
    ]);
    const action = moves.get(event.key);
    if (action === undefined) return;
    event.preventDefault();
    action();
  };

  const rowId = (path: string): string => `${id}${path}`;
  const items = virtual.getVirtualItems();
  return (
    <div className={classes.frame}>
      <div className={classes.tools}>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setOpen(branches(value))}>
          {texts.stream.detail.expandAll}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setOpen(branches(value, 1))}>
          {texts.stream.detail.collapseAll}
        </Button>
        <CopyButton
          value={JSON.stringify(current?.value ?? value, null, 2)}
          label={index === 0 ? texts.stream.detail.copyAll : texts.stream.detail.copyChosen}
        />
      </div>
      <div
        ref={scroller}
        className={classes.scroller}
        role="tree"
        tabIndex={0}
        aria-label={texts.stream.detail.tree}
        aria-activedescendant={items.some((item) => item.index === index) ? rowId(chosen) : undefined}
        onKeyDown={press}
      >
        <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              // Keys are handled by the tree, which holds the focus: its lines are its active descendants.
              // biome-ignore lint/a11y/useKeyWithClickEvents: see above
              // biome-ignore lint/a11y/useFocusableInteractive: see above
              <div
                key={row.path}
                id={rowId(row.path)}
                role="treeitem"
                aria-level={row.depth + 1}
                aria-expanded={row.entries === null ? undefined : row.open}
                aria-selected={item.index === index}
                className={classes.row}
                style={{ transform: `translateY(${item.start}px)`, paddingLeft: 6 + row.depth * indent }}
                onClick={() => (row.entries === null ? setChosen(row.path) : toggle(row))}
              >
                <span className={classes.fold} data-open={row.open} data-branch={row.entries !== null} />
                {row.key !== null && <span className={classes.key}>{row.key}</span>}
                <Value row={row} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
};
