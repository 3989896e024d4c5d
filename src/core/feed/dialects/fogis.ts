import { z } from "zod";
import type { Contact, Official } from "../../../shared/match.ts";
import { dialect, type Told, wireDigits, wireFlag, wireList, wireNumber, wireText } from "./dialect.ts";
import { fogisKickoff, unknownKickoff } from "./kickoff.ts";
import { firstTold, statusOfFlags, tellText, toldPeople, toldPosition, toldText } from "./words.ts";

/** The match as FOGIS itself words it: all there is to know. */

const personSchema = z.object({
  personnamn: wireText,
  namn: wireText,
  mobiltelefon: wireDigits,
  telefon: wireDigits,
  telefonarbete: wireDigits,
  epostadress: wireText,
});
const officialSchema = personSchema.extend({ domarrollnamn: wireText });
const contactSchema = personSchema.extend({ lagnamn: wireText });

/** What the guide's dialect shares with FOGIS. */
export const fogisShape = {
  matchnr: wireDigits,
  tavlingnamn: wireText,
  anlaggningnamn: wireText,
  anlaggningLatitud: wireNumber,
  anlaggningLongitud: wireNumber,
  tid: wireText,
  speldatum: wireText,
  avsparkstid: wireText,
  installd: wireFlag,
  avbruten: wireFlag,
  uppskjuten: wireFlag,
  arslutresultat: wireFlag,
  domaruppdraglista: wireList(officialSchema.nullable()),
  kontaktpersoner: wireList(contactSchema.nullable()),
};
const fogisShared = z.object(fogisShape);

const nameOf = (person: z.infer<typeof personSchema>): string | null => firstTold(person.personnamn, person.namn);
const phoneOf = (person: z.infer<typeof personSchema>): string | null =>
  firstTold(person.mobiltelefon, person.telefon, person.telefonarbete);

const toOfficial = (person: z.infer<typeof officialSchema>): Official | null => {
  const name = nameOf(person);
  if (name === null) return null;
  return { role: toldText(person.domarrollnamn), name, phone: phoneOf(person), email: toldText(person.epostadress) };
};

const toContact = (person: z.infer<typeof contactSchema>): Contact | null => {
  const name = nameOf(person);
  if (name === null) return null;
  return { team: toldText(person.lagnamn), name, phone: phoneOf(person), email: toldText(person.epostadress) };
};

/** All but the teams and the kick-off. */
export const tellFogis = (match: z.infer<typeof fogisShared>, told: Told): void => {
  tellText(told, "number", firstTold(match.matchnr));
  tellText(told, "competition", toldText(match.tavlingnamn));
  tellText(told, "venue", toldText(match.anlaggningnamn));
  const position = toldPosition(match.anlaggningLatitud, match.anlaggningLongitud);
  if (position !== null) told.position = position;
  const officials = toldPeople(match.domaruppdraglista, toOfficial);
  if (officials !== null) told.officials = officials;
  const contacts = toldPeople(match.kontaktpersoner, toContact);
  if (contacts !== null) told.contacts = contacts;
  const status = statusOfFlags({
    cancelled: match.installd,
    abandoned: match.avbruten,
    postponed: match.uppskjuten,
    completed: match.arslutresultat,
  });
  if (status !== null) told.status = status;
};

export const readFogis = dialect(z.object({ ...fogisShape, lag1namn: wireText, lag2namn: wireText }), (match, told) => {
  tellText(told, "home", toldText(match.lag1namn));
  tellText(told, "away", toldText(match.lag2namn));
  tellFogis(match, told);
  const kickoff = fogisKickoff(
    match.tid,
    [{ key: "speldatum", value: match.speldatum }],
    [{ key: "avsparkstid", value: match.avsparkstid }],
  );
  // FOGIS knows all there is: where it tells no kick-off, none is decided.
  return kickoff.kind === "not-told" ? unknownKickoff : kickoff;
});
