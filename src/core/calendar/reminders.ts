import { isSameReminder, type Reminder } from "../../shared/reminders.ts";

/** A reminder as it stands in a calendar; null: one that our words cannot tell. */
export type StandingReminder = { readonly kind: string; readonly minutes: number } | null;

/** The reminders of an event as a calendar shows them. */
export type StandingReminders = {
  /** What we last put there; null: nothing, ever. */
  readonly placed: readonly Reminder[] | null;
  /** null: none of its own, so that the calendar reminds in its usual way. */
  readonly there: readonly StandingReminder[] | null;
};

/** Whether a reminder that stands there is one that we put there. */
export const isPlaced = (one: StandingReminder, placed: StandingReminders["placed"]): boolean =>
  one !== null && (placed ?? []).some((other) => isSameReminder(one, other));

/** Nobody has added, changed or removed a reminder since we put ours there. */
export const areRemindersUntouched = ({ placed, there }: StandingReminders): boolean => {
  if (placed === null || there === null) return placed === null && there === null;
  return placed.length === there.length && there.every((one) => isPlaced(one, placed));
};

/**
 * What is to be done about an event's reminders. A person who has changed anything in them has decided how they want to be
 * reminded of that event: `leave`. Where none is wanted any more, ours go and the person's stay: `withdraw`.
 */
export const reminderStep = (
  wanted: readonly Reminder[] | null,
  standing: StandingReminders,
): "write" | "withdraw" | "leave" => {
  if (areRemindersUntouched(standing)) return "write";
  const isNoneWanted = wanted === null || wanted.length === 0;
  return isNoneWanted && standing.there?.some((one) => isPlaced(one, standing.placed)) ? "withdraw" : "leave";
};
