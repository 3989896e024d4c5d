import type { Handlers } from "../../../shared/contract.ts";
import type { Person } from "../../../shared/people.ts";
import { raise } from "../../../shared/problem.ts";
import { searchable, searchFor } from "../../../shared/search.ts";
import { titleOf } from "../../calendar/event.ts";
import type { Directory, Referee } from "../../people/directory.ts";
import type { createPersonalData } from "../../retention/personal-data.ts";

type PeopleHandlers = Pick<Handlers, "people" | "person" | "personalData" | "erasePerson">;

export const peopleHandlers = ({
  directory,
  personalData,
}: {
  readonly directory: () => Directory;
  readonly personalData: ReturnType<typeof createPersonalData>;
}): PeopleHandlers => ({
  people: async ({ search = "" }) => {
    const wanted = searchFor(search);
    return {
      people: [...directory().people().values()].map(personOf).filter((person) => wanted.finds(searchedIn(person))),
    };
  },
  personalData: async ({ name }) => ({ person: await personalData.gather(name) }),
  erasePerson: async ({ name }) => ({ message: "Erased", matches: await personalData.erase(name) }),
  person: async ({ id }) => ({
    person: personOf(directory().people().get(id) ?? raise("not-found", "There is nobody with this id.", "id")),
  }),
});

const searchedIn = ({ name, number, email, phones, matches }: Person) =>
  searchable(name, number, email, phones.mobile, phones.home, phones.work, ...matches.map(({ title }) => title));

const personOf = ({ id, official, assignments }: Referee): Person => {
  const { name, number, personId, phone, email, phones, address } = official;
  return {
    id,
    name,
    number,
    personId,
    phone,
    email,
    phones,
    address,
    matches: assignments.map(({ match, official: { role, status } }) => ({
      matchId: match.id,
      title: titleOf(match),
      kickoff: match.kickoff,
      venue: match.venue,
      status: match.status,
      role,
      assignment: status,
    })),
  };
};
