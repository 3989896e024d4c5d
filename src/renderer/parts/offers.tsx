import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { createStore, useStore } from "zustand";
import type { Action } from "./action.ts";

type Offers = { readonly offers: readonly (readonly Action[])[] };

const createOffers = () => createStore<Offers>(() => ({ offers: [] }));

const OffersContext = createContext<ReturnType<typeof createOffers> | null>(null);

/** Holds what the open view can do, so that the command palette can show it besides what the whole window can. */
export const OffersProvider = ({ children }: { readonly children: ReactNode }) => {
  const [store] = useState(createOffers);
  return <OffersContext value={store}>{children}</OffersContext>;
};

const useOffersStore = () => {
  const store = useContext(OffersContext);
  if (store === null) throw new Error("There is nobody to offer an action to.");
  return store;
};

/** Offers actions to the command palette for as long as this part is shown. They must stay the same between draws. */
export const useOffer = (actions: readonly Action[]): void => {
  const store = useOffersStore();
  useEffect(() => {
    store.setState(({ offers }) => ({ offers: [...offers, actions] }));
    return () => store.setState(({ offers }) => ({ offers: offers.filter((each) => each !== actions) }));
  }, [store, actions]);
};

export const useOffers = (): Offers["offers"] => useStore(useOffersStore(), ({ offers }) => offers);
