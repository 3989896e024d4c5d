import type { Person } from "../../../shared/people.ts";
import { stockholmDay } from "../../../shared/text/format.ts";
import { weekOf } from "../../parts/days.ts";

type Appointment = Person["matches"][number];

/** A match that is, or was, to be played. */
const counts = ({ status }: Appointment): boolean => status === "scheduled" || status === "completed";

export type Load = {
  readonly thisWeek: readonly Appointment[];
  readonly coming: readonly Appointment[];
  readonly played: readonly Appointment[];
  /** How often in each role, the most frequent first; `null`: the role was not told. */
  readonly roles: readonly { readonly role: string | null; readonly matches: number }[];
};

/** What somebody has to do, as seen on a day. Matches of this week stand in `thisWeek` and again in the two others. */
export const loadOf = ({ matches }: Pick<Person, "matches">, today: string): Load => {
  const { from, until } = weekOf(today);
  const dayOf = ({ kickoff }: Appointment): string | null => (kickoff === null ? null : stockholmDay(kickoff));
  const isOver = (match: Appointment): boolean => (dayOf(match) ?? today) < today || match.status === "completed";
  const byRole = new Map<string | null, number>();
  for (const match of matches.filter(counts)) byRole.set(match.role, (byRole.get(match.role) ?? 0) + 1);
  return {
    thisWeek: matches.filter((match) => {
      const day = dayOf(match);
      return day !== null && day >= from && day < until;
    }),
    coming: matches.filter((match) => !isOver(match)),
    played: matches.filter(isOver).toReversed(),
    roles: [...byRole].map(([role, times]) => ({ role, matches: times })).sort((a, b) => b.matches - a.matches),
  };
};
