import type { ReactNode } from "react";
import type { Problem } from "../../shared/problem.ts";
import { useWords } from "../words.tsx";
import { CopyButton } from "./CopyButton.tsx";
import { LevelMark } from "./Level.tsx";
import classes from "./ProblemNote.module.css";

type ProblemNoteProps = {
  readonly problem: Problem;
  /** Buttons that may mend it. */
  readonly children?: ReactNode;
};

/** A problem as a person needs it: what happened, what it means, what to do, and details to copy for support. */
export const ProblemNote = ({ problem, children }: ProblemNoteProps) => {
  const { texts } = useWords();
  const advice = texts.advice[problem.kind];
  const details = [
    `${texts.app.problem.kind}: ${problem.kind}`,
    `${texts.app.problem.technical}: ${problem.message}`,
    ...(problem.at === undefined ? [] : [`${texts.app.problem.place}: ${problem.at}`]),
  ].join("\n");
  return (
    <div className={classes.note} role="alert">
      <p className={classes.what}>
        <LevelMark level="critical" />
        {advice.what}
      </p>
      <p className={classes.why}>{advice.why}</p>
      <p className={classes.remedy}>{advice.remedy}</p>
      <p className={classes.technical}>
        {problem.message}
        {problem.at !== undefined && <code> {problem.at}</code>}
      </p>
      <div className={classes.actions}>
        {children}
        <CopyButton value={`Avspark\n${details}`} label={texts.app.actions.copyDetails} />
      </div>
    </div>
  );
};
