import type { Handlers } from "../../../shared/contract.ts";
import { type Desktop, demandDesktop } from "../desktop.ts";

type AppHandlers = Pick<Handlers, "openExternal" | "showLog" | "quit">;

/** What the app does itself, whether the service runs or not. */
export const appHandlers = ({ desktop }: { readonly desktop: Desktop | null }): AppHandlers => ({
  openExternal: async ({ url }) => {
    await demandDesktop(desktop).openExternal(url);
    return { message: "Opened" };
  },
  showLog: async () => {
    await demandDesktop(desktop).showLog();
    return { message: "Shown" };
  },
  quit: async () => {
    demandDesktop(desktop).quit();
    return { message: "Ending" };
  },
});
