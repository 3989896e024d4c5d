import { type ReactNode, useEffect, useId } from "react";
import classes from "./Page.module.css";
import { usePrinting } from "./printing.ts";
import { PaperTable, ShownMenu, type TableOf } from "./Shown.tsx";

type PageProps = {
  readonly title: string;
  /** Before the title, such as the way back. */
  readonly lead?: ReactNode;
  /** A word beside the title, such as a count. */
  readonly note?: ReactNode;
  /** Buttons and switches at the right. */
  readonly actions?: ReactNode;
  /** `flow` grows and scrolls; `fill` takes exactly the room there is, for views whose lists scroll by themselves. */
  readonly layout?: "flow" | "fill";
  /** What is shown, to be copied, saved and printed. Without one paper shows what the screen does. */
  readonly tableOf?: TableOf | undefined;
  /** What stands on paper where a table is not it. */
  readonly paper?: (() => ReactNode) | undefined;
  readonly children: ReactNode;
};

/** The one header of every view, and the room below it. */
export const Page = ({ title, lead, note, actions, layout = "flow", tableOf, paper, children }: PageProps) => {
  const heading = useId();
  const printing = usePrinting();
  const onPaper = paper ?? (tableOf && (() => <PaperTable table={tableOf()} />));
  useEffect(() => {
    document.title = `${title} – Avspark`;
  }, [title]);
  return (
    <section className={classes.page} data-layout={layout} aria-labelledby={heading}>
      <header className={classes.header}>
        {lead}
        <h1 id={heading} className={classes.title}>
          {title}
        </h1>
        {note !== undefined && <div className={classes.note}>{note}</div>}
        <div className={classes.actions}>
          {actions}
          {tableOf !== undefined && <ShownMenu tableOf={tableOf} />}
        </div>
      </header>
      {children}
      {printing && onPaper !== undefined && <div className={classes.paper}>{onPaper()}</div>}
    </section>
  );
};
