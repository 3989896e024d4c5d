import {
  type Icon,
  IconActivity,
  IconBallFootball,
  IconBell,
  IconChartAreaLine,
  IconChecklist,
  IconLayoutDashboard,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { ViewName } from "../shared/bridge.ts";
import { Alerts } from "./views/alerts/Alerts.tsx";
import { Checks } from "./views/checks/Checks.tsx";
import { Matches } from "./views/matches/Matches.tsx";
import { Overview } from "./views/overview/Overview.tsx";
import { Statistics } from "./views/statistics/Statistics.tsx";
import { Stream } from "./views/stream/Stream.tsx";

export type Route = {
  readonly view: ViewName;
  readonly icon: Icon;
  /** `id` is the one thing on the view that is open: a match, an alert. */
  readonly View: ComponentType<{ readonly id: string | null }>;
};

/** Every view, in the order of the navigation; its name is in the translations (`app.views`). */
export const routes: readonly Route[] = [
  { view: "overview", icon: IconLayoutDashboard, View: Overview },
  { view: "matches", icon: IconBallFootball, View: Matches },
  { view: "stream", icon: IconActivity, View: Stream },
  { view: "statistics", icon: IconChartAreaLine, View: Statistics },
  { view: "alerts", icon: IconBell, View: Alerts },
  { view: "checks", icon: IconChecklist, View: Checks },
];
