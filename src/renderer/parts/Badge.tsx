import type { ReactNode } from "react";
import classes from "./Badge.module.css";

/** A short word on a ground of its level's colour. */
export const Badge = ({
  level = "off",
  children,
}: {
  readonly level?: "ok" | "info" | "warning" | "critical" | "off";
  readonly children: ReactNode;
}) => (
  <span className={classes.badge} data-level={level}>
    {children}
  </span>
);
