import type { Journal } from "../../../core/journal.ts";
import { createCleaning } from "./clean.ts";
import { load } from "./load.ts";
import { changesAfter, changesOf, messages } from "./messages.ts";
import { createPayloads } from "./payloads.ts";
import { quarantine, quarantined, quarantineSize } from "./quarantine.ts";
import type { Store } from "./records.ts";
import { spilled } from "./spill.ts";
import { readStats } from "./stats.ts";

type JournalParts = Pick<Journal, "append" | "close"> & { readonly store: Store };

/** The journal's port over a database that has its schema. */
export const createJournal = ({ store, append, close }: JournalParts): Journal => {
  const { database } = store;
  const { cleanSlice, size } = createCleaning(database);
  const { payload } = createPayloads(store);
  return {
    load: () => load(store),
    append,
    messages: (filter) => messages(store, filter),
    payload,
    changesOf: (matchId) => changesOf(store, matchId),
    changesAfter: (id, limit) => changesAfter(store, id, limit),
    quarantine: (page) => quarantine(store, page),
    quarantined: (id) => quarantined(store, id),
    quarantineSize: () => quarantineSize(database),
    stats: (range, now) => readStats(database, { range, now }),
    spilled: (limit) => spilled(database, limit),
    cleanSlice,
    size,
    close,
  };
};
