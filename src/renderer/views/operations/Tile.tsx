import type { ReactNode } from "react";
import type { ViewName } from "../../../shared/bridge.ts";
import type { TargetName } from "../../../shared/calendar.ts";
import type { Instant } from "../../../shared/instant.ts";
import type { Problem } from "../../../shared/problem.ts";
import { hrefOf } from "../../navigation.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { LevelMark, type LevelName } from "../../parts/Level.tsx";
import { useMending } from "../../parts/mending.ts";
import { Ago } from "../../parts/Times.tsx";
import classes from "./Operations.module.css";

type TileProps = {
  readonly view: ViewName;
  readonly title: string;
  readonly level: LevelName;
  readonly headline: string;
  /** The last sign of life: what it is, and when; or what to say when there was none. */
  readonly life: { readonly label: string; readonly at: Instant | null; readonly none: string };
  /** What is wrong, if anything is, and in which calendar: the tile has the button that mends it. */
  readonly trouble: { readonly problem: Problem; readonly target: TargetName | null } | null;
  readonly children: ReactNode;
};

/** One of the three things that matter; the whole of it leads to its page. */
export const Tile = ({ view, title, level, headline, life, trouble, children }: TileProps) => {
  const mend = useMending();
  const mending = trouble && mend(trouble.problem, trouble.target);
  return (
    <section className={classes.tile} data-level={level}>
      <h2 className={classes.title}>
        <a className={classes.link} href={hrefOf(view)}>
          {title}
        </a>
      </h2>
      <p className={classes.headline}>
        <LevelMark level={level} size={20} />
        {headline}
      </p>
      <div className={classes.facts}>{children}</div>
      {mending !== null && (
        <div className={classes.mend}>
          <ActionButton action={mending} />
        </div>
      )}
      <p className={classes.life}>
        {life.at === null ? (
          life.none
        ) : (
          <>
            <span>{life.label}</span>
            <Ago at={life.at} />
          </>
        )}
      </p>
    </section>
  );
};
