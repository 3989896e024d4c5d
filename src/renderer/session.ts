import { createContext, useCallback, useContext } from "react";
import { createStore, useStore } from "zustand";
import type { Attachment } from "../shared/attachment.ts";
import type { Bridge } from "../shared/bridge.ts";
import type { Setting } from "../shared/config.ts";
import type { Problem } from "../shared/problem.ts";
import type { WindowState } from "./apply.ts";
import { type Desk, deskOver } from "./bridge.ts";
import { follow } from "./follow.ts";
import { openView } from "./navigation.ts";
import { actingIn, createPace, type Pace } from "./pace.ts";

type Phase =
  | { readonly name: "loading" }
  /** `settings`: what can be mended in the window; empty until they are known. */
  | { readonly name: "failed"; readonly problem: Problem; readonly settings: readonly Setting[] }
  | { readonly name: "ready"; readonly state: WindowState };

type PaceFor = (show: () => void) => Pace;

const usualPace: PaceFor = (show) => createPace({ show, acting: actingIn(document) });

/** One window's connection to the service and all it knows. Made once, in main.tsx. */
export const openSession = (bridge: Bridge | undefined, paceFor: PaceFor = usualPace) => {
  const store = createStore<{ readonly phase: Phase }>(() => ({ phase: { name: "loading" } }));
  /** What is to be shown; null: nothing that is known. */
  let latest: WindowState | null = null;
  const pace = paceFor(() => {
    if (latest !== null) store.setState({ phase: { name: "ready", state: latest } });
  });
  const desk: Desk = deskOver(bridge, () => void following.refresh());
  const following = follow({
    desk,
    onState: (state) => {
      latest = state;
      pace.news();
    },
    onProblem: (problem) => void fail(problem),
    onOpen: (event) => openView(event.view, event.id),
  });
  const fail = async (problem: Problem): Promise<void> => {
    latest = null;
    const { phase } = store.getState();
    store.setState({ phase: { name: "failed", problem, settings: phase.name === "failed" ? phase.settings : [] } });
    const answer = await desk.call("redisConfig", {});
    if (!answer.ok || store.getState().phase.name !== "failed") return;
    store.setState({ phase: { name: "failed", problem, settings: answer.value.configuration.settings } });
  };
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

/** How the window stands with a service elsewhere; null: with none, or nobody knows yet. */
export const useAttachment = (): Attachment | null =>
  useStore(useSession().store, ({ phase }) => (phase.name === "ready" ? phase.state.attachment : null));

const unknownSettings: readonly Setting[] = [];

/** Why the service cannot be reached, and the settings as far as they are known then. */
export const useStartProblem = (): Problem | null =>
  useStore(useSession().store, ({ phase }) => (phase.name === "failed" ? phase.problem : null));

export const useStrandedSettings = (): readonly Setting[] =>
  useStore(useSession().store, ({ phase }) => (phase.name === "failed" ? phase.settings : unknownSettings));

/** A part of what the service tells. `select` must answer the same value for the same state: derive with useMemo. */
export const useDesk = <T>(select: (state: WindowState) => T): T =>
  useStore(useSession().store, ({ phase }) => select(stateIn(phase)));

/** The same at the moment it is called, for what is asked for now and then and not drawn anew with every word. */
export const useRead = (): (<T>(select: (state: WindowState) => T) => T) => {
  const { store } = useSession();
  return useCallback((select) => select(stateIn(store.getState().phase)), [store]);
};

const stateIn = (phase: Phase): WindowState => {
  if (phase.name !== "ready") throw new Error("A view was drawn before there was anything to show.");
  return phase.state;
};

/** A setting's value before there is a state, too: null then. */
export const useSetting = (name: "AVSPARK_LANGUAGE" | "AVSPARK_THEME" | "AVSPARK_LETTER_KEYS") =>
  useStore(useSession().store, ({ phase }) => settingsIn(phase).find((setting) => setting.name === name) ?? null);

const settingsIn = (phase: Phase): readonly Setting[] => {
  switch (phase.name) {
    case "ready":
      return phase.state.settings;
    case "failed":
      return phase.settings;
    case "loading":
      return unknownSettings;
  }
};
