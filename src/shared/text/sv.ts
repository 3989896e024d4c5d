import { addressBooks } from "./sv/addressBooks.ts";
import { advice } from "./sv/advice.ts";
import { alerts } from "./sv/alerts.ts";
import { alertsView } from "./sv/alertsView.ts";
import { app } from "./sv/app.ts";
import { attached } from "./sv/attached.ts";
import { calendarFeeds } from "./sv/calendarFeeds.ts";
import { calendars } from "./sv/calendars.ts";
import { checks } from "./sv/checks.ts";
import { desktop } from "./sv/desktop.ts";
import { drafts } from "./sv/drafts.ts";
import { health } from "./sv/health.ts";
import { match } from "./sv/match.ts";
import { matches } from "./sv/matches.ts";
import { message } from "./sv/message.ts";
import { migration } from "./sv/migration.ts";
import { outward } from "./sv/outward.ts";
import { overview } from "./sv/overview.ts";
import { people } from "./sv/people.ts";
import { schedule } from "./sv/schedule.ts";
import { settings } from "./sv/settings.ts";
import { statistics } from "./sv/statistics.ts";
import { stream } from "./sv/stream.ts";
import { today } from "./sv/today.ts";
import { todo } from "./sv/todo.ts";
import { welcome } from "./sv/welcome.ts";
import type { Texts } from "./type.ts";

export const sv = {
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
} satisfies Texts;
