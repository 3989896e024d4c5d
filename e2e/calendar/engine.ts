import { join } from "node:path";
import { desiredOf } from "../../src/core/calendar/event.ts";
import type { CalendarTarget, WantedEvent } from "../../src/core/calendar/port.ts";
import { aRecord, silentLog } from "../../src/core/calendar/testing/records.ts";
import type { AddressBook } from "../../src/core/contacts/port.ts";
import { calendarEntries } from "../../src/core/targets/calendar-entries.ts";
import { contactEntries } from "../../src/core/targets/contact-entries.ts";
import { createTargets, type Targets } from "../../src/core/targets/targets.ts";
import { sha256 } from "../../src/main/adapters/calendar/seal.ts";
import { systemClock } from "../../src/main/adapters/clock.ts";
import { openJournal } from "../../src/main/adapters/journal/open.ts";
import type { Match } from "../../src/shared/match.ts";

const digest = (text: string): string => sha256(text).toString("hex");

/** The events that these matches should have, in their order. */
export const wantedOf = (matches: readonly Match[]): readonly WantedEvent[] =>
  matches.flatMap((match) => {
    const desired = desiredOf(aRecord(match), { digest });
    return desired.kind === "item" ? [desired.item] : [];
  });

export type RunningEngine = {
  readonly engine: Targets;
  /** Ends it as the app does, and lets go of the folder. */
  readonly close: () => Promise<void>;
};

/** The real engine on a real journal in `folder`, as it runs in the service. */
export const openEngine = async (options: {
  readonly folder: string;
  readonly targets: readonly CalendarTarget[];
  readonly books?: readonly AddressBook[];
  readonly previewFirst?: boolean;
}): Promise<RunningEngine> => {
  const { calendars, contacts, close } = await openJournal({
    file: join(options.folder, "journal.sqlite"),
    log: silentLog,
  });
  const settings = { digest, demo: false, previewFirst: options.previewFirst ?? false };
  const people = { store: contacts, teams: false, ownNumber: null, signInExpiresAt: () => null };
  const engine = createTargets({
    digest,
    clock: systemClock,
    log: silentLog,
    targets: [
      ...calendarEntries({ calendars: options.targets, store: calendars, keepPastDays: 7, ...settings }),
      ...contactEntries(options.books ?? [], { ...people, ...settings }),
    ],
    onStatus: () => undefined,
    onPlacements: () => undefined,
    onStats: () => undefined,
  });
  return {
    engine,
    close: async () => {
      await engine.stop();
      await close();
    },
  };
};
