import { type ReactNode, useId } from "react";
import classes from "./Panel.module.css";

type PanelProps = {
  readonly title: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** `none` for lists and tables, which bring their own. */
  readonly padding?: "normal" | "none";
  readonly children: ReactNode;
  readonly className?: string | undefined;
};

/** A surface with a heading: the parts of which every view is made. */
export const Panel = ({ title, note, actions, padding = "normal", children, className }: PanelProps) => {
  const heading = useId();
  return (
    <section className={[classes.panel, className].filter(Boolean).join(" ")} aria-labelledby={heading}>
      <header className={classes.header}>
        <h2 id={heading} className={classes.title}>
          {title}
        </h2>
        {note !== undefined && <div className={classes.note}>{note}</div>}
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.body} data-padding={padding}>
        {children}
      </div>
    </section>
  );
};
