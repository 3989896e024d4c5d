import type { Handlers } from "../../../shared/contract.ts";
import type { Targets } from "../../targets/targets.ts";
import { type Desktop, demandDesktop } from "../desktop.ts";

type GoogleHandlers = Pick<
  Handlers,
  "googleAccount" | "googleSignIn" | "googleSignOut" | "googleCalendars" | "createGoogleCalendar"
>;

type GoogleTools = { readonly desktop: Desktop | null; readonly calendars: Pick<Targets, "status" | "retry"> };

export const googleHandlers = ({ desktop, calendars }: GoogleTools): GoogleHandlers => ({
  googleAccount: async () => {
    const { google, keyring } = demandDesktop(desktop);
    return { account: await google.account(), keyring: keyring() };
  },
  googleSignIn: async ({ sessionOnly }) => {
    const { expiresAt } = await demandDesktop(desktop).google.signIn(sessionOnly);
    // Signed in before the calendar is chosen, or in the demo: nothing waits.
    if (calendars.status().some(({ name, state }) => name === "google" && state.name !== "off"))
      calendars.retry("google");
    return { message: "Signed in to Google", expiresAt };
  },
  googleSignOut: async () => {
    await demandDesktop(desktop).google.signOut();
    // The calendar looks anew, and says that it needs a sign-in.
    calendars.retry("google");
    return { message: "Signed out of Google" };
  },
  googleCalendars: async () => ({ calendars: await demandDesktop(desktop).google.calendars() }),
  createGoogleCalendar: async ({ name }) => ({ id: await demandDesktop(desktop).google.create(name) }),
});
