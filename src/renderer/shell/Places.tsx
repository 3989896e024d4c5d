import {
  type Icon,
  IconArrowBackUp,
  IconBraces,
  IconCalendarCog,
  IconChecklist,
  IconFileExport,
  IconFileImport,
  IconListSearch,
  IconLogout,
  IconPlus,
  IconRoute,
  IconUserQuestion,
} from "@tabler/icons-react";
import { useMemo } from "react";
import type { ViewName } from "../../shared/bridge.ts";
import { targetNames } from "../../shared/calendar.ts";
import { going } from "../parts/action.ts";
import { useOffer } from "../parts/offers.tsx";
import { useDesk } from "../session.ts";
import { openPlaceViews } from "../views/matches/views.ts";
import { useWords } from "../words.tsx";

type Place = { readonly view: ViewName; readonly id: string; readonly label: string; readonly icon: Icon };

/** What can be opened from anywhere, by the command palette: dialogues and parts of views. */
export const Places = () => {
  const { texts } = useWords();
  const targets = useDesk((state) => state.targets);
  // The names alone: their states change all the time.
  const names = targets
    .filter(({ state }) => state.name !== "off")
    .map(({ name }) => name)
    .join(" ");
  const places = useMemo(() => {
    const { calendars, settings, match } = texts;
    const kept = targetNames.filter((name) => names.split(" ").includes(name));
    const ofTarget = kept.flatMap((name): readonly Place[] => [
      {
        view: "calendars",
        id: `preview-${name}`,
        label: calendars.preview.title(match.target[name]),
        icon: IconListSearch,
      },
      { view: "calendars", id: `undo-${name}`, label: calendars.undo.title(match.target[name]), icon: IconArrowBackUp },
    ]);
    const account: readonly Place[] = kept.includes("google")
      ? [
          { view: "calendars", id: "choose-calendar", label: calendars.google.choose, icon: IconCalendarCog },
          { view: "calendars", id: "sign-out", label: calendars.google.signOutTitle, icon: IconLogout },
        ]
      : [];
    const all: readonly Place[] = [
      ...openPlaceViews.map(
        (id): Place => ({ view: "matches", id, label: texts.today.openPlaces[id], icon: IconUserQuestion }),
      ),
      { view: "matches", id: "enter", label: texts.matches.entry.title, icon: IconPlus },
      ...ofTarget,
      ...account,
      { view: "calendars", id: "google", label: calendars.setUp.title(match.target.google), icon: IconCalendarCog },
      { view: "calendars", id: "caldav", label: calendars.setUp.title(match.target.caldav), icon: IconCalendarCog },
      { view: "operations", id: "manual", label: calendars.manual.title, icon: IconBraces },
      { view: "settings", id: "import", label: settings.import.title, icon: IconFileImport },
      { view: "settings", id: "export", label: settings.export.title, icon: IconFileExport },
      { view: "settings", id: "welcome", label: settings.welcome, icon: IconRoute },
      { view: "checks", id: "run", label: texts.welcome.done.checks, icon: IconChecklist },
    ];
    return all
      .filter(({ id }) => !kept.some((name) => name === id))
      .map(({ view, id, label, icon }) => going({ id: `${view}-${id}`, label, icon }, view, id));
  }, [texts, names]);
  useOffer(places);
  return null;
};
