import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const desktop: Texts["desktop"] = {
  open: "Öppna Avspark",
  syncNow: "Synka nu",
  restart: "Starta om prenumerationen",
  mute: "Tysta aviseringar",
  quit: "Avsluta",
  tooltip: (health) => `Avspark – ${health}`,
  demo: "Demo",
  /** In the window's title, of a package made for tests. */
  notForRelease: "ej för utgivning",
  meanwhile: {
    title: "Avspark – under tysta timmar",
    came: (alerts) => count(alerts, { one: "# larm kom.", other: "# larm kom." }),
    lasting: (lasting) => count(lasting, { one: "# av dem gäller än.", other: "# av dem gäller än." }),
    over: "Alla är över.",
  },
  todo: {
    matches: (matches) => count(matches, { one: "# match behöver dig", other: "# matcher behöver dig" }),
  },
  repeated: (times) => `Sett ${times}.`,
  saveTitle: "Spara som",
  cannotStart: "Avspark kan inte starta",
  update: {
    title: "En nyare Avspark är klar",
    body: (version) => `Version ${version} tar över när du avslutar Avspark.`,
  },
  goesOn: {
    title: "Avspark är fortfarande i gång",
    body: "Matcherna sköts även när fönstret är stängt. Klicka här, på ikonen bland systemets ikoner eller starta Avspark igen för att öppna det.",
  },
  hangs: { message: "Fönstret svarar inte. Matcherna sköts ändå.", wait: "Vänta", reload: "Öppna det på nytt" },
};
