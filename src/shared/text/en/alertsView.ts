import { plural } from "../plural.ts";

const count = plural("en");

/** The page of alerts. */
export const alertsView = {
  active: "Active",
  noneActive: "Nothing needs you",
  noneActiveAbout: "When something breaks, or the feed itself reports a fault, it stands here until it is dealt with.",
  snoozed: "Snoozed",
  history: "History",
  noHistory: "Nothing has been noted yet",
  noHistoryAbout: "Alerts stay here once they are acknowledged or their cause is gone.",
  group: {
    system: "Alerts from the feed",
    feed: "The feed",
    "quiet-channel": "Quiet channels",
    gap: "Gaps",
    source: "The match list",
    calendar: "Calendars",
    "sign-in-expiring": "Sign-ins that expire",
    "confirm-removal": "Removals that wait",
    journal: "The journal",
    "invalid-rising": "Invalid messages",
    "cycle-failed": "Failed runs",
  },
  inGroup: (alerts: number) => count(alerts, { one: "# alert", other: "# alerts" }),
  times: (times: { readonly times: string; readonly first: string; readonly last: string }) =>
    `${times.times}, first ${times.first}, last ${times.last}`,
  once: (moment: string) => `since ${moment}`,
  until: (moment: string) => `hidden until ${moment}`,
  acknowledgedAt: (moment: string) => `acknowledged ${moment}`,
  resolvedAt: (resolved: { readonly moment: string; readonly lasted: string }) =>
    `over ${resolved.moment}, lasted ${resolved.lasted}`,
  state: { acknowledged: "Acknowledged", resolved: "Over" },
  undo: "Undo",
  wake: "Show again",
  reopen: "Make active again",
  reactivated: "Active again.",
  hour: "Snooze an hour",
  stream: "See the messages",
  about: {
    system: {
      why: "The match processor or another part of FOGIS's chain reported this itself over Redis.",
      remedy: "Ask those who run the match processor if it goes on. Acknowledge it once you know of it.",
    },
    "quiet-channel": {
      why: "The channel has been silent for much longer than is usual for it. Changes may not be getting through.",
      remedy: "See whether the match processor runs. The alert goes away by itself when something is heard again.",
    },
    gap: {
      why: "Avspark could not listen for a while. What was published meanwhile was not heard, and no full list has told it since.",
      remedy: "Fetch the match list, if one is set up; it tells everything that was missed.",
    },
    "sign-in-expiring": {
      why: "When the sign-in expires, the calendar is no longer updated.",
      remedy: "Sign in again now; nothing is lost by doing it early.",
    },
    "confirm-removal": {
      why: "More events would be removed at once than is usual. Avspark does not do that without being told to.",
      remedy: "Look at what would be removed, and let it go ahead if it is right.",
    },
    "invalid-rising": {
      why: "Many messages could not be read. The publisher may have changed their form.",
      remedy: "Look at what was refused and why. Once Avspark can read them, they can be replayed.",
    },
    "cycle-failed": {
      why: "The match processor reported that a run failed. Changes of that run may come later or not at all.",
      remedy: "One failed run usually mends itself with the next. If they go on failing, ask those who run it.",
    },
  },
  rules: {
    title: "What notifies",
    level: "Level",
    notifies: "Notifies",
    severity: "Severity",
    rule: {
      always: "Always",
      "outside-quiet-hours": "Outside quiet hours",
      "always-without-quiet": "Always",
      never: "Never",
    },
    muted: "Muted until the next start: nothing notifies.",
    quietHours: "Quiet hours",
    quiet: (hours: string) => `${hours}. Only critical alerts notify then.`,
    quietNow: (until: string) => `It is quiet now, until ${until}.`,
    noQuiet: "None are set.",
    change: { notify: "Change what notifies", quietHours: "Change quiet hours" },
    once: "The same cause notifies once, again only if it gets worse. When the cause is gone, its notification closes. What is acknowledged or snoozed does not notify.",
  },
  keys: "J and K move, Enter shows details, A acknowledges, H snoozes an hour.",
};
