import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const health = {
  ok: "Allt fungerar",
  since: "sedan",
  level: { ok: "Allt väl", working: "Åtgärdas", warning: "Behöver tillsyn", critical: "Trasigt" },
  waits: "Avspark ordnar det på egen hand.",
  connection: {
    disabled: "Lyssnar inte, enligt inställning",
    stopped: "Stoppad",
    connecting: "Ansluter",
    subscribing: "Prenumererar",
    live: "Lyssnar",
    silent: "Svarar inte just nu",
    reconnecting: "Återansluter",
    refused: "Avvisad av Redis",
  },
  attempt: (number) => `Försök ${number}`,
  retryIn: (relative) => `nytt ${relative}`,
  channels: (channels) => count(channels, { one: "# kanal", other: "# kanaler" }),
  proven: (relative) => `kontrollerat ${relative}`,
  proof: {
    publish: "kontrollerat med ett meddelande genom Redis till oss själva",
    ping: "kontrollerat med ett annat svar, eftersom publicering inte går",
  },
  source: {
    unconfigured: "Ingen matchlista över HTTP är angiven",
    waiting: "Väntar med att hämta matchlistan",
    fetching: "Hämtar matchlistan",
    fetched: (matches) => count(matches, { one: "Lista med # match", other: "Lista med # matcher" }),
    failed: "Matchlistan kunde inte hämtas",
  },
  gap: {
    open: "öppen",
    unfilled: "inte ifylld",
    closed: "ifylld",
    "not-running": "Avspark var inte i gång",
    restart: "prenumerationen startades om",
    asleep: "datorn sov",
    journal: "journalen gick inte att skriva",
    lost: "prenumerationen bröts",
    stream: "strömmen kortades eller gjordes om innan allt i den var läst",
  },
} satisfies Texts["health"];
