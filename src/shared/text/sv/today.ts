import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const today = {
  heard: "hördes",
  todo: "Att göra",
  waiting: (items) => count(items, { one: "# väntar på dig", other: "# väntar på dig" }),
  nothingAbout: "Här visas lediga platser, ändringar som någon behöver få veta och kalendrar som behöver dig.",
  well: (items) =>
    count(items, { one: "Allt fungerar; # sak väntar på dig", other: "Allt fungerar; # saker väntar på dig" }),
  informed: "Informerad",
  informedOf: (name) => `${name} är informerad`,
  told: "Antecknat som informerad.",
  untold: "Ska fortfarande informeras.",
  allInformed: "Alla är informerade",
  seen: "Sett",
  openPlaces: {
    "open-this-week": "Lediga platser den här veckan",
    "open-next-week": "Lediga platser nästa vecka",
  },
  whoIsFree: "Vem är ledig?",
  freeAbout: "Ingen av dem har en match i vägen. Tillsättningen görs i FOGIS.",
  role: "Roll",
  nobodyFree: "Ingen vi känner till är ledig då",
  heldRole: (times) => count(times, { one: "haft rollen # gång", other: "haft rollen # gånger" }),
  before: "Före:",
  after: "Efter:",
  notes: "Anteckningar",
  noteAdd: "Skriv en anteckning",
  noteSave: "Spara anteckningen",
  noteRemove: "Ta bort anteckningen",
  noNotes: "Anteckningar syns för alla som använder samma Avspark.",
} satisfies Texts["today"];
