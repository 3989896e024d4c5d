import { Button, type ButtonProps, CloseButton, Loader } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../words.tsx";
import classes from "./ActionButton.module.css";
import { type Action, useAction } from "./action.ts";
import { Held } from "./Held.tsx";
import { LevelMark } from "./Level.tsx";
import { ProblemNote } from "./ProblemNote.tsx";

type Look = { readonly variant?: ButtonProps["variant"]; readonly disabled?: boolean };

/**
 * A button and its result as two parts, for where the result belongs in the page and not over it: it covers nothing and
 * stays until it is closed.
 */
export const useInlineAction = (
  action: Action,
  { variant, disabled = false }: Look = {},
): { readonly button: ReactNode; readonly outcome: ReactNode } => {
  const { texts } = useWords();
  const { state, start, reset } = useAction(action.run);
  const running = state.name === "running";
  const button = (
    <Held here={action.here === true}>
      <Button
        {...(variant !== undefined && { variant })}
        disabled={disabled}
        aria-busy={running}
        aria-disabled={running}
        leftSection={running ? <Loader size={14} color="currentColor" /> : <action.icon size={16} aria-hidden="true" />}
        onClick={() => void start()}
      >
        {action.label}
      </Button>
    </Held>
  );
  const close = <CloseButton size="sm" aria-label={texts.app.actions.close} onClick={reset} />;
  if (state.name === "done")
    return {
      button,
      outcome: (
        <div className={classes.inPage} data-level="ok">
          <span className={classes.inPageLine} role="status">
            <LevelMark level="ok" />
            {state.message}
          </span>
          {close}
        </div>
      ),
    };
  if (state.name === "failed")
    return {
      button,
      outcome: (
        <div className={classes.inPage} data-level="critical">
          <ProblemNote problem={state.problem} target={state.target} what={state.what} />
          {close}
        </div>
      ),
    };
  return { button, outcome: null };
};
