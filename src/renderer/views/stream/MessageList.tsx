import { Button } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, type RefObject, useEffect, useId, useRef } from "react";
import type { MessageSummary } from "../../../shared/message.ts";
import { gistText } from "../../../shared/text/gist.ts";
import { useNow } from "../../parts/useNow.ts";
import { VisuallyHidden } from "../../parts/VisuallyHidden.tsx";
import { rowHeight } from "../../theme/tokens.ts";
import { useWords } from "../../words.tsx";
import classes from "./MessageList.module.css";

type RowProps = {
  readonly id: string;
  readonly message: MessageSummary;
  readonly start: number;
  readonly chosen: boolean;
  /** null: the time of day is shown. */
  readonly now: number | null;
  readonly titles: ReadonlyMap<string, string>;
  readonly onChoose: (id: number) => void;
};

/** Plain elements and no parts of the library: thirty of these are drawn ten times a second. */
const Row = memo(({ id, message, start, chosen, now, titles, onChoose }: RowProps) => {
  const { texts, format } = useWords();
  return (
    // The list holds the focus and handles the keys; its rows are its active descendants.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      className={classes.row}
      data-verdict={message.verdict}
      data-type={message.gist.type}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => onChoose(message.id)}
    >
      <span className={classes.time}>
        {now === null ? format.millis(message.receivedAt) : format.relative(message.receivedAt, now)}
      </span>
      <span className={classes.verdict} title={texts.message.verdict[message.verdict]} />
      <span className={classes.type}>{texts.message.type[message.gist.type]}</span>
      <span className={classes.channel}>{message.channel}</span>
      <span className={classes.gist}>
        {(message.verdict === "partly" || message.verdict === "invalid") && (
          <span className={classes.verdictWord}>{texts.message.verdict[message.verdict]}</span>
        )}
        {message.verdict === "duplicate" && <VisuallyHidden>{texts.message.verdict.duplicate} </VisuallyHidden>}
        {gistText(message.gist, { texts, format, titles })}
      </span>
      <span className={classes.size}>{format.bytes(message.bytes)}</span>
    </div>
  );
});

type MessageListProps = {
  readonly rows: readonly MessageSummary[];
  readonly chosenId: number | null;
  readonly onChoose: (id: number) => void;
  readonly relative: boolean;
  readonly titles: ReadonlyMap<string, string>;
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** How many wait above, when the list stands still. */
  readonly waiting: number;
  readonly onLeaveTop: () => void;
  readonly onReachTop: () => void;
  readonly onNewest: () => void;
};

export const MessageList = (props: MessageListProps) => {
  const { rows, chosenId, onChoose, relative, titles, scroller, waiting, onLeaveTop, onReachTop, onNewest } = props;
  const { texts } = useWords();
  const id = useId();
  const second = useNow();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight.dense,
    overscan: 6,
  });

  const chosenIndex = chosenId === null ? -1 : rows.findIndex((row) => row.id === chosenId);
  const shownId = useRef<number | null>(null);
  useEffect(() => {
    // Only a new choice scrolls, not the messages that push it down.
    if (shownId.current === chosenId) return;
    shownId.current = chosenId;
    if (chosenIndex >= 0) virtual.scrollToIndex(chosenIndex, { align: "auto" });
  }, [chosenId, chosenIndex, virtual]);

  const items = virtual.getVirtualItems();
  const chosenIsDrawn = items.some((item) => item.index === chosenIndex);
  return (
    <div className={classes.frame}>
      <div className={classes.head} aria-hidden="true">
        <span className={classes.time}>{texts.stream.columns.time}</span>
        <span className={classes.verdict} />
        <span className={classes.type}>{texts.stream.columns.type}</span>
        <span className={classes.channel}>{texts.stream.columns.channel}</span>
        <span className={classes.gist}>{texts.stream.columns.content}</span>
        <span className={classes.size}>{texts.stream.columns.size}</span>
      </div>
      <div
        ref={scroller}
        className={classes.scroller}
        role="listbox"
        tabIndex={0}
        aria-label={texts.stream.list}
        aria-activedescendant={chosenIsDrawn ? `${id}${chosenId}` : undefined}
        onScroll={(event) => (event.currentTarget.scrollTop > rowHeight.dense / 2 ? onLeaveTop() : onReachTop())}
      >
        <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {items.map((item) => {
            const message = rows[item.index];
            if (message === undefined) return null;
            return (
              // By place, not by message: at a thousand a second the lines stay and only their texts change.
              <Row
                key={item.index}
                id={`${id}${message.id}`}
                message={message}
                start={item.start}
                chosen={item.index === chosenIndex}
                now={relative ? second : null}
                titles={titles}
                onChoose={onChoose}
              />
            );
          })}
        </div>
      </div>
      {waiting > 0 && (
        <Button
          className={classes.newest ?? ""}
          size="compact-sm"
          variant="filled"
          leftSection={<IconArrowUp size={15} aria-hidden="true" />}
          onClick={onNewest}
        >
          <span className="tabular">{texts.stream.fresh(waiting)}</span>
        </Button>
      )}
    </div>
  );
};
