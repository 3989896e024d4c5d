import { VisuallyHidden } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import type { Difference } from "../../shared/change.ts";
import { useWords } from "../words.tsx";
import classes from "./ChangeLine.module.css";
import { changeText } from "./change.ts";

/** "Kick-off: Sat 8 May 15:00 → 17:00", on one line. */
export const ChangeLine = ({ difference }: { readonly difference: Difference }) => {
  const { texts, format } = useWords();
  const text = changeText(difference, { texts, format });
  const whole =
    text.kind === "values" ? `${text.label}: ${text.before} → ${text.after}` : [text.label, text.note ?? ""].join(" ");
  return (
    <span className={classes.line} title={whole}>
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
