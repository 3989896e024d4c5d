import { isSameAppointment } from "./appointments.ts";
import type { Difference } from "./change.ts";

type Rule = {
  /** How much it concerns those who go there: the greater stands first. */
  readonly weight: number;
  /** Whether it is urgent when the kick-off is near (`urgentWithinMs`). */
  readonly urgent: boolean;
};

const rules: Readonly<Record<Difference["field"], Rule>> = {
  status: { weight: 6, urgent: true },
  kickoff: { weight: 5, urgent: true },
  venue: { weight: 5, urgent: true },
  gone: { weight: 5, urgent: true },
  returned: { weight: 5, urgent: true },
  removed: { weight: 4, urgent: false },
  kept: { weight: 4, urgent: false },
  officials: { weight: 4, urgent: true },
  openPlaces: { weight: 4, urgent: true },
  declined: { weight: 3, urgent: false },
  reclaimed: { weight: 3, urgent: false },
  placeStatuses: { weight: 2, urgent: false },
  home: { weight: 2, urgent: false },
  away: { weight: 2, urgent: false },
  competition: { weight: 2, urgent: false },
  playingTime: { weight: 2, urgent: false },
  number: { weight: 1, urgent: false },
  added: { weight: 1, urgent: false },
  contacts: { weight: 0, urgent: false },
  position: { weight: 0, urgent: false },
  venueId: { weight: 0, urgent: false },
  homeId: { weight: 0, urgent: false },
  awayId: { weight: 0, urgent: false },
  competitionId: { weight: 0, urgent: false },
};

/** What a change counts for. People who are reached otherwise than before, in the same roles, are a matter of contacts. */
export const changeRule = (difference: Difference): Rule =>
  difference.field === "officials" && isSameAppointment(difference.before, difference.after)
    ? rules.contacts
    : rules[difference.field];
