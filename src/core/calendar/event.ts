import type { SkipReason } from "../../shared/calendar.ts";
import { minuteMs } from "../../shared/duration.ts";
import type { EventDetail } from "../../shared/event-details.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import {
  type Address,
  type Match,
  type MatchStatus,
  matchPageOf,
  matchTitle,
  type Official,
} from "../../shared/match.ts";
import { playedMinutes, usualMinutes } from "../../shared/playing-time.ts";
import { stockholmTime } from "../../shared/text/format.ts";
import type { Desired } from "../keeper/target.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Digest } from "../ports.ts";
import type { WantedEvent } from "./port.ts";
import { type EventStyle, usualStyle } from "./style.ts";

/** Marked in the summary, which every calendar shows; never a deletion. */
const marks: Readonly<Record<MatchStatus, string>> = {
  scheduled: "",
  completed: "",
  cancelled: "INSTÄLLD: ",
  postponed: "UPPSKJUTEN: ",
  abandoned: "AVBRUTEN: ",
};

/**
 * Text that every calendar can hold and gives back as it was: no control characters, no halves of surrogate pairs, no
 * white space that a server might trim. null when nothing is left.
 */
export const clean = (text: string | null): string | null => {
  const tidy = (text ?? "")
    .replace(/[\p{Cc}\p{Cs}]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  return tidy === "" ? null : tidy;
};

/** As the predecessor linked it. */
const pageOf = (match: Match): string | null => matchPageOf(clean(match.id) ?? "");

const titleOf = ({ id, number, home, away }: Match): string =>
  matchTitle({ id, number: clean(number), home: clean(home), away: clean(away) });

type Person = Pick<Official, "name" | "phone" | "phones" | "email" | "address">;

const addressOf = ({ careOf, street, postalCode, city, country }: Address): string | null =>
  clean(
    [careOf && `c/o ${careOf.replace(/^c\/o\s*/i, "")}`, street, [postalCode, city].filter(Boolean).join(" "), country]
      .filter(Boolean)
      .join(", "),
  );

const linesOf: Readonly<Record<EventDetail, (person: Person) => readonly string[]>> = {
  mobile: ({ phones }) => labelled("Mobil", [phones.mobile]),
  phone: ({ phone, phones: { mobile, home, work } }) =>
    labelled(
      "Telefon",
      [home, work, phone].filter((number) => number !== mobile),
    ),
  email: ({ email }) => labelled("E-post", [email]),
  address: ({ address }) => labelled("Adress", [address && addressOf(address)]),
};

const labelled = (label: string, texts: readonly (string | null)[]): readonly string[] =>
  [...new Set(texts.map(clean))].flatMap((text) => (text === null ? [] : [`${label}: ${text}`]));

/** The one number and the address that events of 0.1 told of a person. */
const firstLinesOf = ({ phone, email }: Person): readonly string[] => [
  ...labelled("Telefon", [phone]),
  ...labelled("E-post", [email]),
];

/** When those who are in the match are to be there; without a kick-off, nobody knows. */
const gatheringOf = ({ kickoff }: Match, minutes: number): readonly string[] =>
  kickoff === null || minutes === 0
    ? []
    : [`Samling: ${stockholmTime(instantOf(startOf(kickoff) - minutes * minuteMs))}`];

/** Nothing in here moves without a real change: no time of writing, no version. */
const descriptionOf = (
  match: Match,
  gathering: readonly string[],
  reachOf: (person: Person) => readonly string[],
): string => {
  const [competition, number, page] = [clean(match.competition), clean(match.number), pageOf(match)];
  const about = (label: string, person: Person): string =>
    [`${label}: ${clean(person.name) ?? "?"}`, ...reachOf(person)].join("\n");
  return [
    [
      ...(competition === null ? [] : [competition]),
      ...(number === null ? [] : [`Matchnummer: ${number}`]),
      ...gathering,
    ].join("\n"),
    ...match.officials.map((official) => about(clean(official.role) ?? "Domare", official)),
    ...match.contacts.map((contact) => about(`Kontakt ${clean(contact.team) ?? ""}`.trim(), contact)),
    ...(page === null ? [] : [`Matchsida: ${page}`]),
  ]
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
};

/** To the second, as calendars have it. */
const startOf = (kickoff: Instant): number => Math.floor(Date.parse(kickoff) / 1000) * 1000;

/** A position to the decimetre: finer differences are noise, not a change. */
const positionOf = ({ position }: Match): Match["position"] =>
  position && { latitude: Number(position.latitude.toFixed(6)), longitude: Number(position.longitude.toFixed(6)) };

/** SHA-256 over canonical JSON of what the match says, in this order. It is the whole content hash of 0.1. */
const askOf = (event: Omit<WantedEvent, "hash">, digest: Digest): string =>
  digest(
    JSON.stringify([
      event.id,
      event.summary,
      event.description,
      event.location,
      event.start,
      event.end,
      event.cancelled,
      event.url,
      event.position && [event.position.latitude, event.position.longitude],
    ]),
  );

/** The content hash: over the fields we own. */
const contentHash = (event: Omit<WantedEvent, "hash">, digest: Digest): string =>
  digest(JSON.stringify([askOf(event, digest), event.reminders]));

type EventOptions = { readonly digest: Digest; readonly style?: EventStyle };

/** Nobody is to be reminded of a match that is not played then. */
const isPlayed = ({ status }: Match): boolean => status === "scheduled" || status === "completed";

/** The event that a match should have, whatever is in any calendar; or why it can have none. */
export const wantedEvent = (
  match: Match,
  { digest, style = usualStyle }: EventOptions,
): WantedEvent | { readonly skip: SkipReason } => {
  if (match.kickoff === null) return { skip: "no-kickoff" };
  const start = startOf(match.kickoff);
  const minutes = playedMinutes(match.playingTime, { untold: style.untoldMinutes });
  const gathering = gatheringOf(match, style.gatheringMinutes);
  const event = {
    id: match.id,
    summary: `${marks[match.status]}${titleOf(match)}`,
    description: descriptionOf(match, gathering, (person) =>
      style.details.flatMap((detail) => linesOf[detail](person)),
    ),
    location: clean(match.venue),
    start: instantOf(start),
    end: instantOf(start + minutes * minuteMs),
    cancelled: match.status === "cancelled",
    url: pageOf(match),
    position: positionOf(match),
    reminders: isPlayed(match) ? style.reminders : [],
  };
  return { ...event, hash: contentHash(event, digest) };
};

/** Without what a setting of ours decides: as an event of 0.1 had it, so that a person's word from then still holds. */
const asFirst = (wanted: WantedEvent, match: Match): WantedEvent => ({
  ...wanted,
  description: descriptionOf(match, [], firstLinesOf),
  end: instantOf(Date.parse(wanted.start) + usualMinutes * minuteMs),
});

/** What a match asks of every calendar. */
export const desiredOf = (record: MatchRecord, options: EventOptions): Desired<WantedEvent> => {
  // A list may be broken, so the guard looks at what is gone by one; what a person removed is meant.
  const rev = Date.parse(record.changedAt);
  if (record.goneAt !== null) return { kind: "none", reason: record.goneBy === "person" ? "removed" : "gone", rev };
  if (record.declinedAt !== null) return { kind: "none", reason: "declined", rev };
  const wanted = wantedEvent(record.match, options);
  return "skip" in wanted
    ? { kind: "none", reason: wanted.skip, rev }
    : { kind: "item", item: { ...wanted, rev }, ask: askOf(asFirst(wanted, record.match), options.digest) };
};
