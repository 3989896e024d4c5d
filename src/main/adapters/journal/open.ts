import { dirname } from "node:path";
import type { WantedEvent } from "../../../core/calendar/port.ts";
import type { WantedContact } from "../../../core/contacts/contact.ts";
import type { Journal } from "../../../core/journal.ts";
import type { KeeperStore } from "../../../core/keeper/item.ts";
import type { Log } from "../../../core/ports.ts";
import { ProblemError } from "../../../shared/problem.ts";
import { createJournal } from "./journal.ts";
import { createKeeperStore, isContact, isEvent } from "./keeper-store.ts";
import { lockFolder } from "./lock.ts";
import { createLooking } from "./looking.ts";
import { schemaVersion } from "./migrations.ts";
import { createMirror } from "./mirror.ts";
import type { Opened, WritingTask } from "./protocol.ts";
import { createReader } from "./reader.ts";
import { storageProblem } from "./storage-problem.ts";
import { createThread } from "./thread.ts";
import { createTroubles, roomProblem } from "./troubles.ts";
import { createUnreadable } from "./unreadable.ts";
import { type StartThread, startThread } from "./worker.ts";

export type OpenJournal = {
  readonly journal: Journal;
  readonly calendars: KeeperStore<WantedEvent>;
  readonly contacts: KeeperStore<WantedContact>;
  readonly close: () => Promise<void>;
};

/**
 * Opens the journal and holds its folder for this process alone. Rejects with ProblemError: `already-running`,
 * `journal-newer`, `journal-full`, `journal-locked`, `journal-failed`. On a full disk a journal that is there can be read
 * all the same, and is written when there is room.
 */
export const openJournal = async ({
  file,
  log,
  start = startThread,
}: {
  readonly file: string;
  readonly log: Log;
  /** How the journal's thread is begun. */
  readonly start?: StartThread;
}): Promise<OpenJournal> => {
  const folder = dirname(file);
  const undo: (() => void | Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const lock = await lockFolder(folder);
    undo.push(lock.release);
    const troubles = createTroubles();
    const mirror = createMirror();
    const reader = createReader({ file, log, onSuspicion: () => looking.lookThoroughly() });
    const thread = createThread({
      file,
      log,
      start,
      missing: mirror.all,
      onOpened: ({ problem }: Opened) => {
        reader.renew();
        if (problem !== null) troubles.happened(problem);
      },
      onRoom: (bytes) => troubles.note("room", roomProblem(bytes)),
    });
    undo.push(thread.end, reader.close);
    const looking = createLooking({ thread, lock, troubles, log });
    undo.push(looking.stop);
    await thread.opened.catch((error: unknown) => {
      const isFull = error instanceof ProblemError && error.problem.kind === "journal-full";
      if (!isFull || reader.number("PRAGMA user_version") !== schemaVersion) throw error;
      troubles.note("writing", error.problem);
    });

    const unreadable = createUnreadable({
      keep: (rows, at) => thread.ask({ kind: "keep-unreadable", rows, at }),
      troubles,
      log,
    });
    const write = async (task: WritingTask): Promise<void> => {
      unreadable.beforeWriting();
      await thread.ask(task);
      mirror.written(task);
    };
    const store = { database: reader, log, onUnreadable: unreadable.found };
    const journal = createJournal({
      store,
      onLoaded: mirror.loaded,
      append: (batch) => write({ kind: "append", batch }),
      cleanSlice: (limits) => thread.ask({ kind: "clean", limits }),
      troubles: troubles.troubles,
      onTroubles: troubles.onTroubles,
      close,
    });
    const parts = { store, write, mirror };
    return {
      journal,
      calendars: createKeeperStore(parts, isEvent),
      contacts: createKeeperStore(parts, isContact),
      close,
    };
  } catch (error) {
    await close();
    throw storageProblem({ error, folder, log });
  }
};
