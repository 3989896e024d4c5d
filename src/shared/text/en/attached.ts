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
  start: "No connection to your service",
  here: "Use this computer instead",
};
