import {
  type Icon,
  IconActivity,
  IconBallFootball,
  IconBell,
  IconCalendar,
  IconChartAreaLine,
  IconChecklist,
  IconLayoutDashboard,
  IconSettings,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { ViewName } from "../shared/bridge.ts";
import { Alerts } from "./views/alerts/Alerts.tsx";
import { Calendars } from "./views/calendars/Calendars.tsx";
import { Checks } from "./views/checks/Checks.tsx";
import { Matches } from "./views/matches/Matches.tsx";
import { Overview } from "./views/overview/Overview.tsx";
import { Settings } from "./views/settings/Settings.tsx";
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
  { view: "calendars", icon: IconCalendar, View: Calendars },
  { view: "alerts", icon: IconBell, View: Alerts },
  { view: "settings", icon: IconSettings, View: Settings },
  { view: "checks", icon: IconChecklist, View: Checks },
];
