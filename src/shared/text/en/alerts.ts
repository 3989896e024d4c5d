import type { AlertKind } from "../../alert.ts";
import { plural } from "../plural.ts";

const count = plural("en");

/** Alerts: what each cause says in the banner, the tray and a notification. `what` is the advice's own sentence. */
export const alerts = {
  level: { info: "Information", warning: "Warning", critical: "Critical" },
  cause: {
    system: (text: string | null) => text ?? "The match processor reports trouble.",
    feed: (what: string) => `Feed: ${what}`,
    "quiet-channel": (since: string) => `A source that used to tell of matches often has said nothing since ${since}.`,
    gap: (from: string) => `Messages may have been missed since ${from}.`,
    source: (what: string) => `Match list: ${what}`,
    calendar: (calendar: { readonly target: string; readonly what: string }) => `${calendar.target}: ${calendar.what}`,
    "sign-in-expiring": (signIn: { readonly target: string; readonly at: string }) =>
      `The sign-in to ${signIn.target} expires ${signIn.at}.`,
    "confirm-removal": (removal: { readonly target: string; readonly events: number }) =>
      count(removal.events, {
        one: `${removal.target}: # event would be removed, and waits for your word.`,
        other: `${removal.target}: # events would be removed, and wait for your word.`,
      }),
    "other-tag": ({
      target,
      tag,
      events,
    }: {
      readonly target: string;
      readonly tag: string;
      readonly events: number;
    }) =>
      count(events, {
        one: `${target}: # event stands there under the tag ${tag}. Nothing is written before you have looked at the first sync.`,
        other: `${target}: # events stand there under the tag ${tag}. Nothing is written before you have looked at the first sync.`,
      }),
    journal: (what: string) => `What is kept: ${what}`,
    incident: (what: string) => `This has happened: ${what}`,
    door: (what: string) => `The address for other programs: ${what}`,
    stream: (what: string) => `The way in of matches: ${what}`,
    "feeds-door": (what: string) => `Calendars with secret addresses: ${what}`,
    messenger: (messenger: { readonly name: string; readonly what: string }) =>
      `Notices by ${messenger.name}: ${messenger.what}`,
    node: ({ node, state }: { readonly node: string; readonly state: "lost" | "behind" }) =>
      state === "lost" ? `The machine ${node} says nothing any more.` : `The machine ${node} lags behind the others.`,
    "invalid-rising": ({ invalid, of }: { readonly invalid: number; readonly of: number }) =>
      count(invalid, {
        one: `# of the last ${of} messages was invalid.`,
        other: `# of the last ${of} messages were invalid.`,
      }),
    "cycle-failed": ({ cycle, text }: { readonly cycle: string | null; readonly text: string | null }) =>
      `${cycle === null ? "A run" : `Run ${cycle}`} of the match processor failed${text === null ? "." : `: ${text}`}`,
  } satisfies Readonly<Record<AlertKind, (cause: never) => string>>,
  /** A calendar of a kind, with the name that people gave it. */
  calendar: (calendar: { readonly kind: string; readonly name: string }) => `${calendar.kind} (${calendar.name})`,
  times: (times: number) => count(times, { one: "once", other: "# times" }),
  others: (others: number) => count(others, { one: "# more alert", other: "# more alerts" }),
  snooze: {
    hour: "For an hour",
    tomorrow: "Until tomorrow 07:00",
    kickoff: (moment: string) => `Until the next kick-off, ${moment}`,
  },
  none: "No active alerts",
  active: (active: number) => count(active, { one: "# active alert", other: "# active alerts" }),
};
