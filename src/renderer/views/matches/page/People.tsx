import { IconMail, IconPhone, IconUserOff } from "@tabler/icons-react";
import type { Contact, Official } from "../../../../shared/match.ts";
import { CopyButton } from "../../../parts/CopyButton.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { ExternalLink } from "../../../parts/ExternalLink.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { useWords } from "../../../words.tsx";
import { personAsText, placeOf } from "./asText.ts";
import classes from "./MatchPage.module.css";
import { phoneText, phoneUrl } from "./phone.ts";

const Person = ({ person }: { readonly person: Official | Contact }) => {
  const { texts } = useWords();
  const words = texts.matches.page;
  const { name, phone, email } = person;
  return (
    <li className={classes.person}>
      <span className={classes.name}>{name}</span> <span className={classes.role}>{placeOf(person, texts)}</span>
      <div className={classes.ways}>
        {phone !== null && (
          <span className={classes.way}>
            <ExternalLink url={phoneUrl(phone)} label={words.call({ name, phone: phoneText(phone) })}>
              <IconPhone size={15} aria-hidden="true" />
              {phoneText(phone)}
            </ExternalLink>
            <CopyButton look="icon" value={phone} label={words.copyValue(phoneText(phone))} />
          </span>
        )}
        {email !== null && (
          <span className={classes.way}>
            <ExternalLink url={`mailto:${encodeURI(email)}`} label={words.write({ name, email })}>
              <IconMail size={15} aria-hidden="true" />
              {email}
            </ExternalLink>
            <CopyButton look="icon" value={email} label={words.copyValue(email)} />
          </span>
        )}
        {phone === null && email === null && <span className={classes.dim}>{words.noContactData}</span>}
      </div>
    </li>
  );
};

type PeopleProps = { readonly title: string; readonly people: readonly (Official | Contact)[] };

const People = ({ title, people }: PeopleProps) => {
  const { texts } = useWords();
  const words = texts.matches.page;
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
      {people.length === 0 && <Empty icon={IconUserOff} title={words.noOfficials} about={words.noOfficialsAbout} />}
      <ul className={classes.list}>
        {people.map((person) => (
          <Person key={`${placeOf(person, texts)} ${person.name}`} person={person} />
        ))}
      </ul>
    </Panel>
  );
};

/** The officials of the match, each a click from being called. */
export const Officials = ({ officials }: { readonly officials: readonly Official[] }) => (
  <People title={useWords().texts.matches.page.officials} people={officials} />
);

/** The teams' contact persons; nothing where none are told of. */
export const Contacts = ({ contacts }: { readonly contacts: readonly Contact[] }) => {
  const { texts } = useWords();
  return contacts.length === 0 ? null : <People title={texts.matches.page.contacts} people={contacts} />;
};
