import type { Official } from "../../../shared/match.ts";
import { digest } from "../../calendar/testing/calendar-model.ts";
import { createMemoryStore } from "../../calendar/testing/memory-store.ts";
import { aMatch, aRecord, silentLog } from "../../calendar/testing/records.ts";
import { createChance, createVirtualClock } from "../../calendar/testing/virtual-clock.ts";
import type { WantedContact } from "../../contacts/contact.ts";
import type { BookFault } from "../../contacts/testing/address-book-model.ts";
import { createAddressBookModel } from "../../contacts/testing/address-book-model.ts";
import type { MatchRecord } from "../../matches/record.ts";
import { contactEntries } from "../contact-entries.ts";
import { createTargets } from "../targets.ts";

/** A match with these officials, and nobody else. */
export const withOfficials = (
  id: string,
  officials: readonly Official[],
  facts: Partial<MatchRecord> = {},
): MatchRecord => aRecord(aMatch({ id, officials, contacts: [] }), facts);

/** An address book and those who keep it, one life after the other on the same store. */
export const createPeopleBench = (options: {
  readonly breathe: () => Promise<void>;
  readonly seed?: number;
  readonly teams?: boolean;
  readonly ownNumber?: string;
  readonly previewFirst?: boolean;
}) => {
  const { breathe, seed = 1, teams = false, ownNumber = null, previewFirst = false } = options;
  const chance = createChance(seed);
  const time = createVirtualClock({ start: Date.parse("2027-05-01T10:00:00.000Z"), random: chance, breathe });
  const store = createMemoryStore<WantedContact>();
  let faultShare = 0;
  const faults: readonly BookFault[] = ["lost", "unreachable"];
  const model = createAddressBookModel({
    clock: time.clock,
    faultFor: () => (chance() < faultShare ? (faults[Math.floor(chance() * faults.length)] ?? "none") : "none"),
  });

  const begin = (records: readonly MatchRecord[], life = { alive: true, survives: true }) => {
    const engine = createTargets({
      digest,
      clock: time.clockFor(() => life.alive),
      log: silentLog,
      targets: contactEntries([model.connect({ isAlive: () => life.alive, survives: () => life.survives })], {
        store,
        digest,
        teams,
        ownNumber,
        demo: false,
        previewFirst,
        signInExpiresAt: () => null,
      }),
      onStatus: () => undefined,
      onPlacements: () => undefined,
      onStats: () => undefined,
    });
    engine.start(records);
    return engine;
  };

  return {
    time,
    store,
    model,
    begin,
    finish: time.finish,
    /** So many of all calls go wrong from now on. */
    trouble: (share: number): void => {
      faultShare = share;
    },
  };
};
