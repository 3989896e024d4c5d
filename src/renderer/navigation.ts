import { useSyncExternalStore } from "react";
import { type ViewName, viewNameSchema } from "../shared/bridge.ts";

/** Where in the window one is; kept in the address's fragment (`#/matches/6186203`), so that Back and reload work. */
export type Place = { readonly view: ViewName; readonly id: string | null };

const readId = (encoded: string): string | null => {
  try {
    return encoded === "" ? null : decodeURIComponent(encoded);
  } catch {
    // Cut off in the middle of a letter: as good as none.
    return null;
  }
};

export const readPlace = (hash: string): Place => {
  const [name, id] = hash.replace(/^#\/?/, "").split("/");
  const view = viewNameSchema.safeParse(name);
  if (!view.success) return { view: "overview", id: null };
  return { view: view.data, id: readId(id ?? "") };
};

export const hrefOf = (view: ViewName, id: string | null = null): string =>
  id === null ? `#/${view}` : `#/${view}/${encodeURIComponent(id)}`;

export const openView = (view: ViewName, id: string | null = null): void => {
  window.location.hash = hrefOf(view, id);
};

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
};

/** The address's fragment is the one place that knows; a string, so that equal places draw nothing anew. */
export const usePlace = (): Place => readPlace(useSyncExternalStore(subscribe, () => window.location.hash));
