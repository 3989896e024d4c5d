import { plain } from "../calendar/text.ts";

/**
 * The description as the predecessor wrote it: the match's number, its competition, then for each official a role with a
 * colon, a name, `Mobil: …` and an address, for each contact a team with a colon and `Name: …`, and last the match's page.
 */
const number = /^\d{1,20}$/;
const heading = /^.{1,80}:$/;
const labelled = /^(Name|Tel|Mobil|Email): /;
const address = /, \d{3} ?\d{2} \S/;
const page = /^Match Details: https?:\/\//;

/** What the predecessor wrote, and what a person has added to it, wherever they put it. */
export const partPredecessors = (description: string): { readonly ours: string; readonly notes: string } => {
  const lines = plain(description)
    .split("\n")
    .map((line) => line.trim());
  const last = lines.findIndex((line) => page.test(line));
  if (last === -1) return { ours: "", notes: lines.join("\n").trim() };
  const first = lines.slice(0, last).findIndex((line) => number.test(line));
  const isTheirs = (line: string, at: number): boolean => {
    if (at < first || at > last) return false;
    if (line === "" || at === first || at === first + 1 || at === last) return true;
    return heading.test(line) || heading.test(lines[at - 1] ?? "") || labelled.test(line) || address.test(line);
  };
  const ours = lines.filter(isTheirs);
  const notes = lines.filter((line, at) => !isTheirs(line, at));
  return { ours: ours.join("\n").trim(), notes: notes.join("\n").trim() };
};
