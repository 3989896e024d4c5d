import type { Journal } from "../../../../core/journal.ts";
import type { Position, StreamEvent } from "./event.ts";

const pageSize = 500;

/** The next page of what a reader at `from` has missed up to `goal`: first the messages, then the changes. */
export const missed = (
  journal: Pick<Journal, "messages" | "changesAfter">,
  from: Position,
  goal: Position,
): { readonly events: readonly StreamEvent[]; readonly reached: Position } => {
  if (from.message < goal.message) {
    const { rows, reached } = page(journal.messages({ after: from.message, limit: pageSize }), goal.message);
    return { events: rows.map((data) => ({ name: "message", data })), reached: { ...from, message: reached } };
  }
  const { rows, reached } = page(journal.changesAfter(from.change, pageSize), goal.change);
  return { events: rows.map((data) => ({ name: "change", data })), reached: { ...from, change: reached } };
};

/** What was written after the goal comes by itself; a short page has everything there is. */
const page = <T extends { readonly id: number }>(rows: readonly T[], goal: number) => ({
  rows: rows.filter(({ id }) => id <= goal),
  reached: rows.length < pageSize ? goal : Math.min(goal, rows.at(-1)?.id ?? goal),
});
