import type { Journal } from "../../../core/journal.ts";
import { createCleaning } from "./clean.ts";
import { load } from "./load.ts";
import { changesAfter, changesOf, messages } from "./messages.ts";
import { createPayloads } from "./payloads.ts";
import { quarantine, quarantined, quarantineSize, release } from "./quarantine.ts";
import type { Store } from "./records.ts";
import { spill, spilled } from "./spill.ts";
import { readStats } from "./stats.ts";
import { write } from "./write.ts";

type JournalParts = Pick<Journal, "append" | "close"> & { readonly store: Store };

/** The journal's port over a database that has its schema. */
export const createJournal = ({ store, append, close }: JournalParts): Journal => {
  const { database } = store;
  const { cleanSlice, size } = createCleaning(database);
  const { payload } = createPayloads(store);
  return {
    load: () => load(store),
    write: (batch) => write(database, batch),
    append,
    messages: (filter) => messages(store, filter),
    payload,
    changesOf: (matchId) => changesOf(store, matchId),
    changesAfter: (id, limit) => changesAfter(store, id, limit),
    quarantine: (page) => quarantine(store, page),
    quarantined: (id) => quarantined(store, id),
    release: (ids) => release(database, ids),
    quarantineSize: () => quarantineSize(database),
    stats: (range, now) => readStats(database, { range, now }),
    spill: (heard) => spill(database, heard),
    spilled: (limit) => spilled(database, limit),
    cleanSlice,
    size,
    close,
  };
};
