import type { CalendarName, TargetStatus } from "../../../shared/calendar.ts";
import type { Reminder } from "../../../shared/reminders.ts";
import type { CalendarTarget } from "../../calendar/port.ts";
import { usualStyle } from "../../calendar/style.ts";
import { type CalendarModel, createCalendarModel, digest, type Fault } from "../../calendar/testing/calendar-model.ts";
import { createMemoryStore } from "../../calendar/testing/memory-store.ts";
import { silentLog } from "../../calendar/testing/records.ts";
import { createChance, createVirtualClock } from "../../calendar/testing/virtual-clock.ts";
import type { MatchRecord } from "../../matches/record.ts";
import { portError } from "../../port-problem.ts";
import { calendarEntries } from "../calendar-entries.ts";
import { createTargets } from "../targets.ts";

type BenchOptions = {
  readonly start: number;
  readonly breathe: () => Promise<void>;
  readonly names?: readonly CalendarName[];
  readonly previewFirst?: boolean;
  readonly demo?: boolean;
  readonly keepPastDays?: number;
};

/** An engine at work on calendars in which nothing happens by chance, one life after the other on the same store. */
export const createBench = (options: BenchOptions) => {
  const { names = ["google"], previewFirst = false, demo = false, keepPastDays = 7 } = options;
  const time = createVirtualClock({ start: options.start, random: createChance(1), breathe: options.breathe });
  const memory = createMemoryStore();
  let isFull = false;
  const store: typeof memory = {
    ...memory,
    write: async (target, batch) => {
      if (isFull) throw portError("journal", { kind: "journal-full", message: "Full." });
      await memory.write(target, batch);
    },
  };
  const faults = new Map<CalendarName, Fault>();
  const models = new Map<CalendarName, CalendarModel>();
  for (const name of names) {
    models.set(
      name,
      createCalendarModel({ clock: time.clock, faultFor: () => faults.get(name) ?? "none", latency: () => 50 }),
    );
  }
  const modelOf = (name: CalendarName): CalendarModel => {
    const model = models.get(name);
    if (model === undefined) throw new Error(`there is no ${name} on this bench`);
    return model;
  };

  const begin = (
    records: readonly MatchRecord[],
    make: (target: CalendarTarget) => CalendarTarget = (one) => one,
    reminders?: readonly Reminder[],
  ) => {
    let isAlive = true;
    const told = { placements: [] as string[], statuses: [] as (readonly TargetStatus[])[], done: 0, failed: 0 };
    const calendars = names.map((name) =>
      make(modelOf(name).connect(name, { isAlive: () => isAlive, survives: () => true }).target),
    );
    const engine = createTargets({
      digest,
      clock: time.clockFor(() => isAlive),
      log: silentLog,
      targets: calendarEntries({
        calendars,
        store,
        digest,
        keepPastDays,
        demo,
        previewFirst,
        ...(reminders === undefined ? {} : { style: { ...usualStyle, reminders } }),
      }),
      onStatus: (statuses) => void told.statuses.push(statuses),
      onPlacements: (ids) => void told.placements.push(...ids),
      onStats: ({ done, failed }) => {
        told.done += done;
        told.failed += failed;
      },
    });
    engine.start(records);
    const kill = (): void => {
      isAlive = false;
    };
    return { engine, told, kill };
  };

  return {
    time,
    begin,
    store,
    model: modelOf,
    /** The store takes nothing while it is full. */
    fill: (full: boolean): void => {
      isFull = full;
    },
    /** Every call to it goes wrong so, until told otherwise. */
    spoil: (name: CalendarName, fault: Fault): void => void faults.set(name, fault),
    finish: time.finish,
  };
};
