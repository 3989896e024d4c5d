import type { OtherTag } from "../../calendar.ts";
import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const calendars = {
  counts: { there: "På plats", waiting: "Väntar", failed: "Fel", differs: "Ändrade", skipped: "Utelämnade" },
  countsAbout: {
    there: "Händelser som står i kalendern som de ska",
    waiting: "Händelser som ännu ska skrivas",
    failed: "Händelser som kalendern inte tar emot",
    differs: "Händelser som någon har ändrat i kalendern",
    skipped: "Matcher utan händelse: avsparkstid saknas, för gamla, eller inte längre i listan",
  },
  lastWrite: "Senast skrivet",
  lastCheck: "Senast läst",
  subscribe: "Prenumerera",
  reach: {
    here: "Bara program på den här datorn når adressen: inte en telefon, och inte Google Kalender eller Outlook på webben.",
    network:
      "Program på ert nätverk når adressen. Google Kalender och Outlook på webben hämtar från internet och når den inte.",
    secret: "Den som har adressen kan läsa kalendern.",
  },
  working: (events) => `Skriver ${events.done} av ${events.of}`,
  left: (duration) => `ungefär ${duration} kvar`,
  nextTry: "Nästa försök",
  first: {
    title: "Här har inget skrivits än",
    about: "Titta på vad den första synkningen skulle göra. Den börjar när du säger till.",
    begin: "Börja första synkningen",
  },
  confirm: {
    title: (events) => count(events, { one: "# händelse skulle tas bort", other: "# händelser skulle tas bort" }),
    about: "Avspark frågar först. Gör du ingenting står de kvar.",
    done: "Det görs nu.",
  },
  held: {
    open: "Se vilka",
    matches: (matches) => count(matches, { one: "# match", other: "# matcher" }),
    contacts: (contacts) => count(contacts, { one: "# kontakt", other: "# kontakter" }),
    title: ({ what, calendar }) => `Ta bort ${what} ur ${calendar}?`,
    share: ({ name, removals, of }) => `${name}: ${removals} av ${of}`,
    days: "Dagar",
    competitions: "Tävlingar",
    undoable: "Det går att ångra efteråt, med Ångra vid kalendern.",
    reading: "Ser efter vilka",
    nothing: "Ingenting väntar längre",
    nothingAbout: "Matcherna har ändrats under tiden: ingen händelse skulle tas bort nu.",
    gone: (matches) => `Antal matcher i listan: ${matches.now} i stället för ${matches.before}.`,
    whole: (names) => `Alla matcher i ${names} saknas.`,
    more: (names) => count(names, { one: "# till", other: "# till" }),
    noKickoff: (matches) =>
      count(matches, {
        one: "# match har inte längre någon avsparkstid.",
        other: "# matcher har inte längre någon avsparkstid.",
      }),
    declined: (matches) => count(matches, { one: "# match avböjdes.", other: "# matcher avböjdes." }),
    removed: (matches) =>
      count(matches, { one: "# match togs bort av en person.", other: "# matcher togs bort av en person." }),
    unknown: (events) =>
      count(events, {
        one: "# händelse bär Avsparks märke men hör inte till någon känd match.",
        other: "# händelser bär Avsparks märke men hör inte till någon känd match.",
      }),
    list: "Vad som skulle tas bort, i avsparksordning",
    remove: ({ what, calendar }) => `Ta bort ${what} ur ${calendar}`,
    removing: (what) => `${what} tas bort.`,
    keep: (events) => count(events, { one: "Behåll den", other: "Behåll dem" }),
    kept: (what) => `${what} står kvar.`,
  },
  preview: {
    open: "Förhandsgranska",
    look: "Se vad som skulle hända",
    title: (calendar) => `Vad en synkning skulle göra: ${calendar}`,
    about: "Inget ändras av att du tittar.",
    reading: "Läser kalendern",
    list: "Vad som skulle hända, i ordning efter avspark",
    otherTag: ({ tag, events }: OtherTag) =>
      count(events, {
        one: `# matchhändelse finns här med ett annat märke: ${tag}`,
        other: `# matchhändelser finns här med ett annat märke: ${tag}`,
      }),
    otherTagAbout:
      "Sätt AVSPARK_SYNC_TAG till det märket så tas de över. Som det är nu skulle varje match stå här två gånger.",
    nothing: "Inget att göra",
    nothingAbout: "Kalendern är som den ska.",
    undone: (events) =>
      count(events, {
        one: "# har ångrats och förblir så tills dess match ändras. En synkning som du ber om gör om det.",
        other: "# har ångrats och förblir så tills deras matcher ändras. En synkning som du ber om gör om det.",
      }),
    kind: { insert: "Ny", update: "Ändras", cancel: "Ställs in", remove: "Tas bort", leave: "Lämnas" },
    count: {
      insert: (events) => count(events, { one: "# ny", other: "# nya" }),
      update: (events) => count(events, { one: "# ändras", other: "# ändras" }),
      cancel: (events) => count(events, { one: "# märks som inställd", other: "# märks som inställda" }),
      remove: (events) => count(events, { one: "# tas bort", other: "# tas bort" }),
    },
    rest: (events) =>
      [
        ...(events.unchanged > 0
          ? [count(events.unchanged, { one: "# står kvar som den är", other: "# står kvar som de är" })]
          : []),
        ...(events.skipped > 0 ? [count(events.skipped, { one: "# utelämnad", other: "# utelämnade" })] : []),
      ].join(", "),
  },
  audit: {
    run: "Jämför",
    same: "Kalendern är som den ska.",
    drift: (events) =>
      count(events, { one: "# händelse är inte som den ska", other: "# händelser är inte som de ska" }),
    missing: (events) => count(events, { one: "# saknas", other: "# saknas" }),
    different: (events) => count(events, { one: "# har ändrats av någon", other: "# har ändrats av någon" }),
    surplus: (events) => count(events, { one: "# borde inte finnas där", other: "# borde inte finnas där" }),
    about:
      "En reparation skriver över ändringar i de fält som Avspark sköter. Egna anteckningar och påminnelser står kvar.",
    repair: "Reparera",
    ask: (calendar) => `Skriv över det som andra har ändrat i ${calendar}?`,
    repaired: (events) => count(events, { one: "# händelse reparerad.", other: "# händelser reparerade." }),
  },
  undo: {
    open: "Ångra",
    run: "Ångra senaste körningen",
    title: (calendar) => `Ångra senaste körningen: ${calendar}`,
    about:
      "Det som den senaste körningen skrev, ändrade eller tog bort ställs tillbaka som det var. De matcherna lämnas sedan i fred tills de ändras, eller tills du synkar.",
    done: (events) => count(events, { one: "# händelse återställd.", other: "# händelser återställda." }),
    notDone: ({ late, of }) =>
      count(late, {
        one: `# av ${of} händelser är inte återställd än; den väntar.`,
        other: `# av ${of} händelser är inte återställda än; de väntar.`,
      }),
  },
  setUp: {
    more: "Fler kalendrar",
    about: {
      ics: "En fil som alla kalenderprogram kan följa.",
      google: "Händelser i en kalender på ditt Google-konto, synliga i varje telefon som har den.",
      caldav: "Händelser på en kalenderserver, till exempel Nextcloud, Fastmail eller iCloud.",
    },
    moreAbout: "Bredvid kalenderfilen",
    run: "Anslut",
    runFor: (calendar) => `Anslut ${calendar}`,
    title: (calendar) => `Anslut ${calendar}`,
    save: "Använd kalendern",
  },
  noKeyring: "Den här datorn har ingen nyckelring",
  noKeyringPassword: "Lösenordet gäller tills Avspark avslutas, och skrivs ingenstans.",
  google: {
    account: "Konto",
    calendar: "Kalender",
    nobody: "Ingen är inloggad",
    kept: { keyring: "Inloggad, sparat i systemets nyckelring", session: "Inloggad tills Avspark avslutas" },
    tokenFile: "Inloggad genom tokenfilen",
    expires: (at, relative) => `slutar gälla ${at}, ${relative}`,
    expired: (at) => `slutade gälla ${at}`,
    expiresAbout:
      "Google avslutar inloggningar i projekt i testläge efter sju dagar. Logga in igen innan dess, så behöver inget vänta.",
    signInAgain: "Logga in igen",
    signInSession: "Logga in för den här sessionen",
    signOut: "Logga ut",
    signOutTitle: "Logga ut från Google",
    signOutAbout:
      "Inloggningen glöms på den här datorn. Händelser i kalendern står kvar; nya väntar tills någon loggar in.",
    signedOut: "Utloggad från Google.",
    openAgain: "Öppna webbläsaren igen",
    inBrowser: "Fortsätt i webbläsaren som har öppnats, och kom sedan tillbaka hit.",
    noKeyringAbout:
      "En inloggning kan inte sparas säkert här. Den gäller tills Avspark avslutas, och skrivs ingenstans.",
    noCalendar: "Ingen vald",
    choose: "Välj kalender",
    chooseAbout: "Matcherna går till kalendern du väljer. En ny håller dem för sig.",
    list: "Kalendrar som du får skriva i",
    primary: "Din egen",
    none: "Det finns ingen kalender som du får skriva i. Skapa en ny nedan.",
    use: "Använd kalendern",
    chosen: "Kalendern är vald.",
    make: {
      label: "Eller en ny kalender",
      suggestion: "Domaruppdrag",
      run: "Skapa",
      done: (name) => `”${name}” är skapad.`,
    },
    clientAbout:
      "Avspark loggar in genom ett Google Cloud-projekt som hör till er förening: en OAuth-klient av typen Desktop. Den som sköter projektet kan ge dig de här två.",
    clientField: {
      GOOGLE_OAUTH_CLIENT_ID: "Slutar på apps.googleusercontent.com",
      GOOGLE_OAUTH_CLIENT_SECRET: "Hör till klient-id:t",
    },
  },
  manual: {
    title: "Matcher för hand",
    elsewhere: "Hela matchlistor för hand läggs in under",
    about: "Klistra in eller släpp en matchlista som JSON",
    field: "Matcher som JSON",
    placeholder: '{\n  "matches": [\n    { "matchid": 123456, "hemmalag": "…", "bortalag": "…" }\n  ]\n}',
    hint: "Klistra in en lista, släpp en fil här, eller välj en.",
    drop: "Släpp filen",
    choose: "Välj en fil",
    clear: "Rensa",
    pasted: "Inklistrad text",
    notJson: "Det här är inte JSON.",
    notJsonLine: (line) => `Det här är inte JSON: rad ${line}.`,
    noList: "Det finns ingen matchlista i den.",
    notText: "Filen är inte text i UTF-8 eller UTF-16. Spara den i någon av dem.",
    tooLarge: "Filen är större än 50 MB. Dela upp den.",
    runNone: "Synka",
    run: (matches) => count(matches, { one: "Synka # match", other: "Synka # matcher" }),
    sending: (matches) => count(matches, { one: "Tar emot # match", other: "Tar emot # matcher" }),
    none: "Inget skickat än",
    noneAbout: "Här visas vad som blir av varje match i varje kalender.",
    done: (matches) => count(matches, { one: "# match är i kalendrarna", other: "# matcher är i kalendrarna" }),
    results: "Vad som blev av varje match",
    refused: "Vad som avvisades, och var",
    refusedTitle: (places) => count(places, { one: "# match går inte att läsa", other: "# matcher går inte att läsa" }),
    refusedAll: "Ingen match togs emot. Rätta ställena nedan och skicka igen.",
    refusedSome: "De andra matcherna togs emot. Rätta ställena nedan och skicka de matcherna igen.",
    nth: (number) => `match ${number} i listan`,
  },
  outcome: {
    inserted: "Ny",
    updated: "Ändrad",
    cancelled: "Inställd",
    removed: "Borttagen",
    unchanged: "Som den var",
    skipped: "Utelämnad",
    failed: "Fel",
    waiting: "Väntar",
  },
} satisfies Texts["calendars"];
