import { plural } from "../plural.ts";

const count = plural("en");

/** A window on a service elsewhere. */
export const attached = {
  lost: (host: string) => `No connection to ${host}`,
  stood:
    "What you see is how things stood then. Nothing can be changed until the connection is back, which is tried all the time.",
  held: (host: string) => `No connection to ${host}: nothing can be changed until it is back.`,
  chip: (host: string) => `Shows the service at ${host}, as others do`,
  theirs: "The service's own. It is changed where the service runs.",
  administrators: "The service's own. It is changed by its administrators, or where it runs.",
  looker: "Your token lets you look and change nothing. Ask an administrator of the service for one that does.",
  newer:
    "The service is newer than this window, and says things that cannot be shown here. Update Avspark on this computer.",
  unsent: {
    title: (things: number) =>
      count(things, { one: "# thing has not reached the service", other: "# things have not reached the service" }),
    about: "Send again what still holds. The service takes each only once, even if it had heard it.",
    what: { note: "Note", tell: "Informed", decline: "Not ours", enter: "Match by hand", other: "A change" },
    again: "Send again",
    forget: "Discard",
    sent: "Sent.",
  },
  google: {
    account: "The service's own sign-in",
    how: "How to sign in",
    title: "Signing in to Google is done where the service runs",
    about: "The settings of Google say how, step by step.",
    steps: [
      "On the service's machine, as the user that it runs as, give the command avspark google sign-in. It prints an address.",
      "Open that address in a browser, on whatever computer, and say yes. If the last page does not open, paste its address back at the command.",
      "Enter the token file that the command names and the calendar's id below, and save. avspark google status lists the calendars' ids.",
    ],
  },
  start: "No connection to your service",
  here: "Use this computer instead",
};
