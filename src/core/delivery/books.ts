import type { Instant } from "../../shared/instant.ts";
import { type Problem, ProblemError } from "../../shared/problem.ts";
import type { CalendarStore, KnownRow } from "../calendar/store.ts";

type Given = { readonly id: string; readonly hash: string; readonly at: Instant };

/** What the program was last given of each match, kept as what is known to be in a calendar is. */
export const createBooks = (store: Pick<CalendarStore, "load" | "write">) => {
  const given = new Map<string, Given>();
  let last: Instant | null = null;
  const put = (row: Given): void => {
    given.set(row.id, row);
    if (last === null || row.at > last) last = row.at;
  };
  for (const { matchId, actual, writtenAt } of store.load("program").known)
    put({ id: matchId, hash: actual, at: writtenAt });

  return {
    hash: (id: string): string | null => given.get(id)?.hash ?? null,
    at: (id: string): Instant | null => given.get(id)?.at ?? null,
    size: (): number => given.size,
    lastAt: (): Instant | null => last,
    /** Answers why it could not be kept beyond this run. */
    put: async (rows: readonly Given[]): Promise<Problem | null> => {
      for (const row of rows) put(row);
      try {
        await store.write("program", { known: rows.map(rowOf) });
        return null;
      } catch (error) {
        if (error instanceof ProblemError) return error.problem;
        throw error;
      }
    },
  };
};

const rowOf = ({ id, hash, at }: Given): KnownRow => ({
  target: "program",
  matchId: id,
  remoteId: id,
  etag: null,
  hash,
  actual: hash,
  start: null,
  cancelled: false,
  writtenAt: at,
  sequence: 0,
  written: null,
});
