import type { TargetName } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import { desiredOf } from "../calendar/event.ts";
import type { CalendarTarget, WantedEvent } from "../calendar/port.ts";
import { type EventStyle, usualStyle } from "../calendar/style.ts";
import { calendarAsTarget } from "../calendar/target.ts";
import type { KeeperStore } from "../keeper/item.ts";
import type { Digest } from "../ports.ts";
import { createMatchItems } from "./match-items.ts";
import { type TargetEntry, targetEntry } from "./targets.ts";

/** The calendars among the targets: the same events in each. */
export const calendarEntries = (options: {
  readonly calendars: readonly CalendarTarget[];
  readonly store: KeeperStore<WantedEvent>;
  readonly digest: Digest;
  readonly keepPastDays: number;
  readonly style?: EventStyle;
  /** Demo matches reach no calendar but the file. */
  readonly demo: boolean;
  /** A newly chosen calendar is written to only after `confirm`. */
  readonly previewFirst: boolean;
  readonly signInExpiresAt?: (target: TargetName) => Instant | null;
}): readonly TargetEntry[] => {
  const { calendars, store, digest, keepPastDays, demo, previewFirst } = options;
  const { style = usualStyle, signInExpiresAt = () => null } = options;
  const items = createMatchItems(
    (record) => desiredOf(record, { digest, style }),
    ({ summary }) => summary,
  );
  return calendars.map((calendar) => {
    // The calendar file is ours alone: nothing in it can surprise anybody.
    const isFile = calendar.name === "ics";
    return targetEntry({
      target: calendarAsTarget(calendar, keepPastDays),
      store,
      items,
      erase: (event, eraser) => eraser.event(event),
      previewFirst: previewFirst && !isFile,
      isOff: demo && !isFile,
      signInExpiresAt: () => signInExpiresAt(calendar.name),
    });
  });
};
