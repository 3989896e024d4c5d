import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { Problem } from "../shared/problem.ts";
import { useCall, useSetting } from "./session.ts";

export type Preference = "AVSPARK_LANGUAGE" | "AVSPARK_THEME";
type Chosen = { readonly [P in Preference]?: { readonly value: string; readonly before: string | undefined } };

type Preferences = {
  readonly chosen: Chosen;
  /** Shown at once, then saved; taken back when it cannot be saved. */
  readonly choose: (name: Preference, value: string) => Promise<Problem | null>;
};

const PreferencesContext = createContext<Preferences | null>(null);

const usePreferences = (): Preferences => {
  const preferences = useContext(PreferencesContext);
  if (preferences === null) throw new Error("There are no preferences around this part.");
  return preferences;
};

export const PreferencesProvider = ({ children }: { readonly children: ReactNode }) => {
  const call = useCall();
  const [chosen, setChosen] = useState<Chosen>({});
  const saved = {
    AVSPARK_LANGUAGE: useSetting("AVSPARK_LANGUAGE")?.value,
    AVSPARK_THEME: useSetting("AVSPARK_THEME")?.value,
  };
  const { AVSPARK_LANGUAGE: language, AVSPARK_THEME: theme } = saved;
  const value = useMemo((): Preferences => {
    const before = { AVSPARK_LANGUAGE: language, AVSPARK_THEME: theme };
    return {
      chosen,
      choose: async (name, wanted) => {
        setChosen((all) => ({ ...all, [name]: { value: wanted, before: before[name] } }));
        const answer = await call("saveSettings", { values: { [name]: wanted } });
        if (answer.ok) return null;
        setChosen(({ [name]: _, ...rest }) => rest);
        return answer.problem;
      },
    };
  }, [chosen, call, language, theme]);
  return <PreferencesContext value={value}>{children}</PreferencesContext>;
};

export const useChoose = (): Preferences["choose"] => usePreferences().choose;

/** The value in force: what was just chosen until the service says something newer; `system` before it has said anything. */
export const usePreference = (name: Preference): string => {
  const saved = useSetting(name)?.value;
  const chosen = usePreferences().chosen[name];
  const pending = chosen !== undefined && chosen.before === saved;
  return (pending ? chosen.value : saved) || "system";
};

export const useLocked = (name: Preference): boolean => useSetting(name)?.locked ?? true;
