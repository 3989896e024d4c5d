import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./Empty.module.css";

type EmptyProps = {
  readonly icon: Icon;
  readonly title: string;
  readonly about?: string;
  readonly children?: ReactNode;
};

/** What stands where a list has nothing: why, and perhaps what to do. */
export const Empty = ({ icon: Glyph, title, about, children }: EmptyProps) => (
  <div className={classes.empty}>
    <Glyph size={28} stroke={1.4} aria-hidden="true" className={classes.icon} />
    <p className={classes.title}>{title}</p>
    {about !== undefined && <p className={classes.about}>{about}</p>}
    {children}
  </div>
);
