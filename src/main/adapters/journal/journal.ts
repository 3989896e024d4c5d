import type { Journal, Loaded } from "../../../core/journal.ts";
import { archivedMatch, archivedMatches } from "./archive.ts";
import { load } from "./load.ts";
import { acts, changesAfter, changesOf, messages } from "./messages.ts";
import { createPayloads } from "./payloads.ts";
import { quarantine, quarantined, quarantineSize } from "./quarantine.ts";
import type { Store } from "./records.ts";
import { sizeOf } from "./size.ts";
import { spilled } from "./spill.ts";
import { readStats } from "./stats.ts";

type JournalParts = Pick<Journal, "append" | "cleanSlice" | "troubles" | "onTroubles" | "close"> & {
  readonly store: Store;
  readonly onLoaded: (loaded: Loaded) => void;
};

/** The journal's port: what is read, beside what is done on its thread. */
export const createJournal = ({ store, onLoaded, ...onThread }: JournalParts): Journal => {
  const { database } = store;
  const { payload } = createPayloads(store);
  return {
    load: () => {
      const loaded = load(store);
      onLoaded(loaded);
      return loaded;
    },
    messages: (filter) => messages(store, filter),
    payload,
    acts: (page) => acts(store, page),
    changesOf: (matchId) => changesOf(store, matchId),
    archivedMatch: (matchId) => archivedMatch(store, matchId),
    archivedMatches: (page) => archivedMatches(store, page),
    changesAfter: (id, limit) => changesAfter(store, id, limit),
    quarantine: (page) => quarantine(store, page),
    quarantined: (id) => quarantined(store, id),
    quarantineSize: () => quarantineSize(database),
    stats: (range, now) => readStats(database, { range, now }),
    spilled: (limit) => spilled(database, limit),
    size: () => sizeOf(database),
    ...onThread,
  };
};
