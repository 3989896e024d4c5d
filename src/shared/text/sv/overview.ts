import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

const ofMany = (matches: number, competition: string | null): string =>
  `${count(matches, { one: "# match", other: "# matcher" })}${competition === null ? "" : ` i ${competition}`}`;

export const overview = {
  tiles: {
    feed: "Flöde",
    calendars: "Kalendrar",
    alerts: "Larm",
    lastMessage: "Senaste meddelande",
    lastWrite: "Senast skrivet",
    lastAlert: "Senaste larm",
    noMessage: "Inget hört sedan starten",
    noWrite: "Inget skrivet än",
    noAlert: "Inget noterat",
    calendarsWell: (calendars) => count(calendars, { one: "Uppdaterad", other: "Alla # uppdaterade" }),
    calendarsOff: "Ingen kalender är vald",
    waiting: (events) => count(events, { one: "# händelse väntar", other: "# händelser väntar" }),
    inCalendar: (events) => count(events, { one: "# händelse på plats", other: "# händelser på plats" }),
  },
  counters: {
    title: "Sedan starten",
    received: "Mottagna",
    valid: "Giltiga",
    invalid: "Ogiltiga",
    duplicates: "Dubbletter",
    rejectedMatches: "Avvisade",
    changes: "Ändringar",
    calendarWrites: "Skrivningar",
    calendarFailures: "Skrivfel",
    reconnects: "Återansluten",
    cycle: "Senaste körning",
  },
  changes: {
    title: "Sedan du tittade senast",
    unseen: (matches) => count(matches, { one: "# match har nyheter", other: "# matcher har nyheter" }),
    added: (matches) => count(matches, { one: "# ny match", other: "# nya matcher" }),
    contacts: (matches) =>
      count(matches, { one: "Andra kontaktuppgifter i # match", other: "Andra kontaktuppgifter i # matcher" }),
    before: (matches) =>
      count(matches, { one: "# match till som ändrades före dessa", other: "# matcher till som ändrades före dessa" }),
    gone: (matches, competition) => `Inte längre i listan: ${ofMany(matches, competition)}`,
    returned: (matches, competition) => `I listan igen: ${ofMany(matches, competition)}`,
    noneUnseen: "Inget nytt",
    earlier: "Sedda tidigare",
    empty: "Inga ändringar än",
    emptyAbout: "När en match ändras visas det gamla och det nya värdet här.",
  },
  matches: {
    title: "Kommande matcher",
    empty: "Inga matcher de närmaste dagarna",
    emptyAbout: "Matcher visas så snart FOGIS berättar om dem.",
  },
} satisfies Texts["overview"];
