import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const alertsView = {
  active: "Aktiva",
  noneActive: "Inget behöver dig",
  noneActiveAbout: "När något går sönder, eller flödet självt rapporterar ett fel, står det här tills det är avklarat.",
  snoozed: "Väntar",
  history: "Historik",
  noHistory: "Inget har noterats än",
  noHistoryAbout: "Larm finns kvar här när de har kvitterats eller deras orsak är borta.",
  group: {
    system: "Larm från flödet",
    feed: "Flödet",
    "quiet-channel": "Tysta kanaler",
    gap: "Luckor",
    source: "Matchlistan",
    calendar: "Kalendrar",
    "sign-in-expiring": "Inloggningar som går ut",
    "confirm-removal": "Borttagningar som väntar",
    journal: "Journalen",
    "invalid-rising": "Ogiltiga meddelanden",
    "cycle-failed": "Misslyckade körningar",
  },
  inGroup: (alerts) => count(alerts, { one: "# larm", other: "# larm" }),
  times: (times) => `${times.times}, först ${times.first}, senast ${times.last}`,
  once: (moment) => `sedan ${moment}`,
  until: (moment) => `dolt till ${moment}`,
  acknowledgedAt: (moment) => `kvitterat ${moment}`,
  resolvedAt: (resolved) => `över ${resolved.moment}, varade ${resolved.lasted}`,
  state: { acknowledged: "Kvitterat", resolved: "Över" },
  undo: "Ångra",
  wake: "Visa igen",
  reopen: "Gör aktivt igen",
  reactivated: "Aktivt igen.",
  hour: "Vänta en timme",
  stream: "Se meddelandena",
  about: {
    system: {
      why: "Matchprocessorn eller någon annan del av FOGIS-kedjan rapporterade detta själv över Redis.",
      remedy: "Fråga dem som sköter matchprocessorn om det fortsätter. Kvittera när du känner till det.",
    },
    "quiet-channel": {
      why: "Kanalen har varit tyst mycket längre än den brukar. Ändringar kanske inte kommer fram.",
      remedy: "Se efter om matchprocessorn går. Larmet försvinner av sig självt när något hörs igen.",
    },
    gap: {
      why: "Avspark kunde inte lyssna ett tag. Det som publicerades då hördes inte, och ingen hel lista har berättat det sedan.",
      remedy: "Hämta matchlistan, om en är inställd; den berättar allt som missades.",
    },
    "sign-in-expiring": {
      why: "När inloggningen går ut uppdateras kalendern inte längre.",
      remedy: "Logga in igen nu; inget går förlorat på att göra det i god tid.",
    },
    "confirm-removal": {
      why: "Fler händelser än vanligt skulle tas bort på en gång. Det gör Avspark inte utan att bli tillsagt.",
      remedy: "Titta på vad som skulle tas bort, och släpp fram det om det stämmer.",
    },
    "invalid-rising": {
      why: "Många meddelanden gick inte att läsa. Avsändaren kan ha ändrat deras form.",
      remedy: "Titta på vad som avvisades och varför. När Avspark kan läsa dem kan de spelas upp igen.",
    },
    "cycle-failed": {
      why: "Matchprocessorn rapporterade att en körning misslyckades. Ändringar i den kan komma senare eller inte alls.",
      remedy: "En misslyckad körning rättar oftast till sig med nästa. Fortsätter de, fråga dem som sköter den.",
    },
  },
  rules: {
    title: "Vad som aviserar",
    level: "Nivå",
    notifies: "Aviserar",
    severity: "Allvar",
    rule: {
      always: "Alltid",
      "outside-quiet-hours": "Utom tysta timmar",
      "always-without-quiet": "Alltid",
      never: "Aldrig",
    },
    muted: "Tystat till nästa start: inget aviserar.",
    quietHours: "Tysta timmar",
    quiet: (hours) => `${hours}. Bara kritiska larm aviserar då.`,
    quietNow: (until) => `Det är tyst nu, till ${until}.`,
    noQuiet: "Inga är inställda.",
    change: { notify: "Ändra vad som aviserar", quietHours: "Ändra tysta timmar" },
    once: "Samma orsak aviserar en gång, och igen bara om den förvärras. När orsaken är borta stängs aviseringen. Det som är kvitterat eller väntar aviserar inte.",
  },
  keys: "J och K flyttar, Enter visar detaljer, A kvitterar, H väntar en timme.",
} satisfies Texts["alertsView"];
