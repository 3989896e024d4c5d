import type { Journal } from "../../../../core/journal.ts";
import { type Bundle, bundle } from "./bundle.ts";
import { type Position, writePosition } from "./event.ts";

const pageSize = 500;

type Page = { readonly bundle: Bundle; readonly reached: Position };

/**
 * Reads what a client has missed, page by page: first the messages, then the changes. Clients that fell behind together
 * ask for the same page one after the other; it is read once.
 */
export const createMissed = (journal: Pick<Journal, "messages" | "changesAfter">) => {
  let last: { readonly asked: string; readonly page: Page } | null = null;
  return (from: Position, goal: Position): Page => {
    const asked = `${writePosition(from)} to ${writePosition(goal)}`;
    const page = last?.asked === asked ? last.page : read(journal, from, goal);
    last = { asked, page };
    return page;
  };
};

const read = (journal: Pick<Journal, "messages" | "changesAfter">, from: Position, goal: Position): Page => {
  if (from.message < goal.message) {
    const { rows, reached } = upTo(goal.message, journal.messages({ after: from.message, limit: pageSize }));
    const events = rows.map((data) => ({ name: "message", data }) as const);
    return { bundle: bundle([{ from, events }]), reached: { ...from, message: reached } };
  }
  const { rows, reached } = upTo(goal.change, journal.changesAfter(from.change, pageSize));
  const events = rows.map((data) => ({ name: "change", data }) as const);
  return { bundle: bundle([{ from, events }]), reached: { ...from, change: reached } };
};

/** What was written after the goal comes by itself; a short page has everything there is. */
const upTo = <T extends { readonly id: number }>(goal: number, rows: readonly T[]) => ({
  rows: rows.filter(({ id }) => id <= goal),
  reached: rows.length < pageSize ? goal : Math.min(goal, rows.at(-1)?.id ?? goal),
});
