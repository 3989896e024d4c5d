import type { Language } from "./language.ts";

/**
 * FOGIS's words for what somebody is in a match and for how far an assignment has come. The first word of each language is
 * ours; the others mean the same.
 */
type Word = Readonly<Record<Language, readonly [string, ...string[]]>>;

const mainReferee: Word = { sv: ["Huvuddomare", "Domare"], en: ["Main referee", "Referee"] };

const roles: readonly Word[] = [
  mainReferee,
  { sv: ["Assisterande 1", "Assisterande domare 1"], en: ["Assistant 1", "Assistant referee 1"] },
  { sv: ["Assisterande 2", "Assisterande domare 2"], en: ["Assistant 2", "Assistant referee 2"] },
  { sv: ["Assisterande", "Assisterande domare"], en: ["Assistant", "Assistant referee"] },
  { sv: ["Fjärdedomare", "Fjärde domare", "4:e domare"], en: ["Fourth official"] },
  { sv: ["Andredomare", "Andra domare"], en: ["Second referee"] },
  { sv: ["Tredjedomare", "Tredje domare"], en: ["Third referee"] },
  { sv: ["Reservdomare"], en: ["Reserve referee"] },
  { sv: ["Tidtagare"], en: ["Timekeeper"] },
  { sv: ["Domarobservatör", "Observatör"], en: ["Referee observer", "Observer"] },
  { sv: ["Matchdelegat", "Delegat"], en: ["Match delegate", "Delegate"] },
  { sv: ["Domarcoach"], en: ["Referee coach"] },
  { sv: ["Mentor", "Fadder"], en: ["Mentor"] },
];

const assignments: readonly Word[] = [
  { sv: ["Tilldelat", "Tilldelad", "Tillsatt"], en: ["Assigned"] },
  { sv: ["Ej tillsatt", "Inte tillsatt", "Ej tilldelat", "Ej tilldelad"], en: ["Not assigned"] },
  { sv: ["Vakant", "Ledig"], en: ["Vacant"] },
  { sv: ["Preliminärt", "Preliminär"], en: ["Provisional"] },
  { sv: ["Föreslaget", "Föreslagen"], en: ["Proposed"] },
  { sv: ["Tillfrågad", "Förfrågan skickad"], en: ["Asked"] },
  { sv: ["Väntar på svar"], en: ["Waiting for an answer"] },
  { sv: ["Ej bekräftat", "Ej bekräftad", "Obekräftat", "Obekräftad"], en: ["Not confirmed"] },
  { sv: ["Bekräftat", "Bekräftad"], en: ["Confirmed"] },
  { sv: ["Accepterat", "Accepterad"], en: ["Accepted"] },
  { sv: ["Avböjt", "Avböjd", "Tackat nej"], en: ["Declined"] },
  { sv: ["Återlämnat", "Återlämnad"], en: ["Handed back"] },
  { sv: ["Återkallat", "Återkallad"], en: ["Recalled"] },
  { sv: ["Nekat", "Nekad"], en: ["Refused"] },
];

/** What FOGIS abbreviates. */
const shortRoles: ReadonlyMap<string, string> = new Map([
  ["dom", "Huvuddomare"],
  ["hd", "Huvuddomare"],
  ["ad1", "Assisterande 1"],
  ["ad2", "Assisterande 2"],
  ["4:e", "Fjärdedomare"],
  ["4d", "Fjärdedomare"],
]);

const folded = (said: string): string => said.trim().toLowerCase();

/** A role as FOGIS writes it in full; what is no abbreviation stays as it is. */
export const longRole = (said: string): string => shortRoles.get(folded(said)) ?? said;

const indexOf = (words: readonly Word[]): ReadonlyMap<string, Word> =>
  new Map(words.flatMap((word) => [...word.sv, ...word.en].map((one) => [folded(one), word] as const)));

const rolesByName = indexOf(roles);
const assignmentsByName = indexOf(assignments);

/** In a language; as it was said where it is of that language already, or where we do not know the word. */
const wordIn = (known: ReadonlyMap<string, Word>, said: string, language: Language): string => {
  const word = known.get(folded(said));
  if (word === undefined || word[language].some((one) => folded(one) === folded(said))) return said;
  return word[language][0];
};

export const roleIn = (language: Language, said: string): string => wordIn(rolesByName, longRole(said), language);

export const assignmentIn = (language: Language, said: string): string => wordIn(assignmentsByName, said, language);

export const isMainReferee = (role: string): boolean => rolesByName.get(folded(longRole(role))) === mainReferee;
