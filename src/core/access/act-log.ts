import type { Act } from "../../shared/act.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Journal } from "../journal.ts";
import type { WriteBehind } from "../write-behind.ts";

type Options = {
  readonly journal: Pick<Journal, "acts">;
  readonly writeBehind: Pick<WriteBehind, "write" | "flushed">;
  readonly now: () => Instant;
};

/** Who did what, and when, in the journal. */
export const createActLog = ({ journal, writeBehind, now }: Options) => {
  let lastId = journal.acts({ limit: 1 })[0]?.id ?? 0;
  return {
    /** Resolves when the journal has it; one that refuses is given it later, and nobody waits for that. */
    note: async (act: Omit<Act, "id" | "at">): Promise<void> => {
      lastId += 1;
      writeBehind.write({ acts: [{ id: lastId, at: now(), ...act }] });
      await writeBehind.flushed();
    },
  };
};
