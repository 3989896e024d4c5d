import { IconUserOff } from "@tabler/icons-react";
import type { Contact, Official } from "../../../../shared/match.ts";
import type { MatchView } from "../../../../shared/snapshot.ts";
import { CopyButton } from "../../../parts/CopyButton.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { LevelMark } from "../../../parts/Level.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { PersonLink } from "../../../parts/PersonLink.tsx";
import { Ways } from "../../../parts/Ways.tsx";
import { useWords } from "../../../words.tsx";
import { personAsText, placeOf } from "./asText.ts";
import classes from "./MatchPage.module.css";

type PersonProps = {
  readonly person: Official | Contact;
  /** The match whose official it is; contacts of teams have no page of their own. */
  readonly matchId: string | null;
};

const Person = ({ person, matchId }: PersonProps) => {
  const { texts } = useWords();
  const { name, phone, email } = person;
  return (
    <li className={classes.person}>
      <span className={classes.name}>{matchId === null ? name : <PersonLink matchId={matchId} name={name} />}</span>{" "}
      <span className={classes.role}>{placeOf(person, texts)}</span>
      <Ways name={name} phone={phone} email={email} />
    </li>
  );
};

type PeopleProps = {
  readonly title: string;
  readonly people: readonly (Official | Contact)[];
  /** The roles that nobody has. */
  readonly open?: Pick<MatchView, "openPlaces" | "placeStatuses">;
  readonly matchId?: string;
};

const none = { openPlaces: [], placeStatuses: [] };

const People = ({ title, people, open = none, matchId }: PeopleProps) => {
  const { texts } = useWords();
  const words = texts.matches.page;
  const statusOf = (wanted: string) => open.placeStatuses.find(({ role }) => role === wanted)?.status ?? null;
  return (
    <Panel
      title={title}
      padding="none"
      actions={
        people.length > 0 && (
          <CopyButton value={people.map((person) => personAsText(person, texts)).join("\n")} label={words.copyPeople} />
        )
      }
    >
      {people.length + open.openPlaces.length === 0 && (
        <Empty icon={IconUserOff} title={words.noOfficials} about={words.noOfficialsAbout} />
      )}
      <ul className={classes.list}>
        {people.map((person) => (
          <Person key={`${placeOf(person, texts)} ${person.name}`} person={person} matchId={matchId ?? null} />
        ))}
        {open.openPlaces.map((role) => (
          <li key={role} className={classes.person}>
            <LevelMark level="warning" size={14} /> {texts.todo.open(role, statusOf(role))}
          </li>
        ))}
      </ul>
    </Panel>
  );
};

/** The officials of the match, each a click from being called. */
export const Officials = ({ match }: { readonly match: MatchView }) => (
  <People title={useWords().texts.matches.page.officials} people={match.officials} open={match} matchId={match.id} />
);

/** The teams' contact persons; nothing where none are told of. */
export const Contacts = ({ contacts }: { readonly contacts: readonly Contact[] }) => {
  const { texts } = useWords();
  return contacts.length === 0 ? null : <People title={texts.matches.page.contacts} people={contacts} />;
};
