import type { MatchView } from "../../shared/snapshot.ts";

/** What keeps a match from being one to care for, or puts it in doubt. */
export const standings = ["gone", "removed", "declined", "in-doubt"] as const;
export type Standing = (typeof standings)[number];

export const isStanding = (text: string): text is Standing => standings.some((standing) => standing === text);

/** null for a match like any other. */
export const standingOf = (match: Pick<MatchView, "goneAt" | "goneBy" | "declinedAt" | "inDoubt">): Standing | null => {
  if (match.goneAt !== null) return match.goneBy === "person" ? "removed" : "gone";
  if (match.declinedAt !== null) return "declined";
  return match.inDoubt === null ? null : "in-doubt";
};
