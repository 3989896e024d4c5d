import { ActionIcon, Button, Tooltip } from "@mantine/core";
import {
  IconArrowBarToUp,
  IconClock,
  IconClockHour4,
  IconDownload,
  IconEraser,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconUserOff,
  IconUserScan,
} from "@tabler/icons-react";
import { memo, type ReactNode, useMemo } from "react";
import { ok } from "../../../shared/problem.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import type { Action } from "../../parts/action.ts";
import { useCall } from "../../session.ts";
import { useWords } from "../../words.tsx";
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

const useExport = (filter: Filter, personal: boolean): Action => {
  const { texts } = useWords();
  const call = useCall();
  return useMemo(
    () => ({
      id: "export",
      label: texts.stream.export,
      icon: IconDownload,
      run: async () => {
        const { channel, type, verdict, search } = filter;
        const answer = await call("exportMessages", {
          personal,
          ...(channel !== null && { channel }),
          ...(type !== null && { type }),
          ...(verdict !== null && { verdict }),
          ...(search.trim() !== "" && { search: search.trim() }),
        });
        if (!answer.ok) return answer;
        const { file, messages } = answer.value;
        return ok(file === null ? texts.stream.exportCancelled : texts.stream.exported({ messages, file }));
      },
    }),
    [texts, call, filter, personal],
  );
};

export const StreamActions = memo((props: StreamActionsProps) => {
  const { filter, paused, relative, personal, onPause, onClear, onNewest, onRelative, onPersonal } = props;
  const { texts } = useWords();
  const words = texts.stream;
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
      <ActionButton action={useExport(filter, personal)} />
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
