import { MantineProvider, mergeThemeOverrides, useMantineColorScheme } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { type ReactNode, useEffect, useMemo } from "react";
import { OffersProvider } from "./parts/offers.tsx";
import { usePrinting } from "./parts/printing.ts";
import { PreferencesProvider, usePreference } from "./preferences.tsx";
import { type Session, SessionProvider } from "./session.ts";
import { Shell } from "./shell/Shell.tsx";
import { cssVariables, theme } from "./theme/theme.ts";
import { DraftsProvider } from "./views/settings/drafts.tsx";
import { useWords, WordsProvider } from "./words.tsx";

/** Mantine remembers the scheme in localStorage, so that the next start begins in the right one. */
const ThemeFollower = ({ children }: { readonly children: ReactNode }) => {
  const wanted = usePreference("AVSPARK_THEME");
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    setColorScheme(wanted === "light" || wanted === "dark" ? wanted : "auto");
  }, [wanted, setColorScheme]);
  return children;
};

/** The theme, with the names of what the library draws by itself in the person's language. */
const useTheme = () => {
  const { texts } = useWords();
  return useMemo(
    () =>
      mergeThemeOverrides(theme, {
        components: {
          Notification: { defaultProps: { closeButtonProps: { "aria-label": texts.app.actions.close } } },
        },
      }),
    [texts],
  );
};

/** Paper is white, whatever the screen is. */
const Themed = ({ children }: { readonly children: ReactNode }) => (
  <MantineProvider
    theme={useTheme()}
    cssVariablesResolver={cssVariables}
    defaultColorScheme="auto"
    {...(usePrinting() && { forceColorScheme: "light" })}
  >
    {children}
  </MantineProvider>
);

export const App = ({ session }: { readonly session: Session }) => (
  <SessionProvider value={session}>
    <PreferencesProvider>
      <WordsProvider>
        <Themed>
          <ThemeFollower>
            <Notifications position="bottom-right" limit={3} />
            <OffersProvider>
              <DraftsProvider>
                <Shell />
              </DraftsProvider>
            </OffersProvider>
          </ThemeFollower>
        </Themed>
      </WordsProvider>
    </PreferencesProvider>
  </SessionProvider>
);
