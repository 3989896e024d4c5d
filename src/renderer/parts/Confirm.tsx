import { Button, Group, Loader, Modal, Text } from "@mantine/core";
import { useEffect } from "react";
import { useWords } from "../words.tsx";
import { type Action, useAction } from "./action.ts";
import { ProblemNote } from "./ProblemNote.tsx";
import { useToast } from "./useToast.tsx";

type ConfirmProps = {
  readonly action: Action;
  readonly title: string;
  /** What would happen, and whether it can be undone. */
  readonly about: string;
  readonly danger?: boolean;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** Asks before something that cannot be taken back as easily as it is done. */
export const Confirm = ({ action, title, about, danger = false, opened, onClose }: ConfirmProps) => {
  const { texts } = useWords();
  const { state, start, reset } = useAction(action.run);
  const tell = useToast();
  useEffect(() => {
    if (state.name !== "done") return;
    tell({ ok: true, value: state.message }, null);
    reset();
    onClose();
  }, [state, reset, onClose, tell]);
  const running = state.name === "running";
  return (
    <Modal
      opened={opened}
      onClose={() => {
        reset();
        onClose();
      }}
      title={title}
      closeButtonProps={{ "aria-label": texts.app.actions.close }}
    >
      <Text size="sm" mb="md">
        {about}
      </Text>
      {state.name === "failed" && <ProblemNote problem={state.problem} target={state.target} what={state.what} />}
      <Group justify="flex-end" gap="xs" mt="xs">
        <Button onClick={onClose}>{texts.app.actions.cancel}</Button>
        <Button
          variant="filled"
          {...(danger && { color: "red" })}
          aria-busy={running}
          leftSection={
            running ? <Loader size={14} color="currentColor" /> : <action.icon size={16} aria-hidden="true" />
          }
          onClick={() => void start()}
        >
          {action.label}
        </Button>
      </Group>
    </Modal>
  );
};
