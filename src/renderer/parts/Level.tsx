import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconInfoCircleFilled,
  IconRefresh,
} from "@tabler/icons-react";
import classes from "./marks.module.css";

/** How things stand: each level has its shape besides its colour. */
export type LevelName = "ok" | "working" | "info" | "warning" | "critical" | "off";

const icons = {
  ok: IconCircleCheckFilled,
  working: IconRefresh,
  info: IconInfoCircleFilled,
  warning: IconAlertTriangleFilled,
  critical: IconAlertOctagonFilled,
  off: IconInfoCircleFilled,
} as const;

type LevelProps = { readonly level: LevelName; readonly size?: number };

/** Decoration: the words beside it say the same. */
export const LevelMark = ({ level, size = 16 }: LevelProps) => {
  const Icon = icons[level];
  return <Icon size={size} className={classes.level} data-level={level} aria-hidden="true" />;
};

const severity: readonly LevelName[] = ["critical", "warning", "working", "ok", "off"];

/** What speaks for several: the worst of them. */
export const worstLevel = (levels: readonly LevelName[]): LevelName =>
  severity.find((level) => levels.includes(level)) ?? "off";
