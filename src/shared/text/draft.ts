import type { MatchItem, MatchWaiting } from "../desk.ts";
import { type DraftField, type DraftKind, filled, type Template, type Templates } from "../draft-templates.ts";
import type { Language } from "../language.ts";
import { matchPageOf, matchTitle } from "../match.ts";
import type { MatchView } from "../snapshot.ts";
import { changeText } from "./change.ts";
import type { Wording } from "./sentences.ts";

/** A match that somebody is written to about, and what waits in it. */
export type DraftMatch = { readonly match: MatchView; readonly waiting: MatchWaiting | null };

export type Recipient = { readonly name: string; readonly phone: string | null; readonly email: string | null };

export type Draft = { readonly subject: string; readonly text: string };

const kinds: Readonly<Record<MatchItem["kind"], DraftKind>> = {
  "called-off": "called-off",
  postponed: "postponed",
  "on-again": "on-again",
  moved: "moved",
  "no-referee": "open-place",
  "open-place": "open-place",
  withdrawn: "open-place",
  "double-booked": "match",
};

/** What a draft about it would be of: news before what is lacking. */
export const draftKindOf = ({ waiting }: DraftMatch): DraftKind => {
  const found = waiting?.items.map(({ kind }) => kinds[kind]) ?? [];
  return found.find((kind) => kind !== "open-place" && kind !== "match") ?? found[0] ?? "match";
};

/** Everybody whom it concerns, once: those who have a place, and those whom what waits names. */
export const recipientsOf = (matches: readonly DraftMatch[]): readonly Recipient[] => {
  const all = matches.flatMap(({ match, waiting }) => [
    ...match.officials,
    ...(waiting?.items.flatMap(({ people }) => people) ?? []),
  ]);
  return [
    ...new Map(all.map(({ name, phone, email }) => [email ?? phone ?? name, { name, phone, email }] as const)).values(),
  ];
};

const changesOf = (waiting: MatchWaiting | null, wording: Wording): string =>
  (waiting?.items ?? [])
    .flatMap((item) => ("changes" in item ? item.changes : []))
    .map((difference) => {
      const text = changeText(difference, wording);
      return text.kind === "values" ? `${text.label}: ${text.before} → ${text.after}` : text.label;
    })
    .join("\n");

const valuesOf = ({ match, waiting }: DraftMatch, wording: Wording): Readonly<Record<DraftField, string>> => {
  const { texts, format } = wording;
  const { kickoff } = match;
  return {
    match: matchTitle(match),
    when: kickoff === null ? "" : `${format.weekday(kickoff)} ${format.time(kickoff)}`,
    venue: match.venue ?? "",
    competition: match.competition ?? "",
    number: match.number ?? "",
    changes: changesOf(waiting, wording),
    open: match.openPlaces.map(texts.match.role).join(", "),
    officials: match.officials
      .map(({ name, role }) => (role === null ? name : `${texts.match.role(role)}: ${name}`))
      .join("\n"),
    link: matchPageOf(match.id) ?? "",
  };
};

type Choice = {
  readonly matches: readonly DraftMatch[];
  /** null: of each match what has happened to it. */
  readonly kind: DraftKind | null;
  readonly language: Language;
  readonly templates: Templates;
};

export const templateOf = (
  kind: DraftKind,
  { language, templates }: Pick<Choice, "language" | "templates">,
  { texts }: Pick<Wording, "texts">,
): Template => templates[kind]?.[language] ?? texts.drafts.template[kind];

/** What one would write about these matches, in the language of the wording. */
export const draftOf = (choice: Choice, wording: Wording): Draft => {
  const drafts = choice.matches.map((one) => {
    const template = templateOf(choice.kind ?? draftKindOf(one), choice, wording);
    const values = valuesOf(one, wording);
    return { subject: filled(template.subject, values), text: filled(template.text, values) };
  });
  const [first] = drafts;
  if (first === undefined) return { subject: "", text: "" };
  if (drafts.length === 1) return first;
  return {
    subject: wording.texts.drafts.several(drafts.length),
    text: drafts.map(({ text }) => text).join("\n\n* * *\n\n"),
  };
};

/** What every system's mail program takes as an address: Windows takes the least. */
const longest = 1900;

export type Mail = {
  readonly url: string;
  /** The text was longer than an address can be, and ends with what fits. */
  readonly cut: boolean;
};

const line = "\r\n";

const mailTo = (addresses: string, { subject, text }: Draft): Mail => {
  const head = `mailto:${addresses}?subject=${encodeURIComponent(subject)}&body=`;
  const lines = text.split("\n");
  const body = (count: number): string =>
    encodeURIComponent([...lines.slice(0, count), ...(count < lines.length ? ["…"] : [])].join(line));
  let count = lines.length;
  while (count > 0 && head.length + body(count).length > longest) count -= 1;
  return { url: head + body(count), cut: count < lines.length };
};

/** Half of an address may be taken by whom it goes to; who does not fit gets a mail of their own. */
const groupsOf = (emails: readonly string[]): readonly string[] => {
  const groups: string[] = [];
  for (const email of emails) {
    const address = encodeURIComponent(email).replaceAll("%40", "@");
    const last = groups.at(-1);
    if (last !== undefined && last.length + address.length + 1 <= longest / 2)
      groups[groups.length - 1] = `${last},${address}`;
    else groups.push(address);
  }
  return groups;
};

/** The mails, opened in the system's own program, that carry a draft to these people (RFC 6068). */
export const mailsOf = (emails: readonly string[], draft: Draft): readonly Mail[] =>
  groupsOf([...new Set(emails)]).map((addresses) => mailTo(addresses, draft));
