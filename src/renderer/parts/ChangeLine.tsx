import { IconArrowRight } from "@tabler/icons-react";
import type { Difference } from "../../shared/change.ts";
import { changeText } from "../../shared/text/change.ts";
import { useWords } from "../words.tsx";
import classes from "./ChangeLine.module.css";
import { VisuallyHidden } from "./VisuallyHidden.tsx";

type ChangeLineProps = {
  readonly difference: Difference;
  /** Takes the lines it needs, where there is room; otherwise what does not fit on one is cut. */
  readonly wrap?: boolean;
};

/** "Kick-off: Sat 8 May 15:00 → 17:00" */
export const ChangeLine = ({ difference, wrap = false }: ChangeLineProps) => {
  const { texts, format } = useWords();
  const text = changeText(difference, { texts, format });
  const whole =
    text.kind === "values" ? `${text.label}: ${text.before} → ${text.after}` : [text.label, text.note ?? ""].join(" ");
  return (
    <span className={classes.line} data-wrap={wrap || undefined} title={wrap ? undefined : whole}>
      <span className={classes.label} data-followed={text.kind === "values" || text.note !== null}>
        {text.label}
      </span>
      {text.kind === "values" && (
        <>
          <VisuallyHidden>{texts.match.change.from}</VisuallyHidden>
          <del className={classes.before}>{text.before}</del>
          <IconArrowRight size={13} className={classes.arrow} aria-hidden="true" />
          <VisuallyHidden>{texts.match.change.to}</VisuallyHidden>
          <ins className={classes.after}>{text.after}</ins>
        </>
      )}
      {text.kind === "note" && text.note !== null && <span className={classes.after}>{text.note}</span>}
    </span>
  );
};
