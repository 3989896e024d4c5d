import { Button, Loader } from "@mantine/core";
import { IconBrandGoogle } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { Problem } from "../../../../shared/problem.ts";
import type { Action } from "../../../parts/action.ts";
import { ProblemNote } from "../../../parts/ProblemNote.tsx";
import { useWords } from "../../../words.tsx";
import classes from "../Calendars.module.css";

type State =
  | { readonly name: "idle" }
  | { readonly name: "waiting" }
  | { readonly name: "failed"; readonly problem: Problem };

type SignInButtonProps = {
  readonly action: Action;
  readonly main?: boolean;
  readonly disabled?: boolean;
};

/**
 * Signs in through the browser, which may take minutes or be closed by mistake: so the button stays, and a second press
 * begins anew. Who is signed in then is told by what stands around it.
 */
export const SignInButton = ({ action, main = false, disabled = false }: SignInButtonProps) => {
  const { texts } = useWords();
  const say = texts.calendars.google;
  const [state, setState] = useState<State>({ name: "idle" });
  const turn = useRef(0);
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );
  const press = async (): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    setState({ name: "waiting" });
    const result = await action.run();
    // An earlier press was ended by a later one: that says nothing.
    if (turn.current === mine) setState(result.ok ? { name: "idle" } : { name: "failed", problem: result.problem });
  };
  const waiting = state.name === "waiting";
  return (
    <>
      <Button
        {...(main && !waiting && { variant: "filled" })}
        disabled={disabled}
        leftSection={waiting ? <Loader size={14} color="gray" /> : <IconBrandGoogle size={16} aria-hidden="true" />}
        onClick={() => void press()}
      >
        {waiting ? say.openAgain : action.label}
      </Button>
      {waiting && (
        <span className={classes.signingIn} role="status">
          {say.inBrowser}
        </span>
      )}
      {state.name === "failed" && (
        <div className={classes.signInProblem}>
          <ProblemNote problem={state.problem} />
        </div>
      )}
    </>
  );
};
