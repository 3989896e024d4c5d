import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const calendarFeeds = {
  calendarName: (kind, name) => {
    const what = kind === "person" ? "Domaruppdrag" : "Matcher";
    return name === null ? what : `${what}: ${name}`;
  },
  title: "Kalendrar med hemliga adresser",
  own: "Egen kalender",
  about:
    "En domare, eller någon annan som får adressen, följer sina matcher i kalendern i telefonen. Där finns bara de matcherna, och av kollegorna namnen.",
  aboutOwn:
    "Med en egen adress har domaren sina matcher i kalendern i telefonen, alltid som de är nu. Där finns bara domarens egna matcher, och av kollegorna namnen.",
  secret:
    "Den som har adressen kan läsa kalendern. Ge den inte till någon annan; med en ny slutar den gamla att svara.",
  none: "Inga än",
  noneAbout: "Gör en för en domare, ett lag, en plan, en tävling eller en av dina vyer över matcherna.",
  make: "Skapa en adress",
  makeFor: "Ny adress",
  everybody: "En till varje domare",
  everybodyAbout: (people) =>
    count(people, {
      one: "Skapar en adress till # domare. Den som har en behåller den.",
      other: "Skapar en adress till var och en av # domare. Den som har en behåller den.",
    }),
  kind: { person: "Domare", team: "Lag", venue: "Plan", competition: "Tävling", filter: "Vy" },
  of: "För",
  choose: "Välj",
  nothingFound: "Inget med det namnet",
  viewAbout: "Tävling, plan, domare, lediga platser och status räknas. Dagar gör det inte: kalendern har alla.",
  viewNot: "Vyer efter varningar, ändringar eller kalendrar går inte att följa: de gäller stunden.",
  matches: (matches) => count(matches, { one: "# match", other: "# matcher" }),
  made: "Skapad",
  renewed: "Ny adress",
  fetched: "Senast hämtad",
  never: "Aldrig",
  nobody: "Någon som inte har matcher just nu",
  address: "Adress",
  subscribe: "För att prenumerera",
  code: "Visa som kod för telefonens kamera",
  hideCode: "Dölj koden",
  codeOf: "Kod för telefonens kamera: adressen att prenumerera på",
  noDoor: "Just nu är ingen adress öppen där den kan hämtas.",
  here: "Bara program på den här datorn når adressen. Ange en adress för bara kalendrar under Inställningar.",
  listenerClosed: "Adressen för bara kalendrar går inte att öppna; försöket görs om.",
  show: "Visa",
  hide: "Dölj",
  renew: "Ny adress",
  renewAsk: "Dagens adress slutar gälla genast, var den än är inlagd. Skapa en ny?",
  revoke: "Återkalla",
  revokeAsk: "Kalendern och dess adress försvinner genast. Återkalla den?",
  cancel: "Avbryt",
  done: { made: "Adressen är skapad.", renewed: "Den har en ny adress.", revoked: "Adressen är återkallad." },
  search: "Hitta en kalender",
  more: (more) => count(more, { one: "# till; sök efter den.", other: "# till; sök efter dem." }),
} satisfies Texts["calendarFeeds"];
