import { notifications } from "@mantine/notifications";
import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { IconBallFootball, IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { type Search, searchable, searchFor } from "../../shared/search.ts";
import type { MatchView } from "../../shared/snapshot.ts";
import { useActions } from "../actions.ts";
import { openView } from "../navigation.ts";
import { useOffers } from "../offers.tsx";
import type { Action } from "../parts/action.ts";
import { matchTitle } from "../parts/match.ts";
import { searchableMatch } from "../parts/matchSearch.ts";
import { routes } from "../routes.tsx";
import { useDesk } from "../session.ts";
import { useWords } from "../words.tsx";
import classes from "./Palette.module.css";

/** More would hide each other; a further letter finds the rest. */
const matchesAtMost = 30;

/** What the coordinator types first: a team, then a number, a competition, a place or an official. */
const findMatches = (matches: readonly MatchView[], search: Search): readonly MatchView[] => {
  if (search.isEmpty) return [];
  const found: MatchView[] = [];
  for (const match of matches) {
    if (search.finds(searchableMatch(match))) found.push(match);
    if (found.length === matchesAtMost) break;
  }
  return found;
};

/** Ctrl or Cmd with K: reaches every view, action and match. */
export const Palette = () => {
  const { texts, format } = useWords();
  const actions = useActions();
  const offers = useOffers();
  const matches = useDesk((state) => state.matches);
  const [query, setQuery] = useState("");
  const search = useMemo(() => searchFor(query), [query]);

  const groups = useMemo((): SpotlightActionGroupData[] => {
    const run = async (action: Action) => {
      const result = await action.run();
      if (result.ok && result.value === "") return;
      notifications.show(
        result.ok
          ? { color: "green", message: result.value }
          : {
              color: "red",
              title: texts.advice[result.problem.kind].what,
              message: texts.advice[result.problem.kind].remedy,
            },
      );
    };
    const views = routes.map(({ view, icon: Icon }) => ({
      id: `view-${view}`,
      label: texts.app.views[view],
      leftSection: <Icon size={18} stroke={1.7} />,
      onClick: () => openView(view),
    }));
    const doings = [...offers.flat(), ...Object.values(actions)].map((action) => ({
      id: action.id,
      label: action.label,
      leftSection: <action.icon size={18} stroke={1.7} />,
      onClick: () => void run(action),
    }));
    const found = findMatches(matches, search).map((match) => ({
      id: `match-${match.id}`,
      label: matchTitle(match, texts),
      description: [match.kickoff === null ? texts.match.noKickoff : format.kickoff(match.kickoff), match.competition]
        .filter((part) => part !== null)
        .join(" · "),
      leftSection: <IconBallFootball size={18} stroke={1.7} />,
      onClick: () => openView("matches", match.id),
    }));
    const matching = <T extends { readonly label: string }>(list: readonly T[]): T[] =>
      list.filter((entry) => search.finds(searchable(entry.label)));
    return [
      { group: texts.app.palette.views, actions: matching(views) },
      { group: texts.app.palette.actions, actions: matching(doings) },
      { group: texts.app.palette.matches, actions: found },
    ].filter((group) => group.actions.length > 0);
  }, [actions, offers, matches, search, texts, format]);

  return (
    <Spotlight
      actions={groups}
      filter={(_, all) => all}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      classNames={{ action: classes.action ?? "", actionDescription: classes.description ?? "" }}
      scrollable
      maxHeight={420}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      nothingFound={texts.app.palette.nothing}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: texts.app.palette.placeholder,
        "aria-label": texts.app.palette.open,
      }}
    />
  );
};
