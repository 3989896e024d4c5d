import type { Texts } from "../type.ts";

export const schedule = {
  by: "Rader",
  side: { venue: "Per plan", referee: "Per domare" },
  row: { venue: "Plan", referee: "Domare", nobody: "Ej tillsatt", nowhere: "Okänd plan" },
  end: "Slut",
  note: "Obs",
  noMatches: "Inga matcher de här dagarna",
  noMatchesAbout: "Välj andra dagar ovanför.",
  open: (roles) => `Ej tillsatt: ${roles}`,
} satisfies Texts["schedule"];
