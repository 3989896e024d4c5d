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

const listeners = new Set<() => void>();
/** How many times a place was asked for; the same one may be asked for again. */
let visits = 0;
const arrive = (): void => {
  visits += 1;
  for (const listener of listeners) listener();
};

const here = (): string => window.location.hash;

/** Goes on to another place; Back leads here again. Asked for once more, the same place is only visited anew. */
export const openView = (view: ViewName, id: string | null = null): void => {
  const href = hrefOf(view, id);
  if (href !== here()) window.history.pushState(null, "", href);
  arrive();
};

/**
 * Puts a place where this one was, for neighbours and for what is closed: Back leads to where the first of them was opened
 * from, and opens no dialog again.
 */
export const stepTo = (view: ViewName, id: string | null = null): void => {
  window.history.replaceState(null, "", hrefOf(view, id));
  arrive();
};

/** A link to where one is already changes no address, and is a visit all the same. */
const onClick = (event: MouseEvent): void => {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (link !== null && link.getAttribute("href") === here()) arrive();
};

const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) {
    window.addEventListener("hashchange", arrive);
    document.addEventListener("click", onClick);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.removeEventListener("hashchange", arrive);
    document.removeEventListener("click", onClick);
  };
};

/** The address's fragment is the one place that knows; a string, so that equal places draw nothing anew. */
export const usePlace = (): Place => readPlace(useSyncExternalStore(subscribe, here));

/** Another number at every visit, for what is to happen anew when the same place is asked for again. */
export const useVisit = (): number => useSyncExternalStore(subscribe, () => visits);
