import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";
import { settings } from "./settings.ts";

const count = plural("sv");

const hindrances: Texts["migration"]["hindrances"] = {
  folder: "en mapp ligger i dess ställe",
  "no-file": "något annat än en vanlig fil ligger i dess ställe",
  "too-large": "den är större än en fil med inställningar kan vara",
  "no-text": "den är ingen text",
  forbidden: "du får inte läsa den",
  "leads-nowhere": "den är en länk som inte leder någonstans",
  "no-json": "den är ingen JSON som säger något",
  "no-compose": "den är ingen compose-fil",
  outside: "den leder ut ur mappen, och inget utanför läses",
};

export const migration: Texts["migration"] = {
  none: {
    missing: "Den mappen finns inte.",
    "no-folder": "Det är ingen mapp.",
    forbidden: "Du får inte läsa den mappen.",
    foreign: "Inget i mappen kommer från Python-tjänsten: ingen config.json, .env, compose-fil eller token.json.",
  },
  noneRemedy: "Välj mappen där Python-tjänsten har sin .env, config.json och token.json.",
  choose: "Mappen med Python-tjänsten",
  window: {
    offer: "Jag flyttar från Python-tjänsten",
    offerAbout:
      "Om matcherna kommer till din kalender genom Python-tjänsten i dag: dess inställningar och Google-inloggning går vidare här. Du ser vad som blir av allt innan något sparas.",
    title: "Vad som blir av Python-tjänsten",
    about:
      "Läst ur mappen du valde; inget är sparat än. Stäng av den gamla tjänsten innan du går vidare: två som skriver i samma kalender skulle gräla.",
    take: "Ta över",
    taking: "Tar över …",
    another: "Välj en annan mapp",
    noKeyring: "Där finns hemligheter, och den här datorn kan inte spara några. De gäller tills Avspark avslutas.",
    more: (lines) =>
      count(lines, { one: "# namn som inte har någon motsvarighet", other: "# namn som inte har någon motsvarighet" }),
  },
  read: (files) => `Läst: ${files}`,
  becomes: "Vad som blir vad",
  forPerson: "Vad som behöver dig",
  leftBehind: "Vad som inte har någon motsvarighet",
  others: "Hör inte till Python-tjänsten och lämnas i fred",
  builtIn: "inbyggt",
  signIn: ({ file, contacts }) =>
    `Google-inloggningen i ${file} gäller vidare här, för kalendern${contacts ? " och kontakterna" : ""}.`,
  blocked: "Inget skrivs förrän det är åtgärdat: halva inställningar vore sämre än inga.",
  hindrances,
  person: {
    unreadable: ({ file, why }) => `${file} går inte att läsa: ${hindrances[why]}. Rätta filen eller ta bort den.`,
    value: ({ name, file, expected }) =>
      `${name} (${file}) går inte att använda som det är och utelämnas. Det ska vara ${expected.sv}.`,
    together: ({ setting }) => `${setting} ska vara ${settings.together[setting]}.`,
    line: ({ file, line, name }) =>
      name === null
        ? `Rad ${line} i ${file} går inte att läsa och säger inget här. Rätta den om den ska det.`
        : `Rad ${line} i ${file} går inte att läsa, så ${name} tas inte över. Rätta den: ett citattecken kan vara oavslutat.`,
    unset: ({ name, file, variables }) =>
      `${name} (${file}) talar om ${variables}, som inte är angivet någonstans, och utelämnas. Skriv vad det står för.`,
    "file-missing": ({ name, file }) =>
      `${name} pekar på filen ${file}, som inte finns i mappen. Det utelämnas; ange var filen finns.`,
    "compose-service": ({ file }) => `Ingen av tjänsterna i ${file} är Python-tjänsten, så den filen säger inget här.`,
    "docker-host": ({ host, published }) =>
      published === null
        ? `Redis heter ${host}, ett namn som bara behållarna i det gamla nätet känner till. I det nätet hittar Avspark dit; annars ska REDIS_URL vara dess adress.`
        : `Redis heter ${host}, ett namn som bara behållarna i det gamla nätet känner till. På den här datorn nås det som localhost:${published}: ändra REDIS_URL efter det.`,
    "matches-url": () =>
      "Inget säger var hela matchlistan finns över HTTP: den gamla tjänsten hämtade den själv från FOGIS, eller fick den skickad. Ange matchprocessorns lista i AVSPARK_MATCHES_URL, så att luckor fylls.",
    "open-door": ({ host }) =>
      `Den gamla tjänsten lyssnade på ${host} och släppte in alla. Avspark lyssnar bara på den här datorn; för att släppa in andra, ange AVSPARK_HTTP_HOST=${host} och gör var och en en token med avspark token add.`,
    "port-led": ({ outside, inside }) =>
      `Skript på den här datorn nådde den gamla behållaren på port ${outside}, som ledde till dess port ${inside}. Utanför en behållare ska AVSPARK_HTTP_PORT vara ${outside} för att nås där.`,
    "no-calendar": () =>
      "Inget säger vilken Google-kalender den höll. Ange GOOGLE_CALENDAR_ID, och nämn google i AVSPARK_CALENDARS.",
    "sign-in-missing": () =>
      "Det finns ingen token.json: logga in på Google, i appen eller med avspark google sign-in.",
    "contacts-sign-in": () =>
      "Den gamla tjänsten höll en telefonbok också, så Google-inloggningen ber om kontakterna med. För att inte hålla någon, töm AVSPARK_CONTACTS innan du loggar in.",
    "sign-in-broken": ({ file, why, lacks }) =>
      `${file} är ingen inloggning: ${why === null ? `det som en inloggning behöver är fel eller saknas: ${lacks}` : `${hindrances[why]}; rätta filen eller ta bort den`}. För att klara sig utan, logga in på Google igen, i appen eller med avspark google sign-in.`,
    "second-sign-in": ({ file, used }) =>
      `${file} är en annan Google-inloggning. ${used} används, som den gamla tjänsten gjorde.`,
    "no-scope": ({ what }) =>
      what === "calendar"
        ? "Med inloggningen får inga händelser skrivas: logga in på Google igen."
        : "Med inloggningen får kontakter inte ändras, så ingen adressbok hålls. Ange AVSPARK_CONTACTS=google och logga in igen för att hålla en.",
    "web-client": ({ file }) =>
      `${file} är en OAuth-klient av typen Web. För att logga in igen behövs en av typen Desktop i samma Google Cloud-projekt.`,
    "service-account": ({ file }) =>
      `${file} är ett tjänstekonto, som Avspark inte loggar in med. Logga in som den vars kalender det är.`,
  },
  why: {
    "fogis-sign-in": "Avspark loggar aldrig in i FOGIS; det hör vad matchprocessorn skickar ut.",
    "own-matches": "Så hämtade och sparade den gamla tjänsten matcher. Avspark har en egen journal.",
    "own-log": "Loggar ligger bland Avsparks data och sköter sig själva.",
    "own-sign-in-server": "Inloggning kräver ingen server: avspark google sign-in, eller appen.",
    "all-dialects": "Avspark förstår alla versioner på en gång.",
    scopes: "Avspark ber Google om det som behövs.",
    container: "Gäller Python eller dess behållare.",
    "other-notices":
      "Den gamla tjänsten använde det inte heller: den hörde av sig på ett annat sätt, eller saknade en del av detta.",
    overruled: "Ett annat namn säger det, och det var det som gällde.",
  },
  written: (file) => `Skrivet till ${file}.`,
  nothingToWrite: "Allt finns där redan; inget skrevs.",
  kept: ({ setting, file }) => `${setting} är angivet på annat sätt i ${file} och får stå kvar.`,
  here: "Det är mappen du står i: dess .env är den gamla tjänstens, och vägen tillbaka.",
  hereRemedy: "Gå till mappen där Avspark ska köras, och ange den här därifrån.",
  signInWritten: (file) => `Inloggningen ligger i ${file}, bara för dig.`,
  signInKept: (file) =>
    `${file} är redan en annan inloggning och får vara kvar. Ta bort den med avspark google sign-out och flytta en gång till.`,
  preview: (settings) =>
    count(settings, {
      one: "Det var en förhandsvisning: # inställning.",
      other: "Det var en förhandsvisning: # inställningar.",
    }),
  previewHow: "--write skriver dem.",
};
