import { ActionIcon, Button, Tooltip } from "@mantine/core";
import {
  IconArrowBarToUp,
  IconClock,
  IconClockHour4,
  IconEraser,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconUserOff,
  IconUserScan,
} from "@tabler/icons-react";
import { memo, type ReactNode, useMemo } from "react";
import { immediate } from "../../parts/action.ts";
import { useOffer } from "../../parts/offers.tsx";
import { useWords } from "../../words.tsx";
import { ExportMenu } from "./ExportMenu.tsx";
import type { Filter } from "./filter.ts";

type StreamActionsProps = {
  readonly filter: Filter;
  readonly paused: boolean;
  readonly relative: boolean;
  readonly personal: boolean;
  readonly onPause: () => void;
  readonly onClear: () => void;
  readonly onNewest: () => void;
  readonly onRelative: (relative: boolean) => void;
  readonly onPersonal: (personal: boolean) => void;
};

type SwitchProps = {
  readonly label: string;
  readonly on?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
};

const Switch = ({ label, on, onClick, children }: SwitchProps) => (
  <Tooltip label={label}>
    <ActionIcon aria-label={label} aria-pressed={on} variant={on ? "light" : "subtle"} onClick={onClick}>
      {children}
    </ActionIcon>
  </Tooltip>
);

export const StreamActions = memo((props: StreamActionsProps) => {
  const { filter, paused, relative, personal, onPause, onClear, onNewest, onRelative, onPersonal } = props;
  const { texts } = useWords();
  const words = texts.stream;
  useOffer(
    useMemo(() => {
      const said = texts.app.results.done;
      return [
        immediate({
          id: "stream-pause",
          label: paused ? words.resume : words.pause,
          icon: IconPlayerPauseFilled,
          does: onPause,
          said,
        }),
        immediate({ id: "stream-newest", label: words.newest, icon: IconArrowBarToUp, does: onNewest, said }),
        immediate({ id: "stream-clear", label: words.clear, icon: IconEraser, does: onClear, said }),
        immediate({
          id: "stream-times",
          label: words.timeToggle,
          icon: IconClock,
          does: () => onRelative(!relative),
          said,
        }),
        immediate({
          id: "stream-personal",
          label: personal ? words.personal.hide : words.personal.show,
          icon: IconUserScan,
          does: () => onPersonal(!personal),
          said,
        }),
      ];
    }, [texts, words, paused, relative, personal, onPause, onNewest, onClear, onRelative, onPersonal]),
  );
  return (
    <>
      <Switch
        label={personal ? words.personal.hide : words.personal.show}
        on={personal}
        onClick={() => onPersonal(!personal)}
      >
        {personal ? <IconUserScan size={18} /> : <IconUserOff size={18} />}
      </Switch>
      <Switch label={words.timeToggle} on={relative} onClick={() => onRelative(!relative)}>
        {relative ? <IconClockHour4 size={18} /> : <IconClock size={18} />}
      </Switch>
      <Switch label={words.newest} onClick={onNewest}>
        <IconArrowBarToUp size={18} />
      </Switch>
      <Switch label={words.clear} onClick={onClear}>
        <IconEraser size={18} />
      </Switch>
      <ExportMenu filter={filter} />
      <Button
        variant="filled"
        miw={104}
        leftSection={paused ? <IconPlayerPlayFilled size={14} /> : <IconPlayerPauseFilled size={14} />}
        onClick={onPause}
      >
        {paused ? words.resume : words.pause}
      </Button>
    </>
  );
});
