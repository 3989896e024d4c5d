import type { ReactNode } from "react";
import classes from "./Callout.module.css";
import { LevelMark } from "./Level.tsx";

type CalloutProps = {
  readonly level: "info" | "ok" | "warning" | "critical";
  readonly title: string;
  readonly about?: ReactNode;
  /** Buttons: what to do about it. */
  readonly children?: ReactNode;
};

/** Something a person should see before they go on, in its place. */
export const Callout = ({ level, title, about, children }: CalloutProps) => (
  <div className={classes.callout} data-level={level}>
    <LevelMark level={level} size={17} />
    <div className={classes.words}>
      <p className={classes.title}>{title}</p>
      {about !== undefined && <div className={classes.about}>{about}</div>}
      {children !== undefined && <div className={classes.actions}>{children}</div>}
    </div>
  </div>
);
