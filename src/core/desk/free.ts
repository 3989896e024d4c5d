import { Temporal } from "temporal-polyfill";
import type { FreePerson } from "../../shared/desk.ts";
import { dayMs } from "../../shared/duration.ts";
import { matchTitle, type Official } from "../../shared/match.ts";
import { compareNames } from "../../shared/order.ts";
import { clashes, furthestMs, isTimed, kmBetween, minutesBetween, type Timed } from "../matches/apart.ts";
import type { Referee } from "../people/directory.ts";

const foldedRole = (role: string): string => role.normalize("NFC").toLowerCase().trim();

const hasRole = ({ role, roleShort }: Official, wanted: string): boolean =>
  [role, roleShort].some((one) => one !== null && foldedRole(one) === wanted);

/** Monday to Sunday in Stockholm, in milliseconds: from, and up to. */
const weekOf = ({ kickoff }: Timed): { readonly from: number; readonly until: number } => {
  const at = Temporal.Instant.from(kickoff).toZonedDateTimeISO("Europe/Stockholm");
  const monday = at.startOfDay().subtract({ days: at.dayOfWeek - 1 });
  return { from: monday.epochMilliseconds, until: monday.add({ weeks: 1 }).epochMilliseconds };
};

/**
 * Those who have no match then that they could not come from or go to: who has had the role first, then who has least that
 * week. `role` null: any.
 */
export const freeFor = (match: Timed, role: string | null, people: Iterable<Referee>): readonly FreePerson[] => {
  const at = Date.parse(match.kickoff);
  const week = weekOf(match);
  const wanted = role === null ? null : foldedRole(role);

  const freeOf = ({ id, official, assignments }: Referee): readonly FreePerson[] => {
    const all = assignments.map((assignment) => assignment.match);
    const played = all.filter(isTimed).filter(({ status }) => status === "scheduled");
    const isBusy = played.some((other) => {
      const apart = Math.abs(Date.parse(other.kickoff) - at);
      return apart < furthestMs && clashes(match, other, apart);
    });
    if (isBusy || all.some((other) => other.id === match.id)) return [];
    const { name, number, phone, email } = official;
    const timeOf = (other: Timed): number => Date.parse(other.kickoff);
    return [
      {
        id,
        name,
        number,
        phone,
        email,
        heldRole: wanted === null ? 0 : assignments.filter((one) => hasRole(one.official, wanted)).length,
        thatWeek: new Set(
          played.filter((other) => timeOf(other) >= week.from && timeOf(other) < week.until).map((other) => other.id),
        ).size,
        before: near(
          match,
          played.findLast((other) => timeOf(other) <= at && timeOf(other) > at - dayMs),
        ),
        after: near(
          match,
          played.find((other) => timeOf(other) > at && timeOf(other) < at + dayMs),
        ),
      },
    ];
  };

  return [...people]
    .flatMap(freeOf)
    .toSorted((a, b) => b.heldRole - a.heldRole || a.thatWeek - b.thatWeek || compareNames(a.name, b.name));
};

const near = (match: Timed, other: Timed | undefined): FreePerson["before"] => {
  if (other === undefined) return null;
  return {
    matchId: other.id,
    title: matchTitle(other),
    kickoff: other.kickoff,
    venue: other.venue,
    km: kmBetween(match, other),
    minutesBetween: minutesBetween(other, match),
  };
};
