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

/** The desk is for matches and people, the engine room for what brings them. */
export const places = ["desk", "engine"] as const;

/** `id` is the one thing on the view that is open: a match, an alert. */
export type View = ComponentType<{ readonly id: string | null }>;

export type Route = {
  readonly view: ViewName;
  readonly place: (typeof places)[number];
  readonly icon: Icon;
  /** Its code, which is fetched when it is opened. */
  readonly load: () => Promise<View>;
};

/** Every view, in the order of the navigation; its name is in the translations (`app.views`). */
export const routes: readonly Route[] = [
  {
    view: "overview",
    place: "desk",
    icon: IconListCheck,
    load: async () => (await import("./views/overview/Overview.tsx")).Overview,
  },
  {
    view: "matches",
    place: "desk",
    icon: IconBallFootball,
    load: async () => (await import("./views/matches/Matches.tsx")).Matches,
  },
  {
    view: "people",
    place: "desk",
    icon: IconUsers,
    load: async () => (await import("./views/people/People.tsx")).People,
  },
  {
    view: "schedule",
    place: "desk",
    icon: IconCalendarTime,
    load: async () => (await import("./views/schedule/Schedule.tsx")).Schedule,
  },
  {
    view: "calendars",
    place: "desk",
    icon: IconCalendar,
    load: async () => (await import("./views/calendars/Calendars.tsx")).Calendars,
  },
  {
    view: "alerts",
    place: "desk",
    icon: IconBell,
    load: async () => (await import("./views/alerts/Alerts.tsx")).Alerts,
  },
  {
    view: "operations",
    place: "engine",
    icon: IconHeartbeat,
    load: async () => (await import("./views/operations/Operations.tsx")).Operations,
  },
  {
    view: "stream",
    place: "engine",
    icon: IconActivity,
    load: async () => (await import("./views/stream/Stream.tsx")).Stream,
  },
  {
    view: "statistics",
    place: "engine",
    icon: IconChartAreaLine,
    load: async () => (await import("./views/statistics/Statistics.tsx")).Statistics,
  },
  {
    view: "checks",
    place: "engine",
    icon: IconChecklist,
    load: async () => (await import("./views/checks/Checks.tsx")).Checks,
  },
  {
    view: "settings",
    place: "engine",
    icon: IconSettings,
    load: async () => (await import("./views/settings/Settings.tsx")).Settings,
  },
];
