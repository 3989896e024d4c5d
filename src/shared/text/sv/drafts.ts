import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

const factsAfter = (when: string): string => `{match}
${when}: {when}
Plan: {venue}
Tävling: {competition}
Matchnummer: {number}`;
const facts = factsAfter("Spelas");
const factsOff = factsAfter("Skulle ha spelats");

export const drafts = {
  write: "Skriv",
  title: (matches) => count(matches, { one: "Skriv om matchen", other: "Skriv om # matcher" }),
  about: "Avspark skickar inget: utkastet öppnas i ditt mejlprogram, eller kopieras till ett sms.",
  to: "Till",
  nobody: "Ingen är tillsatt i matchen.",
  noEmail: (people) => count(people, { one: "# utan e-post", other: "# utan e-post" }),
  kind: "Mall",
  byMatch: "Efter vad som har hänt",
  language: "Språk",
  subject: "Ämne",
  text: "Text",
  open: "Öppna i mejlprogrammet",
  openPart: ({ part, of }) => `Öppna mejl ${part} av ${of}`,
  cut: "Texten är längre än vad ett mejlprogram tar emot den här vägen: slutet kommer inte med. Kopiera den och klistra in den.",
  copyText: "Kopiera till sms",
  copyNumbers: "Kopiera telefonnummer",
  edit: "Ändra mallarna",
  several: (matches) => count(matches, { one: "Om # match", other: "Om # matcher" }),
  kinds: {
    moved: "Flyttad",
    "called-off": "Inställd",
    postponed: "Uppskjuten",
    "on-again": "Spelas ändå",
    "open-place": "Ledig plats",
    match: "Om matchen",
  },
  fields: "Fält som byts ut mot matchens uppgifter",
  unknown: (fields) => `Det finns inget fält som heter ${fields}.`,
  ours: "Använd vår mall",
  template: {
    moved: {
      subject: "Ändrad: {match}",
      text: `Hej!\n\nMatchen har ändrats.\n{changes}\n\n${facts}\n\nSvara gärna så att jag vet att du har sett det.\n\n{link}`,
    },
    "called-off": {
      subject: "Inställd: {match}",
      text: `Hej!\n\nMatchen är inställd.\n\n${factsOff}\n\nSvara gärna så att jag vet att du har sett det.\n\n{link}`,
    },
    postponed: {
      subject: "Uppskjuten: {match}",
      text: `Hej!\n\nMatchen är uppskjuten. Ny tid kommer senare.\n\n${factsOff}\n\nSvara gärna så att jag vet att du har sett det.\n\n{link}`,
    },
    "on-again": {
      subject: "Spelas ändå: {match}",
      text: `Hej!\n\nMatchen spelas ändå.\n{changes}\n\n${facts}\n\nSvara gärna så att jag vet att du har sett det.\n\n{link}`,
    },
    "open-place": {
      subject: "Kan du döma? {match}",
      text: `Hej!\n\nVi saknar någon i matchen. Kan du?\nLedig plats: {open}\n\n${facts}\n\n{officials}\n\n{link}`,
    },
    match: { subject: "{match}", text: `Hej!\n\n${facts}\n\n{officials}\n\n{link}` },
  },
} satisfies Texts["drafts"];
