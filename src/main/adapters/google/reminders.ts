import type { calendar_v3 } from "@googleapis/calendar";
import { z } from "zod";
import { isPlaced, reminderStep, type StandingReminders } from "../../../core/calendar/reminders.ts";
import { type Reminder, remindersText } from "../../../shared/reminders.ts";

export const googleRemindersSchema = z.object({
  useDefault: z.boolean().nullish(),
  overrides: z.array(z.object({ method: z.string(), minutes: z.number() })).nullish(),
});

type Shown = z.infer<typeof googleRemindersSchema> | null | undefined;

/** null: the calendar's usual ones. */
export const standingOf = (shown: Shown): StandingReminders["there"] =>
  shown === null || shown === undefined || shown.useDefault === true
    ? null
    : (shown.overrides ?? []).map(({ method, minutes }) => ({ kind: method, minutes }));

/** What nobody has put reminders into. */
export const noReminders: StandingReminders = { placed: null, there: null };

/** `mark`: what is noted with the event, as ours. */
type Body = { readonly reminders?: NonNullable<calendar_v3.Schema$Event["reminders"]>; readonly mark?: string };

const overrides = (reminders: readonly Reminder[]) => reminders.map(({ kind, minutes }) => ({ method: kind, minutes }));

/** The reminders to write; nothing where those that stand there are to stay. Google lets them go with an empty list alone. */
export const remindersBody = (wanted: readonly Reminder[] | null, standing: StandingReminders): Body => {
  switch (reminderStep(wanted, standing)) {
    case "leave":
      return {};
    case "withdraw": {
      const theirs = (standing.there ?? []).flatMap((one) =>
        one === null || isPlaced(one, standing.placed) ? [] : one,
      );
      const kept = theirs.map(({ kind, minutes }) => ({ method: kind, minutes }));
      return { reminders: { useDefault: false, overrides: kept } };
    }
    case "write":
      return {
        reminders: { useDefault: wanted === null, overrides: overrides(wanted ?? []) },
        mark: wanted === null ? "default" : remindersText(wanted),
      };
  }
};
