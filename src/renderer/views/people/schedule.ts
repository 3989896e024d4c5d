import type { Person } from "../../../shared/people.ts";
import { phoneText } from "../../parts/phone.ts";
import type { Words } from "../../words.tsx";

type Appointment = Person["matches"][number];

/** One match of somebody's on a line: when, which, where, as what. */
export const appointmentAsText = (match: Appointment, { texts, format }: Pick<Words, "texts" | "format">): string =>
  [
    match.kickoff === null ? texts.match.noKickoff : format.kickoff(match.kickoff),
    match.title,
    match.venue,
    match.role,
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

/** The system refuses longer addresses. */
const longest = 1900;

/** A mail to somebody with their matches in it; as many lines as an address may hold. */
export const mailUrl = (email: string, subject: string, body: string): string => {
  const head = `mailto:${encodeURI(email)}?subject=${encodeURIComponent(subject)}&body=`;
  const lines = body.split("\n");
  const fits = (count: number): boolean =>
    head.length + encodeURIComponent(lines.slice(0, count).join("\r\n")).length <= longest;
  let count = lines.length;
  while (count > 0 && !fits(count)) count -= 1;
  return head + encodeURIComponent(lines.slice(0, count).join("\r\n"));
};
