import { createContext, useContext } from "react";
import { createStore, useStore } from "zustand";
import type { Bridge } from "../shared/bridge.ts";
import type { Problem } from "../shared/problem.ts";
import type { WindowState } from "./apply.ts";
import { type Desk, deskOver } from "./bridge.ts";
import { follow } from "./follow.ts";
import { openView } from "./navigation.ts";

type Phase =
  | { readonly name: "loading" }
  | { readonly name: "failed"; readonly problem: Problem }
  | { readonly name: "ready"; readonly state: WindowState };

/** One window's connection to the service and all it knows. Made once, in main.tsx. */
export const openSession = (bridge: Bridge | undefined) => {
  const store = createStore<{ readonly phase: Phase }>(() => ({ phase: { name: "loading" } }));
  const desk: Desk = deskOver(bridge, () => void following.refresh());
  const following = follow({
    desk,
    onState: (state) => store.setState({ phase: { name: "ready", state } }),
    onProblem: (problem) => store.setState({ phase: { name: "failed", problem } }),
    onOpen: (event) => openView(event.view, event.id),
  });
  return { store, call: desk.call, connect: following.refresh };
};

export type Session = ReturnType<typeof openSession>;

const SessionContext = createContext<Session | null>(null);
export const SessionProvider = SessionContext.Provider;

export const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("There is no session around this part.");
  return session;
};

export const useCall = (): Desk["call"] => useSession().call;

export const usePhase = (): Phase["name"] => useStore(useSession().store, (store) => store.phase.name);

export const useStartProblem = (): Problem | null =>
  useStore(useSession().store, ({ phase }) => (phase.name === "failed" ? phase.problem : null));

/** A part of what the service tells. `select` must answer the same value for the same state: derive with useMemo. */
export const useDesk = <T>(select: (state: WindowState) => T): T =>
  useStore(useSession().store, ({ phase }) => {
    if (phase.name !== "ready") throw new Error("A view was drawn before there was anything to show.");
    return select(phase.state);
  });

/** A setting's value before there is a state, too: null then. */
export const useSetting = (name: "AVSPARK_LANGUAGE" | "AVSPARK_THEME") =>
  useStore(useSession().store, ({ phase }) =>
    phase.name === "ready" ? (phase.state.settings.find((setting) => setting.name === name) ?? null) : null,
  );
