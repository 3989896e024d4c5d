import ICAL from "ical.js";
import { isPlaced, reminderStep, type StandingReminder } from "../../../../core/calendar/reminders.ts";
import { isSameReminder, type Reminder, remindersText } from "../../../../shared/reminders.ts";
import { marks, placedReminders, textOf } from "./found.ts";

/** An alarm by e-mail has to name its readers (RFC 5545, 3.6.6), whom we do not know. */
export const popups = (reminders: readonly Reminder[] | null): readonly Reminder[] | null =>
  reminders === null ? null : reminders.filter(({ kind }) => kind === "popup");

/** Apple marks so that somebody has switched its usual alarm off: that reminds nobody. */
const isSilent = (alarm: ICAL.Component): boolean => textOf(alarm, "action")?.toUpperCase() === "NONE";

/** ical.js reads a value when it is asked for, and throws then. An alarm of which nobody knows when it rings is a person's. */
const triggerOf = (trigger: ICAL.Property | null): unknown => {
  try {
    return trigger?.getFirstValue();
  } catch {
    return null;
  }
};

const reminderOf = (alarm: ICAL.Component): StandingReminder => {
  const trigger = alarm.getFirstProperty("trigger");
  const before = triggerOf(trigger);
  const isOfEnd = String(trigger?.getParameter("related") ?? "").toUpperCase() === "END";
  if (!(before instanceof ICAL.Duration) || isOfEnd || alarm.hasProperty("repeat")) return null;
  // Zero has no sign.
  const minutes = 0 - before.toSeconds() / 60;
  return textOf(alarm, "action")?.toUpperCase() === "DISPLAY" ? { kind: "popup", minutes } : null;
};

const newAlarm = ({ minutes }: Reminder): ICAL.Component => {
  const alarm = new ICAL.Component("valarm");
  alarm.updatePropertyWithValue("action", "DISPLAY");
  alarm.updatePropertyWithValue("trigger", ICAL.Duration.fromSeconds(minutes * -60));
  return alarm;
};

/** Puts the alarms into an event as wanted, as far as nobody has decided otherwise. What stays is not made anew. */
export const writeAlarms = (
  event: ICAL.Component,
  options: { readonly wanted: readonly Reminder[] | null; readonly description: string },
): void => {
  const wanted = popups(options.wanted);
  const placed = placedReminders(event);
  const alarms = event
    .getAllSubcomponents("valarm")
    .filter((alarm) => !isSilent(alarm))
    .map((alarm) => ({ alarm, reminder: reminderOf(alarm) }));
  // An event without alarms is one that nobody has put any into.
  const there = placed === null && alarms.length === 0 ? null : alarms.map(({ reminder }) => reminder);
  const step = reminderStep(wanted, { placed, there });
  if (step === "leave") return;
  const stays = (reminder: StandingReminder): boolean =>
    step === "write" ? isPlaced(reminder, wanted) : !isPlaced(reminder, placed);
  for (const { alarm, reminder } of alarms) if (!stays(reminder)) event.removeSubcomponent(alarm);
  // What a person was offered and has changed stays noted, so that it goes on to be theirs.
  if (step === "withdraw") return;
  for (const one of wanted ?? []) {
    const found = alarms.find(({ reminder }) => reminder !== null && isSameReminder(reminder, one));
    const alarm = found?.alarm ?? newAlarm(one);
    alarm.updatePropertyWithValue("description", options.description);
    if (found === undefined) event.addSubcomponent(alarm);
  }
  if (wanted === null) event.removeAllProperties(marks.reminders);
  else event.updatePropertyWithValue(marks.reminders, remindersText(wanted));
};
