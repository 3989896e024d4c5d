import { roleIn } from "../../../shared/fogis-words.ts";
import { type EnteredMatch, enteredMatchSchema, type MatchStatus } from "../../../shared/match.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { stockholmDay, stockholmInstant } from "../../../shared/text/format.ts";

export type OfficialDraft = Readonly<Record<"role" | "name" | "phone" | "email", string>> & {
  /** Which line of the form it is, whatever lines there are before it. */
  readonly line: number;
};

/** A match as it stands in the form: nothing is an empty text. Day and time are Stockholm's. */
export type Draft = Readonly<Record<"home" | "away" | "day" | "time" | "venue" | "competition", string>> & {
  readonly status: MatchStatus;
  readonly officials: readonly OfficialDraft[];
};

/** As FOGIS calls them. */
export const usualRoles = ["Huvuddomare", "Assisterande 1", "Assisterande 2", "Fjärdedomare"] as const;

/** A role in the words of whoever reads the form; FOGIS's stand in the match. */
type SayRole = (role: string) => string;

/** The officials with a further line, for the next of the usual roles. */
export const withLine = (officials: readonly OfficialDraft[], say: SayRole): readonly OfficialDraft[] => {
  const role = usualRoles.map(say).find((usual) => officials.every((official) => official.role !== usual)) ?? "";
  const line = 1 + Math.max(0, ...officials.map((official) => official.line));
  return [...officials, { line, role, name: "", phone: "", email: "" }];
};

export const emptyDraft = (say: SayRole): Draft => ({
  home: "",
  away: "",
  day: "",
  time: "",
  venue: "",
  competition: "",
  status: "scheduled",
  officials: withLine([], say),
});

export const draftOf = (
  match: MatchView,
  timeOf: (at: NonNullable<MatchView["kickoff"]>) => string,
  say: SayRole,
): Draft => ({
  home: match.home ?? "",
  away: match.away ?? "",
  day: match.kickoff === null ? "" : stockholmDay(match.kickoff),
  time: match.kickoff === null ? "" : timeOf(match.kickoff),
  venue: match.venue ?? "",
  competition: match.competition ?? "",
  status: match.status,
  officials: match.officials.map(({ role, name, phone, email }, line) => ({
    line,
    role: role === null ? "" : say(role),
    name,
    phone: phone ?? "",
    email: email ?? "",
  })),
});

/** What is wrong with the form: fields by their place in it, such as `home` and `officials.0.email`. */
type Read =
  | { readonly ok: true; readonly match: EnteredMatch }
  | { readonly ok: false; readonly faults: ReadonlySet<string> };

/** "15:00", "15.00" and "1500" are one time; null for what is none. */
const timeIn = (typed: string): string | null => {
  const [, hours, minutes] = /^(\d{1,2})[:.]?(\d{2})$/.exec(typed.trim()) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, "0")}:${minutes}`;
};

const filled = (text: string): string | null => (text.trim() === "" ? null : text);

/** The match that the form says, by the contract's own rules. A line of officials that names nobody is none. */
export const readDraft = (draft: Draft): Read => {
  const { day } = draft;
  const time = timeIn(draft.time);
  if (day === "" && time !== null) return { ok: false, faults: new Set(["day"]) };
  if (time === null && (day !== "" || draft.time.trim() !== "")) return { ok: false, faults: new Set(["time"]) };
  const named = draft.officials.flatMap((official, place) =>
    filled(official.name) === null ? [] : [{ official, place }],
  );
  const read = enteredMatchSchema.safeParse({
    home: draft.home,
    away: draft.away,
    kickoff: time === null ? null : stockholmInstant(day, time),
    venue: filled(draft.venue),
    competition: filled(draft.competition),
    status: draft.status,
    officials: named.map(({ official: { role, name, phone, email } }) => ({
      role: roleIn("sv", role),
      name,
      phone: filled(phone),
      email: filled(email.trim()),
    })),
  });
  if (read.success) return { ok: true, match: read.data };
  const faults = read.error.issues.map(({ path: [field, place, ...rest] }) =>
    field === "officials" && typeof place === "number"
      ? ["officials", named[place]?.place, ...rest].join(".")
      : String(field),
  );
  return { ok: false, faults: new Set(faults) };
};
