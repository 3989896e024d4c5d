import type { Handlers, Parsed } from "../../../shared/contract.ts";
import { type Desktop, demandDesktop } from "../desktop.ts";

type AppHandlers = Pick<
  Handlers,
  "openExternal" | "about" | "notices" | "lookForUpdates" | "saveBundle" | "saveShown" | "showLog" | "quit"
>;

/** What the app does itself, whether the service runs or not. */
export const appHandlers = ({ desktop }: { readonly desktop: Desktop | null }): AppHandlers => ({
  openExternal: async ({ url }) => {
    await demandDesktop(desktop).openExternal(url);
    return { message: "Opened" };
  },
  saveShown: async (input) => {
    const app = demandDesktop(desktop);
    return { file: await app.save(`${input.name}.${input.as}`, partsOf(input, app)) };
  },
  about: async () => demandDesktop(desktop).about(),
  notices: async () => ({ text: await demandDesktop(desktop).notices() }),
  lookForUpdates: async () => ({ message: "Looked", updates: await demandDesktop(desktop).lookForUpdates() }),
  saveBundle: async () => {
    const app = demandDesktop(desktop);
    return { file: await app.save("avspark-bundle.zip", zipOf(app)) };
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

const zipOf = async function* ({ bundle }: Desktop): AsyncGenerator<Uint8Array, void> {
  yield await bundle();
};

/** Made only when the person has chosen where to put it. */
const partsOf = async function* (
  input: Parsed<"saveShown">,
  { spreadsheet, pdf }: Desktop,
): AsyncGenerator<string | Uint8Array, void> {
  switch (input.as) {
    case "csv":
      yield input.text;
      break;
    case "xlsx":
      yield await spreadsheet(input.table);
      break;
    case "pdf":
      yield await pdf();
      break;
  }
};
