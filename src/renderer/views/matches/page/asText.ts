import { type Contact, matchTitle, type Official } from "../../../../shared/match.ts";
import type { MatchView } from "../../../../shared/snapshot.ts";
import type { Format } from "../../../../shared/text/format.ts";
import type { Texts } from "../../../../shared/text/type.ts";
import { roleText } from "../../../parts/match.ts";
import { phoneText } from "../../../parts/phone.ts";

type Words = { readonly texts: Texts; readonly format: Format };
type Person = Official | Contact;

export const placeOf = (person: Person, texts: Texts): string =>
  "role" in person ? roleText(person.role, texts) : (person.team ?? "");

const present = (parts: readonly (string | null)[]): readonly string[] =>
  parts.filter((part) => part !== null && part !== "") as readonly string[];

/** One person on a line: role, name, telephone, mail. */
export const personAsText = (person: Person, texts: Texts): string =>
  present([
    [placeOf(person, texts), person.name].filter(Boolean).join(": "),
    person.phone === null ? null : phoneText(person.phone),
    person.email,
  ]).join(", ");

/** A match as one would write it to somebody. */
export const matchAsText = (match: MatchView, { texts, format }: Words): string =>
  present([
    matchTitle(match),
    match.status === "scheduled" ? null : texts.match.status[match.status],
    match.kickoff === null ? texts.match.noKickoff : `${format.weekday(match.kickoff)} ${format.time(match.kickoff)}`,
    match.venue,
    present([match.competition, match.number]).join(", "),
    ...match.officials.map((official) => personAsText(official, texts)),
  ]).join("\n");

/** Where something came from, in words: a Redis channel by its name, the ways that are none by theirs. */
export const channelText = (channel: string, texts: Texts): string =>
  channel === "http" || channel === "manual" ? texts.match.way[channel] : channel;
