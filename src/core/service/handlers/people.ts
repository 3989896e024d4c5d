import type { Handlers } from "../../../shared/contract.ts";
import type { Told } from "../../../shared/desk.ts";
import { dayMs } from "../../../shared/duration.ts";
import { type Match, matchTitle } from "../../../shared/match.ts";
import type { Person } from "../../../shared/people.ts";
import { playedMinutes } from "../../../shared/playing-time.ts";
import { raise } from "../../../shared/problem.ts";
import { searchable, searchFor } from "../../../shared/search.ts";
import type { Feed } from "../../feed/feed.ts";
import { isTimed, kmBetween, minutesBetween, type Timed } from "../../matches/apart.ts";
import type { Directory, Referee } from "../../people/directory.ts";
import type { createPersonalData } from "../../retention/personal-data.ts";

type PeopleHandlers = Pick<Handlers, "people" | "person" | "personCalendar" | "personalData" | "erasePerson">;

type PeopleTools = {
  readonly directory: () => Directory;
  /** The latest word on whether somebody was told of a match. */
  readonly tickOf: (matchId: string, personId: string) => Told | null;
  /** How they stand in the address books. */
  readonly contactsOf: (personId: string) => Person["contacts"];
  /** Matches as a calendar's file. */
  readonly calendarFile: (name: string, matches: readonly Match[]) => string;
  readonly personalData: ReturnType<typeof createPersonalData>;
  /** Tells all nodes of the desk, this one too, which then do it; null: there are no others. */
  readonly tellAll: Feed["tell"];
};

export const peopleHandlers = ({
  directory,
  tickOf,
  contactsOf,
  calendarFile,
  personalData,
  tellAll,
}: PeopleTools): PeopleHandlers => {
  const refereeOf = (id: string): Referee =>
    directory().people().get(id) ?? raise("not-found", "There is nobody with this id.", "id");
  const shown = (referee: Referee): Person => ({ ...personOf(referee, tickOf), contacts: contactsOf(referee.id) });
  return {
    people: async ({ search = "" }) => {
      const wanted = searchFor(search);
      const people = [...directory().people().values()].map(shown);
      return { people: people.filter((person) => wanted.finds(searchedIn(person))) };
    },
    person: async ({ id }) => ({ person: shown(refereeOf(id)) }),
    personCalendar: async ({ id }) => {
      const { official, assignments } = refereeOf(id);
      // Somebody may have two places in a match.
      const matches = new Set(assignments.map(({ match }) => match));
      return { name: official.name, calendar: calendarFile(official.name, [...matches]) };
    },
    personalData: async ({ name }) => ({ person: await personalData.gather(name) }),
    erasePerson: async ({ name }) => {
      if (tellAll === null) return { message: "Erased", matches: await personalData.erase(name) };
      const { matches } = await personalData.gather(name);
      await tellAll({ kind: "erase", name });
      return { message: "Erased", matches: matches.length };
    },
  };
};

const searchedIn = ({ name, number, email, phones, matches }: Person) =>
  searchable(name, number, email, phones.mobile, phones.home, phones.work, ...matches.map(({ title }) => title));

const personOf = ({ id, official, assignments }: Referee, tickOf: PeopleTools["tickOf"]): Omit<Person, "contacts"> => {
  const { name, number, personId, phone, email, phones, address } = official;
  let before: Timed | null = null;
  const matches = assignments.map(({ match, official: { role, status } }) => {
    const tick = tickOf(match.id, id);
    const from = wayTo(match, before);
    if (isTimed(match) && isPlayed(match)) before = match;
    return {
      matchId: match.id,
      title: matchTitle(match),
      kickoff: match.kickoff,
      venue: match.venue,
      status: match.status,
      role,
      assignment: status,
      minutes: playedMinutes(match.playingTime),
      from,
      told: tick && { at: tick.at, by: tick.by },
    };
  });
  return { id, name, number, personId, phone, email, phones, address, matches };
};

const isPlayed = ({ status }: Match): boolean => status === "scheduled" || status === "completed";

const wayTo = (match: Match, before: Timed | null): Person["matches"][number]["from"] => {
  if (before === null || before.id === match.id || !isTimed(match) || !isPlayed(match)) return null;
  if (Date.parse(match.kickoff) - Date.parse(before.kickoff) >= dayMs) return null;
  return { matchId: before.id, km: kmBetween(before, match), minutesBetween: minutesBetween(before, match) };
};
