import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const message = {
  type: {
    match_updates: "Matchuppdatering",
    processing_status: "Processorstatus",
    system_alert: "Systemlarm",
    health_check: "Hälsokontroll",
    invalid: "Ogiltigt",
  },
  verdict: { valid: "Giltigt", partly: "Delvis giltigt", duplicate: "Dubblett", invalid: "Ogiltigt" },
  severity: {
    info: "Info",
    warning: "Varning",
    error: "Fel",
    low: "Låg",
    medium: "Medel",
    high: "Hög",
    critical: "Kritisk",
  },
  cycle: {
    started: (run) => `${run === null ? "Körning" : `Körning ${run}`} startad`,
    completed: (run) => `${run === null ? "Körning" : `Körning ${run}`} klar`,
    failed: (run) => `${run === null ? "Körning" : `Körning ${run}`} misslyckad`,
  },
  matches: (matches) => count(matches, { one: "# match", other: "# matcher" }),
  changes: (changes) => count(changes, { one: "# ändring", other: "# ändringar" }),
  rejected: (rejected) => count(rejected, { one: "# avvisad", other: "# avvisade" }),
  noted: (fields) => count(fields, { one: "# fält oläst", other: "# fält olästa" }),
  noChanges: "inga ändringar",
  healthCheck: "kanalen prövas",
} satisfies Texts["message"];
