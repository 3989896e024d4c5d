import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";
import { calendars } from "./calendars.ts";
import { match } from "./match.ts";

const count = plural("sv");
const contacts = (verb: { readonly one: string; readonly other: string }) => (number: number) =>
  count(number, { one: `# kontakt ${verb.one}`, other: `# kontakter ${verb.other}` });

export const addressBooks = {
  say: {
    ...calendars,
    countsAbout: {
      there: "Kontakter som står i adressboken som de ska",
      waiting: "Kontakter som ännu ska skrivas",
      failed: "Kontakter som adressboken inte tar emot",
      differs: "Kontakter som någon har ändrat i adressboken",
      skipped: "Personer utan kontakt",
    },
    confirm: { ...calendars.confirm, title: contacts({ one: "skulle tas bort", other: "skulle tas bort" }) },
    held: {
      ...calendars.held,
      undoable:
        "Kontakter som andra har gjort eller ändrat lämnar bara vår grupp. Det går att ångra efteråt, med Ångra vid adressboken.",
      nothingAbout: "Matcherna har ändrats under tiden: ingen kontakt skulle tas bort nu.",
      unknown: contacts({
        one: "bär Avsparks märke men hör inte till någon känd person.",
        other: "bär Avsparks märke men hör inte till någon känd person.",
      }),
      list: "Vilka som skulle tas bort",
    },
    preview: {
      ...calendars.preview,
      reading: "Läser adressboken",
      list: "Vad som skulle hända, person för person",
      nothingAbout: "Adressboken är som den ska.",
      undone: (contacts) =>
        count(contacts, {
          one: "# har ångrats och förblir så tills något annat sägs om personen. En synkning som du ber om gör om det.",
          other: "# har ångrats och förblir så tills något annat sägs om dem. En synkning som du ber om gör om det.",
        }),
    },
    audit: {
      ...calendars.audit,
      same: "Adressboken är som den ska.",
      drift: contacts({ one: "är inte som den ska", other: "är inte som de ska" }),
      about: "En reparation lägger till det som saknas. Det som människor har skrivit i kontakter står kvar.",
      repaired: contacts({ one: "reparerad.", other: "reparerade." }),
    },
    undo: {
      ...calendars.undo,
      about:
        "Det som den senaste körningen skrev, ändrade eller tog bort ställs tillbaka som det var. De personerna lämnas sedan i fred tills något nytt sägs om dem, eller tills du synkar.",
      done: contacts({ one: "återställd.", other: "återställda." }),
      notDone: ({ late, of }) =>
        count(late, {
          one: `# av ${of} kontakter är inte återställd än; den väntar.`,
          other: `# av ${of} kontakter är inte återställda än; de väntar.`,
        }),
    },
  },
  placement: {
    ...match.placement,
    there: "I adressboken",
    differs: "Ändrad av någon i adressboken",
    skipped: {
      ...match.placement.skipped,
      removed: "Inte i adressboken: borttagen för hand",
      gone: "Inte i adressboken: behövs inte längre",
      undone: "Ångrad: lämnas i fred tills något annat sägs",
      unknown: "Hör inte till någon känd person",
    },
  },
  state: {
    ...match.targetState,
    "needs-confirmation": contacts({ one: "väntar på ditt besked", other: "väntar på ditt besked" }),
  },
  confirmRemoval: ({ target, events }) =>
    count(events, {
      one: `${target}: # kontakt skulle tas bort och väntar på ditt besked.`,
      other: `${target}: # kontakter skulle tas bort och väntar på ditt besked.`,
    }),
  advice: {
    "calendar-sign-in": {
      what: "Adressboken behöver att du loggar in.",
      why: "Inloggningen har gått ut, återkallats eller ger inte rätt att ändra kontakter. Kontakter väntar och skrivs så snart du är inloggad.",
      remedy: "Logga in på Google igen, eller rätta användarnamn och lösenord i Inställningar.",
    },
    "calendar-forbidden": {
      what: "Vi får inte skriva i adressboken.",
      why: "Kontot kan se kontakterna men inte ändra dem. Kontakter väntar så länge.",
      remedy: "Be ägaren om rätt att göra ändringar, eller ange en annan adressbok i Inställningar.",
    },
    "calendar-not-found": {
      what: "Adressboken finns inte.",
      why: "Den har tagits bort, eller så är dess adress fel. Kontakter väntar så länge.",
      remedy: "Rätta adressen i Inställningar.",
    },
    "calendar-rate-limited": {
      what: "Adressbokens server ber oss att sakta ner.",
      why: "Den begränsar hur mycket som får skrivas på en stund. Inget går förlorat; kontakterna väntar.",
      remedy: "Inget: Avspark fortsätter på egen hand när det får.",
    },
    "calendar-unreachable": {
      what: "Adressbokens server går inte att nå.",
      why: "Nätet eller servern ligger nere. Inget går förlorat; kontakterna väntar.",
      remedy: "Se över nätet, och serverns adress om den har flyttat. Avspark försöker igen på egen hand.",
    },
    "calendar-timeout": {
      what: "Adressbokens server dröjer för länge med att svara.",
      why: "Den kan vara överlastad. Inget går förlorat; kontakterna väntar.",
      remedy: "Inget: Avspark försöker igen på egen hand.",
    },
    "calendar-certificate": {
      what: "Certifikatet på adressbokens server är inte betrott.",
      why: "Det kan ha gått ut eller gälla ett annat namn. Avspark skickar inget lösenord till en server det inte är säkert på.",
      remedy: "Se över adressen, och be den som sköter servern att förnya certifikatet.",
    },
    "calendar-server": {
      what: "Adressbokens server har ett fel.",
      why: "Den svarade med ett eget fel. Inget går förlorat; kontakterna väntar.",
      remedy: "Inget: Avspark försöker igen på egen hand. Drar det ut på tiden, fråga den som sköter servern.",
    },
    "calendar-bad-answer": {
      what: "Svaret från adressbokens server går inte att förstå.",
      why: "Adressen kan leda till något som inte är en adressbok. Kontakter väntar så länge.",
      remedy: "Se över adressen i Inställningar.",
    },
    "calendar-rejected": {
      what: "Adressbokens server avvisade en kontakt.",
      why: "Den godtar inte kontakten som den är. De andra kontakterna påverkas inte.",
      remedy: "Se skälet i detaljerna; säger de dig inget, kopiera dem och rapportera dem.",
    },
    "calendar-conflict": {
      what: "Någon ändrade kontakten samtidigt.",
      why: "För att inte skriva över någons ändring lät Avspark kontakten vara.",
      remedy: "Inget: Avspark läser den igen och försöker en gång till.",
    },
    "calendar-elsewhere": {
      what: "En annan maskin skriver den här adressboken.",
      why: "Av maskinerna i en grupp skriver en åt gången i varje adressbok, och det som gäller skrivandet bestäms där.",
      remedy: "Gör samma sak på maskinen som meddelandet nämner, eller här när den är avstängd.",
    },
    "calendar-demo": {
      what: "I demoläget skrivs inget i en riktig adressbok.",
      why: "Dess personer är påhittade och får inte hamna bland riktiga.",
      remedy: "Ange er egen Redis i Inställningar för att lämna demoläget.",
    },
  },
} satisfies Texts["addressBooks"];
