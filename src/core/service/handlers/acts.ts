import type { Handlers } from "../../../shared/contract.ts";
import { raise } from "../../../shared/problem.ts";
import type { Journal } from "../../journal.ts";

const pageSize = 200;

/** What the journal has of who did what. */
export const actHandlers = ({ journal }: { readonly journal: Pick<Journal, "acts"> }): Pick<Handlers, "acts"> => ({
  acts: async ({ cursor, limit = pageSize }) => {
    const acts = journal.acts({ ...(cursor !== undefined && { before: placeOf(cursor) }), limit });
    return { acts, next: acts.length === limit ? String(acts.at(-1)?.id) : null };
  },
});

const placeOf = (cursor: string): number =>
  /^\d{1,15}$/.test(cursor) ? Number(cursor) : raise("input-invalid", "This is not a cursor of ours.", "cursor");
