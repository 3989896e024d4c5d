import type { ReactNode } from "react";
import type { MatchStatus } from "../../shared/match.ts";
import { useWords } from "../words.tsx";
import classes from "./marks.module.css";

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

const levels = {
  scheduled: "off",
  completed: "ok",
  postponed: "warning",
  abandoned: "warning",
  cancelled: "critical",
} as const;

/** A match's status. A scheduled match is the usual case and may be left without. */
export const StatusBadge = ({ status }: { readonly status: MatchStatus }) => {
  const { texts } = useWords();
  return <Badge level={levels[status]}>{texts.match.status[status]}</Badge>;
};
