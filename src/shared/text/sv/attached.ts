import { plural } from "../plural.ts";
import type { Texts } from "../type.ts";

const count = plural("sv");

export const attached = {
  lost: (host) => `Ingen kontakt med ${host}`,
  stood: "Det du ser är läget då. Inget går att ändra förrän kontakten är tillbaka; nya försök görs hela tiden.",
  held: (host) => `Ingen kontakt med ${host}: inget går att ändra förrän den är tillbaka.`,
  chip: (host) => `Visar tjänsten på ${host}, som andra också gör`,
  theirs: "Tjänstens egen. Den ändras där tjänsten körs.",
  administrators: "Tjänstens egen. Den ändras av tjänstens administratörer eller där tjänsten körs.",
  looker: "Med din token kan du titta men inte ändra något. Be en administratör för tjänsten om en som kan det.",
  newer:
    "Tjänsten är nyare än det här fönstret och säger sådant som inte går att visa här. Uppdatera Avspark på den här datorn.",
  unsent: {
    title: (things) => count(things, { one: "# sak har inte nått tjänsten", other: "# saker har inte nått tjänsten" }),
    about:
      "Skicka det som fortfarande gäller igen. Tjänsten tar emot var sak bara en gång, även om den redan hört den.",
    what: { note: "Anteckning", tell: "Informerad", decline: "Inte vår", enter: "Egen match", other: "En ändring" },
    again: "Skicka igen",
    forget: "Släng",
    sent: "Skickat.",
  },
  google: {
    account: "Tjänstens egen inloggning",
    how: "Så loggar man in",
    title: "Man loggar in på Google där tjänsten körs",
    about: "Inställningarna för Google säger hur, steg för steg.",
    steps: [
      "Ge kommandot avspark google sign-in på tjänstens dator, som den användare som tjänsten körs som. Det skriver ut en adress.",
      "Öppna adressen i en webbläsare, på vilken dator som helst, och säg ja. Om den sista sidan inte går att öppna: klistra in dess adress vid kommandot.",
      "Ange tokenfilen som kommandot nämner och kalenderns id här nedanför, och spara. avspark google status listar kalendrarnas id.",
    ],
  },
  start: "Ingen kontakt med tjänsten",
  here: "Använd den här datorn i stället",
} satisfies Texts["attached"];
