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

type Roles = Load["roles"];

const rolesIn = (matches: readonly Appointment[]): Roles => {
  const byRole = new Map<string | null, number>();
  for (const { role } of matches) byRole.set(role, (byRole.get(role) ?? 0) + 1);
  return [...byRole].map(([role, times]) => ({ role, matches: times })).sort((a, b) => b.matches - a.matches);
};

/** What somebody has to do, as seen on a day. Matches of this week stand in `thisWeek` and again in the two others. */
export const loadOf = ({ matches }: Pick<Person, "matches">, today: string): Load => {
  const { from, until } = weekOf(today);
  const dayOf = ({ kickoff }: Appointment): string | null => (kickoff === null ? null : stockholmDay(kickoff));
  const isOver = (match: Appointment): boolean => (dayOf(match) ?? today) < today || match.status === "completed";
  return {
    thisWeek: matches.filter((match) => {
      const day = dayOf(match);
      return day !== null && day >= from && day < until;
    }),
    coming: matches.filter((match) => !isOver(match)),
    played: matches.filter(isOver).toReversed(),
    roles: rolesIn(matches.filter(counts)),
  };
};

export type Week = {
  /** Its Monday. */
  readonly from: string;
  readonly matchIds: readonly string[];
  readonly roles: Roles;
  /** Of play. */
  readonly minutes: number;
  /** From match to match, as far as it is known. */
  readonly km: number;
};

/** The season week by week, those with matches; a match in which somebody has two places takes its time once. */
export const weeksOf = ({ matches }: Pick<Person, "matches">): readonly Week[] => {
  const weeks = new Map<string, Appointment[]>();
  for (const match of matches.filter(counts)) {
    if (match.kickoff === null) continue;
    const { from } = weekOf(stockholmDay(match.kickoff));
    weeks.set(from, [...(weeks.get(from) ?? []), match]);
  }
  return [...weeks].map(([from, its]) => {
    const once = its.filter(({ matchId }, index) => its.findIndex((other) => other.matchId === matchId) === index);
    return {
      from,
      matchIds: once.map(({ matchId }) => matchId),
      roles: rolesIn(its),
      minutes: once.reduce((sum, { minutes }) => sum + minutes, 0),
      km: once.reduce((sum, match) => sum + (match.from?.km ?? 0), 0),
    };
  });
};
