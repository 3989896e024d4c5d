import { Button, Loader } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import type { TargetName } from "../../shared/calendar.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Texts } from "../../shared/text/type.ts";
import { useDesk, usePhase } from "../session.ts";
import { useWords } from "../words.tsx";
import { type Action, useAction } from "./action.ts";
import { CopyButton } from "./CopyButton.tsx";
import { LevelMark } from "./Level.tsx";
import { useMending } from "./mending.ts";
import classes from "./ProblemNote.module.css";

type Failure = { readonly problem: Problem; readonly target?: TargetName | undefined };

/** What only helps those who mend programs, in their words: folded away, and to be copied. */
export const Technical = ({ problem }: Pick<Failure, "problem">) => {
  const { texts } = useWords();
  const say = texts.app.problem;
  const details = [
    "Avspark",
    `${say.kind}: ${problem.kind}`,
    `${say.technical}: ${problem.message}`,
    ...(problem.at === undefined ? [] : [`${say.place}: ${problem.at}`]),
  ].join("\n");
  return (
    <details className={classes.technical}>
      <summary>{say.technical}</summary>
      <p>
        {problem.message}
        {problem.at !== undefined && <code> {problem.at}</code>}
      </p>
      <CopyButton value={details} label={texts.app.actions.copyDetails} />
    </details>
  );
};

/** The button that mends it. What it comes to is said beside it: it stands in what another button came to. */
const Mend = ({ problem, target }: Failure) => {
  const { texts } = useWords();
  const mend = useMending();
  const action = useMemo(() => mend(problem, target ?? null), [mend, problem, target]);
  return action === null ? null : <MendButton action={action} texts={texts} />;
};

const MendButton = ({ action, texts }: { readonly action: Action; readonly texts: Texts }) => {
  const { state, start } = useAction(action.run);
  return (
    <>
      <Button
        variant="filled"
        aria-busy={state.name === "running"}
        leftSection={
          state.name === "running" ? (
            <Loader size={14} color="currentColor" />
          ) : (
            <action.icon size={16} aria-hidden="true" />
          )
        }
        onClick={() => void start()}
      >
        {action.label}
      </Button>
      {state.name === "done" && <span role="status">{state.message}</span>}
      {state.name === "failed" && <span role="alert">{texts.advice[state.problem.kind].what}</span>}
    </>
  );
};

type ProblemNoteProps = Failure & {
  /** What failed, where that is more than the problem says. */
  readonly what?: string | undefined;
  /** Where the field that mends it stands beside the note, nothing leads there. */
  readonly inPlace?: boolean;
  /** Other buttons. */
  readonly children?: ReactNode;
};

/** A problem as a person needs it: what happened, what it means, what to do, the button that mends it, and details for support. */
export const ProblemNote = ({ problem, target, what, inPlace = false, children }: ProblemNoteProps) => {
  const { texts } = useWords();
  const ready = usePhase() === "ready";
  const advice = texts.advice[problem.kind];
  return (
    <div className={classes.note} role="alert">
      <p className={classes.what}>
        <LevelMark level="critical" />
        {what ?? advice.what}
      </p>
      <p className={classes.why}>{what === undefined ? advice.why : `${advice.what} ${advice.why}`}</p>
      <p className={classes.remedy}>{advice.remedy}</p>
      <div className={classes.actions}>
        {ready && !inPlace && <Mend problem={problem} target={target} />}
        {children}
      </div>
      <Technical problem={problem} />
    </div>
  );
};

/** What the sentence of health in the header means and what to do about it. Not there when all is well. */
export const Trouble = () => {
  const { texts } = useWords();
  const health = useDesk((state) => state.health);
  if (health.level === "ok") return null;
  const advice = texts.advice[health.problem.kind];
  return (
    <section className={classes.trouble} data-level={health.level} aria-label={texts.app.problem.what}>
      <div className={classes.troubleText}>
        <h2>{texts.app.problem.why}</h2>
        <p>{advice.why}</p>
      </div>
      <div className={classes.troubleText}>
        <h2>{texts.app.problem.remedy}</h2>
        <p>{health.action === "wait" ? `${texts.health.waits} ${advice.remedy}` : advice.remedy}</p>
      </div>
      <Technical problem={health.problem} />
    </section>
  );
};
