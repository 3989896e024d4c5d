import { z } from "zod";
import type { PlayingTime } from "../../../shared/match.ts";
import type { SaidContact, SaidOfficial } from "../../facts/facts.ts";
import { dialect, type Told, wireDigits, wireFlag, wireList, wireNumber, wireText } from "./dialect.ts";
import { fogisKickoff } from "./kickoff.ts";
import { firstTold, said, saidAddress, saidId, statusOfFlags, toldPeople, toldPosition, toldText } from "./words.ts";

/** The match as FOGIS itself words it: all there is to know. */

const personSchema = z.object({
  personnamn: wireText,
  namn: wireText,
  mobiltelefon: wireDigits,
  telefon: wireDigits,
  telefonarbete: wireDigits,
  epostadress: wireText,
  coadress: wireText,
  adress: wireText,
  postnr: wireDigits,
  postort: wireText,
  land: wireText,
});
const officialSchema = personSchema.extend({
  domarrollnamn: wireText,
  domarrollkortnamn: wireText,
  personid: wireDigits,
  domarnr: wireDigits,
  domaruppdragstatusnamn: wireText,
});
const contactSchema = personSchema.extend({ lagnamn: wireText });

/** What the guide's dialect shares with FOGIS. */
export const fogisShape = {
  matchnr: wireDigits,
  tavlingnamn: wireText,
  tavlingid: wireDigits,
  anlaggningnamn: wireText,
  anlaggningid: wireDigits,
  anlaggningLatitud: wireNumber,
  anlaggningLongitud: wireNumber,
  lag1lagid: wireDigits,
  lag2lagid: wireDigits,
  antalhalvlekar: wireNumber,
  tidperhalvlek: wireNumber,
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

type Person = z.infer<typeof personSchema>;
type Place = z.infer<typeof officialSchema>;

const nameOf = (person: Person): string | null => firstTold(person.personnamn, person.namn);

const reachOf = (person: Person) => ({
  email: said(person.epostadress),
  phones: {
    mobile: said(person.mobiltelefon),
    home: said(person.telefon),
    work: said(person.telefonarbete),
  },
  address: saidAddress({
    careOf: person.coadress,
    street: person.adress,
    postalCode: person.postnr,
    city: person.postort,
    country: person.land,
  }),
});

const toOfficial = (place: Place): SaidOfficial | null => {
  const name = nameOf(place);
  if (name === null) return null;
  return {
    role: said(place.domarrollnamn),
    name,
    ...reachOf(place),
    personId: saidId(place.personid),
    number: saidId(place.domarnr),
    roleShort: said(place.domarrollkortnamn),
    status: said(place.domaruppdragstatusnamn),
  };
};

/** Where nobody has the place: its role, when that is told. */
const toOpenPlace = (place: Place): string | null => (nameOf(place) === null ? toldText(place.domarrollnamn) : null);

const toContact = (person: z.infer<typeof contactSchema>): SaidContact | null => {
  const name = nameOf(person);
  return name === null ? null : { team: said(person.lagnamn), name, ...reachOf(person) };
};

/** FOGIS tells no pause. It writes 0 for a length that nobody has decided. */
const playingTimeOf = (match: z.infer<typeof fogisShared>): PlayingTime | undefined => {
  const { antalhalvlekar: halves, tidperhalvlek: halfMinutes } = match;
  if (!isCount(halves, mostHalves) || !isCount(halfMinutes, mostMinutes)) return undefined;
  return { halves, halfMinutes, pauseMinutes: null };
};

const mostHalves = 10;
const mostMinutes = 120;
const isCount = (value: number | null | undefined, most: number): value is number =>
  value != null && Number.isInteger(value) && value > 0 && value <= most;

/** All but the teams' names and the kick-off. */
export const tellFogis = (match: z.infer<typeof fogisShared>, told: Told): void => {
  told.number = said(match.matchnr);
  told.competition = said(match.tavlingnamn);
  told.competitionId = saidId(match.tavlingid);
  told.venue = said(match.anlaggningnamn);
  told.venueId = saidId(match.anlaggningid);
  told.position = toldPosition(match.anlaggningLatitud, match.anlaggningLongitud);
  told.homeId = saidId(match.lag1lagid);
  told.awayId = saidId(match.lag2lagid);
  told.playingTime = playingTimeOf(match);
  told.officials = toldPeople(match.domaruppdraglista, toOfficial);
  told.openPlaces = toldPeople(match.domaruppdraglista, toOpenPlace);
  told.contacts = toldPeople(match.kontaktpersoner, toContact);
  told.status = statusOfFlags({
    cancelled: match.installd,
    abandoned: match.avbruten,
    postponed: match.uppskjuten,
    completed: match.arslutresultat,
  });
};

export const readFogis = dialect(z.object({ ...fogisShape, lag1namn: wireText, lag2namn: wireText }), (match, told) => {
  told.home = said(match.lag1namn);
  told.away = said(match.lag2namn);
  tellFogis(match, told);
  return fogisKickoff(
    match.tid,
    [{ key: "speldatum", value: match.speldatum }],
    [{ key: "avsparkstid", value: match.avsparkstid }],
  );
});
