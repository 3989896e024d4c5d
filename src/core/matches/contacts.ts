import { type Contact, type Official, unknownReach } from "../../shared/match.ts";
import type { SaidContact, SaidFacts, SaidOfficial } from "../facts/facts.ts";
import type { MatchRecord } from "./record.ts";
import { matchOf } from "./resolve.ts";

/** Taking out of matches how to reach people. Names, roles and numbers stay. What has nothing of it stays the very same. */

export const isReachable = ({
  phone,
  email,
  phones,
  address,
}: Pick<Contact, "phone" | "email" | "phones" | "address">): boolean =>
  [phone, email, address, ...Object.values(phones)].some((way) => way !== null);

export const unreachable = <P extends Official | Contact>(people: readonly P[]): readonly P[] =>
  people.some(isReachable) ? people.map((person) => ({ ...person, ...unknownReach })) : people;

const tellsHow = ({ phones, email, address }: SaidOfficial | SaidContact): boolean =>
  [phones, email, address].some((way) => way !== undefined);

const untold = <P extends SaidOfficial | SaidContact>(people: readonly P[]): readonly P[] =>
  people.some(tellsHow)
    ? people.map((person) => ({ ...person, phones: undefined, email: undefined, address: undefined }))
    : people;

export const factsWithoutContacts = (said: SaidFacts): SaidFacts => peopleWith(said, untold, untold);

/** The facts with other people in them. */
export const peopleWith = (
  said: SaidFacts,
  officials: (list: readonly SaidOfficial[]) => readonly SaidOfficial[],
  contacts: (list: readonly SaidContact[]) => readonly SaidContact[],
): SaidFacts => {
  const now = {
    ...(said.officials !== undefined && { officials: officials(said.officials) }),
    ...(said.contacts !== undefined && { contacts: contacts(said.contacts) }),
  };
  const isSame = now.officials === said.officials && now.contacts === said.contacts;
  return isSame ? said : { ...said, ...now };
};

/** The record as it would be if other things had been said. */
export const recordWith = (record: MatchRecord, change: (said: SaidFacts) => SaidFacts): MatchRecord => {
  const statements = record.statements.map((statement) => {
    const said = change(statement.said);
    return said === statement.said ? statement : { ...statement, said };
  });
  if (statements.every((statement, index) => statement === record.statements[index])) return record;
  return { ...record, statements, match: matchOf(record.match.id, statements) };
};
