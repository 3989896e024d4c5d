import { addressBooks } from "./en/addressBooks.ts";
import { advice } from "./en/advice.ts";
import { alerts } from "./en/alerts.ts";
import { alertsView } from "./en/alertsView.ts";
import { app } from "./en/app.ts";
import { attached } from "./en/attached.ts";
import { calendarFeeds } from "./en/calendarFeeds.ts";
import { calendars } from "./en/calendars.ts";
import { checks } from "./en/checks.ts";
import { desktop } from "./en/desktop.ts";
import { drafts } from "./en/drafts.ts";
import { health } from "./en/health.ts";
import { match } from "./en/match.ts";
import { matches } from "./en/matches.ts";
import { message } from "./en/message.ts";
import { migration } from "./en/migration.ts";
import { outward } from "./en/outward.ts";
import { overview } from "./en/overview.ts";
import { people } from "./en/people.ts";
import { schedule } from "./en/schedule.ts";
import { settings } from "./en/settings.ts";
import { statistics } from "./en/statistics.ts";
import { stream } from "./en/stream.ts";
import { today } from "./en/today.ts";
import { todo } from "./en/todo.ts";
import { welcome } from "./en/welcome.ts";

export const en = {
  addressBooks,
  app,
  advice,
  alerts,
  alertsView,
  attached,
  calendarFeeds,
  calendars,
  checks,
  desktop,
  drafts,
  health,
  match,
  matches,
  message,
  migration,
  outward,
  overview,
  people,
  schedule,
  settings,
  statistics,
  stream,
  todo,
  today,
  welcome,
};
