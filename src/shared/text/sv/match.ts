import type { PlayingTime } from "../../match.ts";
import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const match = {
  versus: "–",
  unknownTeam: "Okänt lag",
  noKickoff: "Avspark ej satt",
  noVenue: "Okänd plan",
  noReferee: "Ingen huvuddomare",
  status: {
    scheduled: "Planerad",
    postponed: "Uppskjuten",
    cancelled: "Inställd",
    abandoned: "Avbruten",
    completed: "Spelad",
  },
  field: {
    kickoff: "Avspark",
    status: "Status",
    venue: "Plan",
    officials: "Domare",
    home: "Hemmalag",
    away: "Bortalag",
    competition: "Tävling",
    number: "Matchnummer",
    position: "Läge",
    contacts: "Kontakter",
    openPlaces: "Ej tillsatta platser",
    playingTime: "Speltid",
    venueId: "Anläggningens id",
    homeId: "Hemmalagets id",
    awayId: "Bortalagets id",
    competitionId: "Tävlingens id",
  },
  playingTime: ({ halves, halfMinutes, pauseMinutes }: PlayingTime) =>
    `${halves} × ${halfMinutes} min${pauseMinutes === null ? "" : `, ${pauseMinutes} min paus`}`,
  change: {
    added: "Ny match",
    gone: "Inte längre i listan",
    returned: "Åter i listan",
    urgent: "Brådskande",
    unseen: "Ny sedan du tittade senast",
    from: "före",
    to: "efter",
    nobody: "ingen",
    officials: (officials) => count(officials, { one: "# domare", other: "# domare" }),
    contacts: (contacts) => count(contacts, { one: "# kontakt", other: "# kontakter" }),
    contactsChanged: "Kontaktuppgifter ändrade",
    assigned: (names) => `tillsatt: ${names}`,
    removed: (names) => `borttagen: ${names}`,
  },
  dialect: { fogis: "FOGIS", enhanced: "Utökad (v2)", legacy: "Äldre (v1)", guide: "Guiden" },
  way: { http: "matchlistan", manual: "en lista för hand" },
  target: { ics: "Kalenderfil", google: "Google", caldav: "CalDAV", program: "Programmet" },
  placement: {
    waiting: "Väntar på att skrivas",
    there: "I kalendern",
    failed: "Kunde inte skrivas",
    differs: "Ändrad av någon i kalendern",
    skipped: {
      "no-kickoff": "Inte i kalendern: avspark saknas",
      "too-old": "Rörs inte: för gammal",
      gone: "Inte i kalendern: inte längre i listan",
      undone: "Ångrad: lämnas i fred tills matchen ändras",
    },
    none: "Inte i den här kalendern",
  },
  targetState: {
    idle: "Aktuell",
    working: "Skriver",
    waiting: "Väntar",
    "needs-person": "Behöver dig",
    "needs-preview": "Titta på första synkningen innan den görs",
    "needs-confirmation": (removals) =>
      count(removals, { one: "Frågar innan # händelse tas bort", other: "Frågar innan # händelser tas bort" }),
    off: { demo: "Av i demon", unconfigured: "Inte inställd" },
  },
  warning: {
    "no-kickoff": "Avspark ej satt",
    "no-referee": "Ingen huvuddomare och mindre än 7 dagar kvar",
    "late-change": "Avspark ändrad mindre än 48 timmar före",
    "double-booked": (official) => `${official} är på annat håll för nära i tid`,
  },
  matches: (matches) => count(matches, { one: "# match", other: "# matcher" }),
  changes: (changes) => count(changes, { one: "# ändring", other: "# ändringar" }),
} satisfies Texts["match"];
