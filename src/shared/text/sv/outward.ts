import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const outward = {
  name: { webhook: "Webhook", mail: "E-post" },
  came: (alert) => `${alert.level} – ${alert.what}`,
  over: (what) => `Över – ${what}`,
  since: (moment) => `Sedan ${moment}.`,
  lasted: (lasted) => `Från ${lasted.from} till ${lasted.to} (${lasted.lasted}).`,
  several: (notices) => count(notices, { one: "Avspark – # avisering", other: "Avspark – # aviseringar" }),
  more: (notices) => count(notices, { one: "och # till", other: "och # till" }),
  lost: (notices) =>
    count(notices, {
      one: "# tidigare avisering gick inte att skicka och har släppts.",
      other: "# tidigare aviseringar gick inte att skicka och har släppts.",
    }),
  test: { title: "Avspark – ett prov", text: "Det här är ett prov: aviseringar kommer hit." },
  status: {
    title: "Utanför datorn",
    none: "Aviseringar stannar på den här datorn: varken webhook eller e-post är angiven.",
    never: (server) => `Inget har skickats till ${server} än.`,
    sent: (sent) => `Senast skickat till ${sent.server} ${sent.at}.`,
    waiting: (notices) => count(notices, { one: "# avisering väntar.", other: "# aviseringar väntar." }),
    failing: (failing) => `${failing.what} Sedan ${failing.since}; nytt försök ${failing.retry}.`,
    change: "Ändra vart aviseringar går",
  },
  tried: {
    sent: (tried) => `${tried.name}: ${tried.server} har tagit emot det.`,
    failed: (tried) => `${tried.name}: ${tried.what}`,
  },
} satisfies Texts["outward"];
