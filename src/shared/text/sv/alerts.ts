import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const alerts = {
  level: { info: "Information", warning: "Varning", critical: "Kritiskt" },
  cause: {
    system: (text) => text ?? "Matchprocessorn anmäler ett fel.",
    feed: (what) => `Flödet: ${what}`,
    "quiet-channel": (since) => `En källa som brukar höras ofta har varit tyst sedan ${since}.`,
    gap: (from) => `Meddelanden kan ha missats sedan ${from}.`,
    source: (what) => `Matchlistan: ${what}`,
    calendar: (calendar) => `${calendar.target}: ${calendar.what}`,
    "sign-in-expiring": (signIn) => `Inloggningen på ${signIn.target} går ut ${signIn.at}.`,
    "confirm-removal": (removal) =>
      count(removal.events, {
        one: `${removal.target}: # händelse skulle tas bort och väntar på ditt besked.`,
        other: `${removal.target}: # händelser skulle tas bort och väntar på ditt besked.`,
      }),
    "other-tag": ({ target, tag, events }) =>
      count(events, {
        one: `${target}: # händelse finns där under märket ${tag}. Inget skrivs förrän du har tittat på den första synkningen.`,
        other: `${target}: # händelser finns där under märket ${tag}. Inget skrivs förrän du har tittat på den första synkningen.`,
      }),
    journal: (what) => `Det som sparas: ${what}`,
    incident: (what) => `Detta har hänt: ${what}`,
    stream: (what) => `Vägen in för matcher: ${what}`,
    "feeds-door": (what) => `Kalendrar med hemliga adresser: ${what}`,
    door: (what) => `Adressen för andra program: ${what}`,
    messenger: (messenger) => `Aviseringar via ${messenger.name}: ${messenger.what}`,
    node: ({ node, state }) =>
      state === "lost" ? `Maskinen ${node} hörs inte längre.` : `Maskinen ${node} ligger efter de andra.`,
    "invalid-rising": ({ invalid, of }) =>
      count(invalid, {
        one: `# av de senaste ${of} meddelandena var ogiltigt.`,
        other: `# av de senaste ${of} meddelandena var ogiltiga.`,
      }),
    "cycle-failed": ({ cycle, text }) =>
      `${cycle === null ? "En körning" : `Körning ${cycle}`} av matchprocessorn misslyckades${text === null ? "." : `: ${text}`}`,
  },
  calendar: (calendar) => `${calendar.kind} (${calendar.name})`,
  times: (times) => count(times, { one: "en gång", other: "# gånger" }),
  others: (others) => count(others, { one: "# larm till", other: "# larm till" }),
  snooze: {
    hour: "I en timme",
    tomorrow: "Till i morgon 07:00",
    kickoff: (moment) => `Till nästa avspark, ${moment}`,
  },
  none: "Inga aktiva larm",
  active: (active) => count(active, { one: "# aktivt larm", other: "# aktiva larm" }),
} satisfies Texts["alerts"];
