import type { Texts } from "../type.ts";

export const desktop: Texts["desktop"] = {
  open: "Öppna Avspark",
  syncNow: "Synka nu",
  restart: "Starta om prenumerationen",
  mute: "Tysta aviseringar",
  quit: "Avsluta",
  tooltip: (health) => `Avspark – ${health}`,
  demo: "Demo",
  repeated: (times) => `Sett ${times}.`,
  saveTitle: "Spara meddelanden som",
  cannotStart: "Avspark kan inte starta",
  hangs: { message: "Fönstret svarar inte. Matcherna sköts ändå.", wait: "Vänta", reload: "Öppna det på nytt" },
};
