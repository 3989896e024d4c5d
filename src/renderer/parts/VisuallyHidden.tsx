import type { ReactNode } from "react";
import classes from "./marks.module.css";

/** For those who hear the window. Plain, since long lists have hundreds of it. */
export const VisuallyHidden = ({ as: As = "span", ...rest }: VisuallyHiddenProps) => (
  <As className={classes.hidden} {...rest} />
);

type VisuallyHiddenProps = {
  readonly as?: "span" | "h1";
  readonly role?: "status";
  readonly children: ReactNode;
};
