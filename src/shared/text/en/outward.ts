import { plural } from "../plural.ts";

const count = plural("en");

/** Notices that leave the machine: chat and e-mail. */
export const outward = {
  name: { webhook: "Webhook", mail: "E-mail" },
  came: (alert: { readonly level: string; readonly what: string }) => `${alert.level} – ${alert.what}`,
  over: (what: string) => `Over – ${what}`,
  since: (moment: string) => `Since ${moment}.`,
  lasted: (lasted: { readonly from: string; readonly to: string; readonly lasted: string }) =>
    `From ${lasted.from} to ${lasted.to} (${lasted.lasted}).`,
  several: (notices: number) => count(notices, { one: "Avspark – # notice", other: "Avspark – # notices" }),
  more: (notices: number) => count(notices, { one: "and # more", other: "and # more" }),
  lost: (notices: number) =>
    count(notices, {
      one: "# earlier notice could not be sent and was let go.",
      other: "# earlier notices could not be sent and were let go.",
    }),
  test: { title: "Avspark – a trial", text: "This is a trial: notices come here." },
  status: {
    title: "Beyond this computer",
    none: "Notices stay on this computer: neither a webhook nor e-mail is set.",
    never: (server: string) => `Nothing has been sent to ${server} yet.`,
    sent: (sent: { readonly server: string; readonly at: string }) => `Last sent to ${sent.server} ${sent.at}.`,
    waiting: (notices: number) => count(notices, { one: "# notice waits.", other: "# notices wait." }),
    failing: (failing: { readonly what: string; readonly since: string; readonly retry: string }) =>
      `${failing.what} Since ${failing.since}; tried again ${failing.retry}.`,
    change: "Change where notices go",
  },
  tried: {
    sent: (tried: { readonly name: string; readonly server: string }) => `${tried.name}: ${tried.server} has taken it.`,
    failed: (tried: { readonly name: string; readonly what: string }) => `${tried.name}: ${tried.what}`,
  },
};
