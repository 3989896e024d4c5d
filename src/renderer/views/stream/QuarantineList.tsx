import { Button, Skeleton } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { memo, useEffect, useId, useRef } from "react";
import { minuteMs } from "../../../shared/duration.ts";
import { Empty } from "../../parts/Empty.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useNow } from "../../parts/useNow.ts";
import { useWords } from "../../words.tsx";
import classes from "./Quarantine.module.css";
import type { Quarantined, useQuarantine } from "./useQuarantine.ts";

type RowProps = {
  readonly id: string;
  readonly item: Quarantined;
  readonly chosen: boolean;
  readonly onChoose: (id: number) => void;
};

const Row = memo(({ id, item, chosen, onChoose }: RowProps) => {
  const { texts, format } = useWords();
  const now = useNow(minuteMs);
  return (
    // The list holds the focus and handles the keys; its rows are its active descendants.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div id={id} role="option" aria-selected={chosen} className={classes.row} onClick={() => onChoose(item.id)}>
      <span className={classes.time} title={format.full(item.receivedAt)}>
        {format.moment(item.receivedAt, now)}
      </span>
      <span className={classes.main}>
        <span className={classes.reason} title={item.reason}>
          <code>{item.path === "" ? texts.stream.quarantine.whole : item.path}</code> {item.reason}
        </span>
        <span className={classes.channel}>{item.channel}</span>
      </span>
      <span className={classes.size}>{format.bytes(item.bytes)}</span>
    </div>
  );
});

type QuarantineListProps = {
  readonly quarantine: ReturnType<typeof useQuarantine>;
  readonly chosenId: number | null;
  readonly onChoose: (id: number) => void;
};

/** What was refused: when, where in it and why. */
export const QuarantineList = ({ quarantine, chosenId, onChoose }: QuarantineListProps) => {
  const { texts } = useWords();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const { state, problem, items, next, more } = quarantine;
  const words = texts.stream.quarantine;
  const chosenRow = chosenId !== null && items.some((item) => item.id === chosenId) ? `${id}${chosenId}` : undefined;
  useEffect(() => {
    if (chosenRow !== undefined) document.getElementById(chosenRow)?.scrollIntoView({ block: "nearest" });
  }, [chosenRow]);
  if (state === "loading") return <Skeleton height={180} m="sm" w="auto" />;
  if (problem !== null) return <ProblemNote problem={problem} />;
  if (items.length === 0) return <Empty icon={IconShieldCheck} title={words.empty} about={words.emptyAbout} />;
  return (
    <div
      ref={list}
      className={classes.list}
      role="listbox"
      tabIndex={0}
      aria-label={words.list}
      aria-activedescendant={chosenRow}
    >
      {items.map((item) => (
        <Row key={item.id} id={`${id}${item.id}`} item={item} chosen={item.id === chosenId} onChoose={onChoose} />
      ))}
      {next !== null && (
        <Button m="xs" variant="subtle" color="gray" size="compact-xs" onClick={() => void more()}>
          {words.more}
        </Button>
      )}
    </div>
  );
};
