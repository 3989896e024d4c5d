import { useDesk } from "../session.ts";
import { useWords } from "../words.tsx";
import { Technical } from "./ProblemNote.tsx";
import classes from "./Trouble.module.css";

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
