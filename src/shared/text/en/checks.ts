import type { ServerFault } from "../../connection.ts";
import { plural } from "../plural.ts";

const count = plural("en");

/** The deployment checklist: what each item is called and what it found. `avspark check` says the same. */
export const checks = {
  summary: {
    passed: (checks: number) => count(checks, { one: "The check passed", other: "All # checks passed" }),
    failed: (checks: { readonly failed: number; readonly all: string }) =>
      count(checks.failed, { one: `# of ${checks.all} checks failed`, other: `# of ${checks.all} checks failed` }),
    running: (checks: { readonly done: string; readonly all: string }) => `Checking, ${checks.done} of ${checks.all}`,
    skipped: (checks: number) => count(checks, { one: "# does not apply", other: "# do not apply" }),
    never: "Not run yet",
    notAll: "Some checks have not been run",
    at: "last run",
  },
  runAll: "Run all",
  run: (phase: string) => `Run “${phase}”`,
  runOne: (title: string) => `Run again: ${title}`,
  copy: "Copy for support",
  list: (phase: string) => `Checks: ${phase}`,
  passedOf: (checks: { readonly passed: string; readonly of: string }) => `${checks.passed} of ${checks.of}`,
  outcome: { passed: "Passed", failed: "Failed", skipped: "Does not apply", none: "Not run yet", running: "Running" },
  setting: "Open the setting",
  phase: { before: "Before", after: "After", rollback: "Rollback" },
  phaseAbout: {
    before: "What must be in place before Avspark is relied on.",
    after: "That it works from end to end.",
    rollback: "That there is a way back, without Redis.",
  },
  title: {
    configuration: "Environment variables configured",
    redis: "Redis infrastructure deployed",
    journal: "Journal can be written",
    "calendar-target": "Calendar identified",
    connection: "Redis connection status verified",
    messages: "Message handling tested",
    statistics: "Subscription statistics monitored",
    "calendar-sync": "Calendar sync validated",
    monitoring: "Monitoring and alerting set up",
    "fallback-configured": "REDIS_PUBSUB_ENABLED=false would leave a way in",
    "fallback-works": "HTTP fallback verified",
    stability: "System stability monitored",
  },
  /** What is otherwise at the server that machines share, and what to do about it. */
  serverFault: {
    forgets: "It has nothing of the log after a restart: set appendonly yes.",
    evicts: "It removes what there is when it is full: set maxmemory-policy noeviction.",
    full: "More than four fifths of its maxmemory are used: give it more, or lower AVSPARK_CLUSTER_KEEP_HOURS.",
    clock: "Its clock and this machine's differ by more than 5 s: let both be set by NTP.",
  } satisfies Readonly<Record<ServerFault, string>>,
  found: {
    configuration: (settings: { readonly all: string; readonly changed: string }) =>
      `All ${settings.all} settings are valid; ${settings.changed} differ from their defaults.`,
    doorOpen:
      "Without a token (avspark token add, or AVSPARK_HTTP_TOKEN) every user of this machine can read contact data and act over HTTP.",
    redis: (url: string) => `Redis answers at ${url}.`,
    shared: {
      fit: "The server that the machines share is set up as they need it.",
      unseen: "How the server is set up that the machines share could not be looked at: its user may need +info.",
    },
    journal: (journal: { readonly messages: number; readonly size: string }) =>
      count(journal.messages, {
        one: `The journal takes writes; it holds # message in ${journal.size}.`,
        other: `The journal takes writes; it holds # messages in ${journal.size}.`,
      }),
    "calendar-target": (calendars: string) => `Matches go to ${calendars}.`,
    connection: (connection: { readonly channels: number; readonly proven: string }) =>
      count(connection.channels, {
        one: `Listening to # channel, checked at ${connection.proven}.`,
        other: `Listening to # channels, checked at ${connection.proven}.`,
      }),
    messages: "A message went through Redis and came back, and a sample was decoded.",
    statistics: (messages: { readonly received: number; readonly invalid: string; readonly last: string }) =>
      count(messages.received, {
        one: `# message received, ${messages.invalid} invalid, the last at ${messages.last}.`,
        other: `# messages received, ${messages.invalid} invalid, the last at ${messages.last}.`,
      }),
    noMessage: "No message received yet; the match list over HTTP has been.",
    "calendar-sync": (calendars: string) => `Events that are there: ${calendars}.`,
    inCalendar: (calendar: { readonly events: string; readonly label: string }) =>
      `${calendar.events} in ${calendar.label}`,
    monitoring: (monitoring: { readonly health: string; readonly notify: string }) =>
      `Health: ${monitoring.health}. /health, /ready and /metrics answer; ${monitoring.notify}.`,
    notify: {
      all: "all alerts notify",
      warning: "alerts notify from warning up",
      critical: "critical alerts notify",
    },
    "fallback-configured": "The match list over HTTP is configured and would carry the service.",
    "fallback-works": (matches: number) =>
      count(matches, {
        one: "The list was fetched and holds # match.",
        other: "The list was fetched and holds # matches.",
      }),
    fetching: "The list is being fetched.",
    stability: "Every stretch of time is accounted for.",
    "redis-off": "Redis is switched off (REDIS_PUBSUB_ENABLED=false).",
    "nothing-received": "Nothing has been received yet; check again after the next match update.",
    "no-list": "No match list over HTTP is configured.",
  },
};
