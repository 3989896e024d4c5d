import {
  type Icon,
  IconActivity,
  IconBallFootball,
  IconBell,
  IconCalendar,
  IconCalendarTime,
  IconChartAreaLine,
  IconChecklist,
  IconHeartbeat,
  IconListCheck,
  IconSettings,
  IconUsers,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { ViewName } from "../shared/bridge.ts";
import { Alerts } from "./views/alerts/Alerts.tsx";
import { Calendars } from "./views/calendars/Calendars.tsx";
import { Checks } from "./views/checks/Checks.tsx";
import { Matches } from "./views/matches/Matches.tsx";
import { Operations } from "./views/operations/Operations.tsx";
import { Overview } from "./views/overview/Overview.tsx";
import { People } from "./views/people/People.tsx";
import { Schedule } from "./views/schedule/Schedule.tsx";
import { Settings } from "./views/settings/Settings.tsx";
import { Statistics } from "./views/statistics/Statistics.tsx";
import { Stream } from "./views/stream/Stream.tsx";

/** The desk is for matches and people, the engine room for what brings them. */
export const places = ["desk", "engine"] as const;

export type Route = {
  readonly view: ViewName;
  readonly place: (typeof places)[number];
  readonly icon: Icon;
  /** `id` is the one thing on the view that is open: a match, an alert. */
  readonly View: ComponentType<{ readonly id: string | null }>;
};

/** Every view, in the order of the navigation; its name is in the translations (`app.views`). */
export const routes: readonly Route[] = [
  { view: "overview", place: "desk", icon: IconListCheck, View: Overview },
  { view: "matches", place: "desk", icon: IconBallFootball, View: Matches },
  { view: "people", place: "desk", icon: IconUsers, View: People },
  { view: "schedule", place: "desk", icon: IconCalendarTime, View: Schedule },
  { view: "calendars", place: "desk", icon: IconCalendar, View: Calendars },
  { view: "alerts", place: "desk", icon: IconBell, View: Alerts },
  { view: "operations", place: "engine", icon: IconHeartbeat, View: Operations },
  { view: "stream", place: "engine", icon: IconActivity, View: Stream },
  { view: "statistics", place: "engine", icon: IconChartAreaLine, View: Statistics },
  { view: "checks", place: "engine", icon: IconChecklist, View: Checks },
  { view: "settings", place: "engine", icon: IconSettings, View: Settings },
];
