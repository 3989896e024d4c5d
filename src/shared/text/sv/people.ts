import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const people = {
  count: (people) => count(people, { one: "# domare", other: "# domare" }),
  inWeek: (matches) => count(matches, { one: "# i veckan", other: "# i veckan" }),
  number: (number) => `Domarnummer ${number}`,
  search: "Hitta en domare: namn, nummer, telefon …",
  empty: "Inga domare än",
  emptyAbout: "De visas så snart det finns matcher med tillsatta domare.",
  nobody: "Ingen heter så",
  nobodyAbout: "Prova ett kortare ord eller en del av ett nummer.",
  noComing: "Inga kommande matcher",
  back: "Alla domare",
  copy: "Kopiera kommande matcher",
  mail: "Mejla kommande matcher",
  name: "Namn",
  numberShort: "Nummer",
  phone: "Telefon",
  email: "E-post",
  role: "Roll",
  next: "Nästa match",
  calendarFile: "Kalenderfil",
  weeks: { week: "Vecka", roles: "Roller", time: "Speltid", travel: "Resa" },
  after: (between) => `${between} efter matchen före`,
  told: ({ at, by }) => `Informerad ${at}${by === null ? "" : ` av ${by}`}`,
  changedSince: "ändrad sedan dess",
  contact: "Kontakt",
  season: "Alla matcher vi känner till",
  thisWeek: "Den här veckan",
  later: "Längre fram",
  played: "Spelade",
  none: "Inga",
  notFound: "Ingen med det namnet har någon match här",
  notFoundAbout: "Domaren kan ha lämnat återbud, eller så finns matchen inte längre i listan.",
  subject: "Dina kommande matcher",
} satisfies Texts["people"];
