import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const checks = {
  summary: {
    passed: (checks) => count(checks, { one: "Kontrollen är godkänd", other: "Alla # kontroller är godkända" }),
    failed: (checks) =>
      count(checks.failed, {
        one: `# av ${checks.all} kontroller är underkänd`,
        other: `# av ${checks.all} kontroller är underkända`,
      }),
    running: (checks) => `Kontrollerar, ${checks.done} av ${checks.all}`,
    skipped: (checks) => count(checks, { one: "# gäller inte här", other: "# gäller inte här" }),
    never: "Inte körda än",
    notAll: "Några kontroller är inte körda",
    at: "senast körda",
  },
  runAll: "Kör alla",
  run: (phase) => `Kör ”${phase}”`,
  runOne: (title) => `Kör igen: ${title}`,
  copy: "Kopiera till supporten",
  list: (phase) => `Kontroller: ${phase}`,
  passedOf: (checks) => `${checks.passed} av ${checks.of}`,
  outcome: {
    passed: "Godkänd",
    failed: "Underkänd",
    skipped: "Gäller inte här",
    none: "Inte körd än",
    running: "Körs",
  },
  setting: "Öppna inställningen",
  phase: { before: "Före", after: "Efter", rollback: "Återgång" },
  phaseAbout: {
    before: "Vad som måste finnas på plats innan man litar på Avspark.",
    after: "Att allt fungerar hela vägen.",
    rollback: "Att det finns en väg tillbaka, utan Redis.",
  },
  title: {
    configuration: "Inställningarna är giltiga",
    redis: "Redis finns på plats",
    journal: "Journalen går att skriva",
    "calendar-target": "Kalendern är utpekad",
    connection: "Anslutningen till Redis är bekräftad",
    messages: "Mottagning av meddelanden är provad",
    statistics: "Prenumerationens statistik följs",
    "calendar-sync": "Synkningen till kalendern är bekräftad",
    monitoring: "Övervakning och larm är på plats",
    "fallback-configured": "REDIS_PUBSUB_ENABLED=false skulle lämna en väg in",
    "fallback-works": "Reservvägen över HTTP är bekräftad",
    stability: "Stabiliteten följs",
  },
  serverFault: {
    forgets: "Den har inget kvar av loggen efter en omstart: ange appendonly yes.",
    evicts: "Den tar bort det som finns när den är full: ange maxmemory-policy noeviction.",
    full: "Mer än fyra femtedelar av dess maxmemory används: ge den mer, eller sänk AVSPARK_CLUSTER_KEEP_HOURS.",
    clock: "Dess klocka och den här maskinens skiljer sig med mer än 5 s: låt NTP ställa båda.",
  },
  found: {
    configuration: (settings) =>
      `Alla ${settings.all} inställningar är giltiga; ${settings.changed} skiljer sig från standard.`,
    doorOpen:
      "Utan en token (avspark token add eller AVSPARK_HTTP_TOKEN) kan varje användare av datorn läsa kontaktuppgifter och styra över HTTP.",
    redis: (url) => `Redis svarar på ${url}.`,
    shared: {
      fit: "Servern som maskinerna delar är konfigurerad så som de behöver.",
      unseen: "Hur servern som maskinerna delar är konfigurerad gick inte att se: dess användare kan behöva +info.",
    },
    journal: (journal) =>
      count(journal.messages, {
        one: `Journalen går att skriva; den rymmer # meddelande på ${journal.size}.`,
        other: `Journalen går att skriva; den rymmer # meddelanden på ${journal.size}.`,
      }),
    "calendar-target": (calendars) => `Matcherna går till ${calendars}.`,
    connection: (connection) =>
      count(connection.channels, {
        one: `Lyssnar på # kanal, kontrollerat ${connection.proven}.`,
        other: `Lyssnar på # kanaler, kontrollerat ${connection.proven}.`,
      }),
    messages: "Ett meddelande gick genom Redis och kom tillbaka, och ett exempel avkodades.",
    statistics: (messages) =>
      count(messages.received, {
        one: `# meddelande mottaget, ${messages.invalid} ogiltiga, det senaste ${messages.last}.`,
        other: `# meddelanden mottagna, ${messages.invalid} ogiltiga, det senaste ${messages.last}.`,
      }),
    noMessage: "Inget meddelande har kommit än, men matchlistan över HTTP har hämtats.",
    "calendar-sync": (calendars) => `Händelser på plats: ${calendars}.`,
    inCalendar: (calendar) => `${calendar.events} i ${calendar.label}`,
    monitoring: (monitoring) =>
      `Läge: ${monitoring.health}. /health, /ready och /metrics svarar; ${monitoring.notify}.`,
    notify: {
      all: "alla larm aviserar",
      warning: "larm aviserar från varning och uppåt",
      critical: "kritiska larm aviserar",
    },
    "fallback-configured": "Matchlistan över HTTP är angiven och skulle bära tjänsten.",
    "fallback-works": (matches) =>
      count(matches, { one: "Listan hämtades och rymmer # match.", other: "Listan hämtades och rymmer # matcher." }),
    fetching: "Listan hämtas.",
    stability: "Varje tidsrymd är redovisad.",
    "redis-off": "Redis är avstängt (REDIS_PUBSUB_ENABLED=false).",
    "nothing-received": "Inget har kommit än; kontrollera igen efter nästa matchuppdatering.",
    "no-list": "Ingen matchlista över HTTP är angiven.",
  },
} satisfies Texts["checks"];
