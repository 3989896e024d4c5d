import { dayMs, hourMs, minuteMs } from "./duration.ts";

/** How long before an event a calendar reminds its people, and by what. */
export type Reminder = { readonly kind: "popup" | "email"; readonly minutes: number };

/** As the predecessor had it. */
export const usualReminders: readonly Reminder[] = [{ kind: "popup", minutes: (2 * dayMs) / minuteMs }];

/** Google's limits: four weeks, and five for an event. */
export const longestReminder = (28 * dayMs) / minuteMs;
export const mostReminders = 5;

const unitMs: Readonly<Record<string, number>> = { m: minuteMs, h: hourMs, d: dayMs };

const readOne = (word: string): Reminder | undefined => {
  const [, kind = "popup", count = "", unit = ""] = /^(?:(popup|email):)?(\d{1,6})([mhd])$/.exec(word) ?? [];
  const minutes = (Number(count) * (unitMs[unit] ?? Number.NaN)) / minuteMs;
  if (!(minutes <= longestReminder)) return undefined;
  return { kind: kind === "email" ? "email" : "popup", minutes };
};

/** The longest first, each once: equal reminders, equal list. */
const ordered = (reminders: readonly Reminder[]): readonly Reminder[] =>
  reminders
    .filter((one, at) => reminders.findIndex((other) => isSameReminder(one, other)) === at)
    .toSorted((a, b) => b.minutes - a.minutes || a.kind.localeCompare(b.kind));

export const isSameReminder = (
  a: { readonly kind: string; readonly minutes: number },
  b: { readonly kind: string; readonly minutes: number },
): boolean => a.kind === b.kind && a.minutes === b.minutes;

/** `48h, email:2d`, or `none`; undefined when it cannot be read. */
export const readReminders = (text: string): readonly Reminder[] | undefined => {
  if (text.trim() === "none") return [];
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const read = words.flatMap((word) => readOne(word) ?? []);
  if (read.length < words.length || words.length === 0) return undefined;
  const reminders = ordered(read);
  return reminders.length <= mostReminders ? reminders : undefined;
};

/** What `readReminders` reads as the same. */
export const remindersText = (reminders: readonly Reminder[]): string =>
  reminders.length === 0 ? "none" : reminders.map(({ kind, minutes }) => `${kind}:${minutes}m`).join(" ");
