import { MantineProvider, useMantineColorScheme } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { type ReactNode, useEffect } from "react";
import { OffersProvider } from "./offers.tsx";
import { PreferencesProvider, usePreference } from "./preferences.tsx";
import { type Session, SessionProvider } from "./session.ts";
import { Shell } from "./shell/Shell.tsx";
import { cssVariables, theme } from "./theme/theme.ts";
import { WordsProvider } from "./words.tsx";

/** Mantine remembers the scheme in localStorage, so that the next start begins in the right one. */
const ThemeFollower = ({ children }: { readonly children: ReactNode }) => {
  const wanted = usePreference("AVSPARK_THEME");
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    setColorScheme(wanted === "light" || wanted === "dark" ? wanted : "auto");
  }, [wanted, setColorScheme]);
  return children;
};

export const App = ({ session }: { readonly session: Session }) => (
  <SessionProvider value={session}>
    <PreferencesProvider>
      <WordsProvider>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
          <ThemeFollower>
            <Notifications position="bottom-right" limit={3} />
            <OffersProvider>
              <Shell />
            </OffersProvider>
          </ThemeFollower>
        </MantineProvider>
      </WordsProvider>
    </PreferencesProvider>
  </SessionProvider>
);
