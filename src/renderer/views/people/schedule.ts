import type { Person } from "../../../shared/people.ts";
import type { Table } from "../../../shared/table.ts";
import { kickoffCells, kickoffColumns } from "../../parts/match.ts";
import { phoneText } from "../../parts/phone.ts";
import type { Words } from "../../words.tsx";
import { loadOf } from "./load.ts";

type Appointment = Person["matches"][number];

/** One match of somebody's on a line: when, which, where, as what. */
export const appointmentAsText = (match: Appointment, { texts, format }: Pick<Words, "texts" | "format">): string =>
  [
    match.kickoff === null ? texts.match.noKickoff : format.kickoff(match.kickoff),
    match.title,
    match.venue,
    match.role && texts.match.role(match.role),
    match.status === "scheduled" ? null : texts.match.status[match.status],
  ]
    .filter((part) => part !== null)
    .join(", ");

/** Somebody and their matches, as one would send it to them. */
export const scheduleAsText = (
  person: Pick<Person, "name" | "phone" | "email">,
  matches: readonly Appointment[],
  words: Pick<Words, "texts" | "format">,
): string => {
  const { name, phone, email } = person;
  const head = [name, phone === null ? null : phoneText(phone), email].filter((part) => part !== null).join(", ");
  return [head, ...matches.map((match) => appointmentAsText(match, words))].join("\n");
};

/** One person's matches as a table to take away. */
export const matchesTable = ({ name, matches }: Person, { texts, format }: Pick<Words, "texts" | "format">): Table => ({
  title: name,
  columns: [
    ...kickoffColumns(texts),
    { label: texts.matches.column.match, kind: "text" },
    { label: texts.match.field.venue, kind: "text" },
    { label: texts.people.role, kind: "text" },
    { label: texts.match.field.status, kind: "text" },
  ],
  rows: matches.map((match) => [
    ...kickoffCells(match.kickoff, format),
    match.title,
    match.venue,
    match.role && texts.match.role(match.role),
    texts.match.status[match.status],
  ]),
});

/** Those who are shown, with how to reach them and what they have next. */
export const peopleTable = (
  people: readonly Person[],
  today: string,
  { texts, format }: Pick<Words, "texts" | "format">,
): Table => ({
  title: texts.app.views.people,
  columns: [
    { label: texts.people.name, kind: "text" },
    { label: texts.people.numberShort, kind: "text" },
    { label: texts.people.phone, kind: "text" },
    { label: texts.people.email, kind: "text" },
    { label: texts.people.thisWeek, kind: "number" },
    { label: texts.people.season, kind: "number" },
    ...kickoffColumns(texts),
    { label: texts.people.next, kind: "text" },
  ],
  rows: people.map((person) => {
    const { thisWeek, coming } = loadOf(person, today);
    const [next] = coming;
    return [
      person.name,
      person.number,
      person.phone === null ? null : phoneText(person.phone),
      person.email,
      thisWeek.length,
      person.matches.length,
      ...kickoffCells(next?.kickoff ?? null, format),
      next?.title ?? null,
    ];
  }),
});
