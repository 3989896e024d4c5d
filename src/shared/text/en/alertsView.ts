import type { AlertKind } from "../../alert.ts";
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
    "quiet-channel": "Quiet sources",
    gap: "Gaps",
    source: "The match list",
    calendar: "Calendars",
    "sign-in-expiring": "Sign-ins that expire",
    "confirm-removal": "Removals that wait",
    "other-tag": "Events under another tag",
    journal: "What is kept",
    incident: "What has happened to the data",
    messenger: "Notices beyond this computer",
    door: "The address for other programs",
    stream: "The way in of matches",
    "feeds-door": "The address for calendars alone",
    node: "The other machines",
    "invalid-rising": "Invalid messages",
    "cycle-failed": "Failed runs",
  } satisfies Readonly<Record<AlertKind, string>>,
  inGroup: (alerts: number) => count(alerts, { one: "# alert", other: "# alerts" }),
  times: (times: { readonly times: string; readonly first: string; readonly last: string }) =>
    `${times.times}, first ${times.first}, last ${times.last}`,
  once: (moment: string) => `since ${moment}`,
  until: (moment: string) => `hidden until ${moment}`,
  acknowledgedAt: ({ moment, by }: { readonly moment: string; readonly by: string | null }) =>
    `acknowledged ${moment}${by === null ? "" : ` by ${by}`}`,
  resolvedAt: (resolved: { readonly moment: string; readonly lasted: string }) =>
    `over ${resolved.moment}, lasted ${resolved.lasted}`,
  state: { acknowledged: "Acknowledged", resolved: "Over" },
  undo: "Undo",
  wake: "Show again",
  reopen: "Make active again",
  reactivated: "Active again.",
  hour: "Snooze an hour",
  stream: "See the messages",
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
    matches: "Matches",
    matchesWithin: (hours: number) =>
      count(hours, {
        one: "What newly waits for somebody notifies, from # hour before kick-off.",
        other: "What newly waits for somebody notifies, from # hours before kick-off.",
      }),
    noMatches: "Matches never notify.",
    quietHours: "Quiet hours",
    quiet: (hours: string) =>
      `${hours}. Only critical alerts notify then; the rest, matches too, is told when they end.`,
    quietNow: (until: string) => `It is quiet now, until ${until}.`,
    noQuiet: "None are set.",
    change: {
      notify: "Change what notifies",
      matches: "Change the time before kick-off",
      quietHours: "Change quiet hours",
    },
    once: "The same cause notifies once, again only if it gets worse. When the cause is gone, its notification closes. What is acknowledged or snoozed does not notify.",
  },
  keys: "J and K move, Enter shows details, A acknowledges, H snoozes an hour.",
};
