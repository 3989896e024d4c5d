import { plural } from "../plural.ts";
import { calendars } from "./calendars.ts";
import { match } from "./match.ts";

const count = plural("en");
const contacts = (verb: { readonly one: string; readonly other: string }) => (number: number) =>
  count(number, { one: `# contact ${verb.one}`, other: `# contacts ${verb.other}` });

/** What is said of an address book where the words for a calendar do not fit. */
export const addressBooks = {
  say: {
    ...calendars,
    countsAbout: {
      there: "Contacts that are in the address book as they should be",
      waiting: "Contacts that are still to be written",
      failed: "Contacts that the address book does not take",
      differs: "Contacts that somebody has changed in the address book",
      skipped: "People without a contact",
    },
    confirm: { ...calendars.confirm, title: contacts({ one: "would be removed", other: "would be removed" }) },
    held: {
      ...calendars.held,
      undoable:
        "Contacts that others have made or touched leave our group alone. It can be undone afterwards, with Undo beside the address book.",
      nothingAbout: "The matches have changed meanwhile: no contact would be removed now.",
      unknown: contacts({
        one: "bears Avspark's mark and belongs to nobody who is known.",
        other: "bear Avspark's mark and belong to nobody who is known.",
      }),
      list: "Who would be removed",
    },
    preview: {
      ...calendars.preview,
      reading: "Reading the address book",
      list: "What would happen, by person",
      nothingAbout: "The address book is as it should be.",
      undone: (contacts: number) =>
        count(contacts, {
          one: "# was taken back and stays so until something else is told of the person. A sync that you ask for does it again.",
          other:
            "# were taken back and stay so until something else is told of these people. A sync that you ask for does it again.",
        }),
    },
    audit: {
      ...calendars.audit,
      same: "The address book is as it should be.",
      drift: contacts({ one: "is not as it should be", other: "are not as they should be" }),
      about: "A repair adds what is missing. What people have written in contacts stays.",
      repaired: contacts({ one: "repaired.", other: "repaired." }),
    },
    undo: {
      ...calendars.undo,
      about:
        "What the last run wrote, changed or removed is put back as it was. Those people are then left alone until something is told of them, or until you sync.",
      done: contacts({ one: "put back.", other: "put back." }),
      notDone: ({ late, of }: { readonly late: number; readonly of: number }) =>
        count(late, {
          one: `# of ${of} contacts is still to be put back; it waits.`,
          other: `# of ${of} contacts are still to be put back; they wait.`,
        }),
    },
  },
  /** How somebody stands there. */
  placement: {
    ...match.placement,
    there: "In the address book",
    differs: "Changed by somebody in the address book",
    skipped: {
      ...match.placement.skipped,
      removed: "Not in the address book: removed by hand",
      gone: "Not in the address book: needed no longer",
      undone: "Taken back: left alone until something else is told",
      unknown: "Belongs to nobody who is known",
    },
  },
  state: {
    ...match.targetState,
    "needs-confirmation": contacts({ one: "waits for your word", other: "wait for your word" }),
  },
  confirmRemoval: ({ target, events }: { readonly target: string; readonly events: number }) =>
    count(events, {
      one: `${target}: # contact would be removed, and waits for your word.`,
      other: `${target}: # contacts would be removed, and wait for your word.`,
    }),
  advice: {
    "calendar-sign-in": {
      what: "The address book needs you to sign in.",
      why: "The sign-in has expired, was revoked, or does not allow changes to contacts. Contacts wait, and are written once you are signed in.",
      remedy: "Sign in to Google once more, or correct the user name and the password in Settings.",
    },
    "calendar-forbidden": {
      what: "We may not write in the address book.",
      why: "The account may see the contacts but not change them. Contacts wait meanwhile.",
      remedy: "Ask the owner for the right to make changes, or name another address book in Settings.",
    },
    "calendar-not-found": {
      what: "The address book does not exist.",
      why: "It was removed, or its address is wrong. Contacts wait meanwhile.",
      remedy: "Correct its address in Settings.",
    },
    "calendar-rate-limited": {
      what: "The address book's server asks us to slow down.",
      why: "It limits how much may be written in a while. Nothing is lost; the contacts wait.",
      remedy: "Nothing: Avspark goes on by itself when it may.",
    },
    "calendar-unreachable": {
      what: "The address book's server cannot be reached.",
      why: "The network or the server is down. Nothing is lost; the contacts wait.",
      remedy: "Check the network, and the server's address if it has moved. Avspark tries again by itself.",
    },
    "calendar-timeout": {
      what: "The address book's server takes too long to answer.",
      why: "It may be overloaded. Nothing is lost; the contacts wait.",
      remedy: "Nothing: Avspark tries again by itself.",
    },
    "calendar-certificate": {
      what: "The certificate of the address book's server is not trusted.",
      why: "It may have expired or be for another name. Avspark sends no password to a server it is not sure of.",
      remedy: "Check the address, and ask whoever runs the server to renew the certificate.",
    },
    "calendar-server": {
      what: "The address book's server has an error.",
      why: "It answered with an error of its own. Nothing is lost; the contacts wait.",
      remedy: "Nothing: Avspark tries again by itself. If it goes on, ask whoever runs the server.",
    },
    "calendar-bad-answer": {
      what: "The answer of the address book's server cannot be understood.",
      why: "The address may lead to something that is no address book. Contacts wait meanwhile.",
      remedy: "Check the address in Settings.",
    },
    "calendar-rejected": {
      what: "The address book's server refused a contact.",
      why: "It does not accept the contact as it is. The other contacts are not affected.",
      remedy: "See the reason in the details; if it tells you nothing, copy them and report them.",
    },
    "calendar-conflict": {
      what: "Somebody changed the contact at the same time.",
      why: "So as not to write over somebody's change, Avspark left the contact alone.",
      remedy: "Nothing: Avspark reads it again and tries once more.",
    },
    "calendar-elsewhere": {
      what: "Another machine writes this address book.",
      why: "Of the machines of one desk one at a time writes each address book, and what is decided about its writing is decided there.",
      remedy: "Do the same on the machine that the message names, or here when that one is off.",
    },
    "calendar-demo": {
      what: "In the demo nothing is written into a real address book.",
      why: "Its people are invented and must not stand among real ones.",
      remedy: "Name your own Redis in Settings to leave the demo.",
    },
  },
};
