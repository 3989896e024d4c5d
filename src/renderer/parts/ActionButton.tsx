import { ActionIcon, Button, type ButtonProps, CloseButton, Loader, Popover, Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { useWords } from "../words.tsx";
import classes from "./ActionButton.module.css";
import { type Action, type ActionState, useAction } from "./action.ts";
import { Held } from "./Held.tsx";
import { LevelMark } from "./Level.tsx";
import { ProblemNote } from "./ProblemNote.tsx";
import { useElapsed } from "./useNow.ts";

/** How long a good result stays by itself; a bad one stays until it is closed. */
const shownMs = 6000;

const Running = ({ since }: { readonly since: number }) => {
  const { texts, format } = useWords();
  const seconds = Math.floor((useElapsed(200) - since) / 1000);
  if (seconds < 1) return null;
  return <span className={classes.line}>{texts.app.results.workingFor(format.duration(seconds * 1000))}</span>;
};

type OutcomeProps = { readonly state: ActionState; readonly close: () => void };

const Outcome = ({ state, close }: OutcomeProps) => {
  const { texts } = useWords();
  if (state.name === "idle") return null;
  return (
    <div className={classes.outcome}>
      {state.name === "running" && <Running since={state.since} />}
      {state.name === "done" && (
        <span className={classes.line} role="status">
          <LevelMark level="ok" />
          {state.message}
        </span>
      )}
      {state.name === "failed" && <ProblemNote problem={state.problem} target={state.target} what={state.what} />}
      {state.name !== "running" && <CloseButton size="sm" aria-label={texts.app.actions.close} onClick={close} />}
    </div>
  );
};

type ActionButtonProps = {
  readonly action: Action;
  readonly look?: "button" | "icon";
  readonly variant?: ButtonProps["variant"];
  readonly disabled?: boolean;
  /** It takes away what cannot be brought back as easily. */
  readonly danger?: boolean;
  /** Where the result appears; below, unless something there must stay in sight. */
  readonly side?: "top" | "bottom";
};

/** A button that answers at once, shows its progress beyond a second, and its result where it was pressed. */
export const ActionButton = (props: ActionButtonProps) => {
  const { action, look = "button", variant, disabled, danger = false, side = "bottom" } = props;
  const { state, start, reset } = useAction(action.run);
  const running = state.name === "running";
  const slow = useSlow(state);
  const done = state.name === "done";

  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(reset, shownMs);
    return () => clearTimeout(timer);
  }, [done, reset]);

  const glyph = running ? <Loader size={14} color="gray" /> : <action.icon size={16} aria-hidden="true" />;
  const common = {
    onClick: () => void start(),
    "aria-busy": running,
    "aria-disabled": running,
    disabled: disabled ?? false,
  };
  return (
    <Held here={action.here === true}>
      <Popover
        opened={(state.name === "done" && state.message !== "") || state.name === "failed" || slow}
        onChange={(opened) => !opened && reset()}
        trapFocus={state.name === "failed"}
        returnFocus
        width="max-content"
        position={side}
      >
        <Popover.Target>
          {look === "icon" ? (
            <ActionIcon {...common} aria-label={action.label}>
              <Tooltip label={action.label}>{glyph}</Tooltip>
            </ActionIcon>
          ) : (
            <Button
              {...common}
              {...(variant !== undefined && { variant })}
              {...(danger && { color: "red" })}
              leftSection={glyph}
            >
              {action.label}
            </Button>
          )}
        </Popover.Target>
        <Popover.Dropdown className={classes.dropdown}>
          <Outcome state={state} close={reset} />
        </Popover.Dropdown>
      </Popover>
    </Held>
  );
};

/** True once an action has run for a second. */
const useSlow = (state: ActionState): boolean => {
  const [slow, setSlow] = useState(false);
  const running = state.name === "running";
  useEffect(() => {
    setSlow(false);
    if (!running) return;
    const timer = setTimeout(() => setSlow(true), 1000);
    return () => clearTimeout(timer);
  }, [running]);
  return slow && running;
};
