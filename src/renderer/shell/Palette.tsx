import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { IconBallFootball, IconSearch, IconSettings, IconUser } from "@tabler/icons-react";
import { useMemo, useRef, useState } from "react";
import { matchTitle } from "../../shared/match.ts";
import { type Search, type Searchable, searchable, searchFor } from "../../shared/search.ts";
import type { MatchView } from "../../shared/snapshot.ts";
import { stockholmDay, stockholmInstant } from "../../shared/text/format.ts";
import { useActions } from "../actions.ts";
import { noIndexes } from "../indexes.ts";
import { openView } from "../navigation.ts";
import type { Action } from "../parts/action.ts";
import { searchableMatch } from "../parts/match.ts";
import { useOffers } from "../parts/offers.tsx";
import { findNames, labelsOf, personAt } from "../parts/people.ts";
import { useToast } from "../parts/useToast.tsx";
import { routes } from "../routes.tsx";
import { useDesk } from "../session.ts";
import { namesIn, searchSections } from "../views/settings/sections.ts";
import { useWords } from "../words.tsx";
import classes from "./Shell.module.css";

/** More would hide each other; a further letter finds the rest. */
const matchesAtMost = 30;
const peopleAtMost = 8;

/**
 * What the coordinator types first: a team, then a number, a competition, a place or an official. The nearest to what was
 * typed first, among those the next to be played.
 */
const findMatches = (matches: readonly MatchView[], search: Search, now: number): readonly MatchView[] => {
  if (search.isEmpty) return [];
  const found = matches.filter((match) => search.finds(searchableMatch(match)));
  const start = stockholmInstant(stockholmDay(now), "00:00");
  const isOver = ({ kickoff }: MatchView): boolean => kickoff !== null && kickoff < start;
  const ordered = [...found.filter((match) => !isOver(match)), ...found.filter(isOver).toReversed()];
  return nearest(ordered, search, ({ home, away }) => searchable(home, away)).slice(0, matchesAtMost);
};

const nearest = <T,>(list: readonly T[], search: Search, textOf: (entry: T) => Searchable): readonly T[] =>
  list
    .map((entry) => ({ entry, distance: search.distance(textOf(entry)) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ entry }) => entry);

/** Mantine gives the focus back 10 ms after it closes, by a timer that is set before `onSpotlightClose`. */
const afterFocusMs = 20;

const noMatches: readonly MatchView[] = [];

/** Ctrl or Cmd with K: reaches every view, action, match, referee and setting. Closed, it costs nothing. */
export const Palette = () => {
  const words = useWords();
  const { texts, format } = words;
  const actions = useActions();
  const offers = useOffers();
  const say = useToast();
  const [opened, setOpened] = useState(false);
  const matches = useDesk((state) => (opened ? state.matches : noMatches));
  const byPerson = useDesk((state) => (opened ? state.index : noIndexes).byPerson);
  const [query, setQuery] = useState("");
  const chosen = useRef<(() => void) | null>(null);
  const search = useMemo(() => searchFor(query), [query]);

  /** What was chosen may take the focus elsewhere, so it is done once the palette has given it back. */
  const close = (): void => {
    setOpened(false);
    const act = chosen.current;
    chosen.current = null;
    if (act !== null) setTimeout(act, afterFocusMs);
  };

  const groups = useMemo((): SpotlightActionGroupData[] => {
    if (!opened) return [];
    const run = async (action: Action): Promise<void> => say(await action.run(), null);
    const later = (act: () => void) => () => {
      chosen.current = act;
    };
    const views = routes.map(({ view, icon: Icon }) => ({
      id: `view-${view}`,
      label: texts.app.views[view],
      leftSection: <Icon size={18} stroke={1.7} />,
      onClick: later(() => openView(view)),
    }));
    const doings = [...offers.flat(), ...Object.values(actions)].map((action) => ({
      id: action.id,
      label: action.label,
      leftSection: <action.icon size={18} stroke={1.7} />,
      onClick: later(() => void run(action)),
    }));
    const found = findMatches(matches, search, Date.now()).map((match) => ({
      id: `match-${match.id}`,
      label: matchTitle(match),
      description: [match.kickoff === null ? texts.match.noKickoff : format.kickoff(match.kickoff), match.competition]
        .filter((part) => part !== null)
        .join(" · "),
      leftSection: <IconBallFootball size={18} stroke={1.7} />,
      onClick: later(() => openView("matches", match.id)),
    }));
    const named = findNames({ byPerson }, matches, search, peopleAtMost);
    const labels = labelsOf(named);
    const people = named.map(({ id, name, matchId }) => ({
      id: `person-${id}`,
      label: labels.get(id) ?? name,
      leftSection: <IconUser size={18} stroke={1.7} />,
      onClick: later(() => openView("people", personAt(matchId, name))),
    }));
    const settings = search.isEmpty
      ? []
      : searchSections(query, words)
          .flatMap(namesIn)
          .map((name) => ({
            id: `setting-${name}`,
            label: texts.settings.label[name],
            description: name,
            leftSection: <IconSettings size={18} stroke={1.7} />,
            onClick: later(() => openView("settings", name)),
          }));
    const matching = <T extends { readonly label: string }>(list: readonly T[]): T[] => [
      ...nearest(
        list.filter((entry) => search.finds(searchable(entry.label))),
        search,
        ({ label }) => searchable(label),
      ),
    ];
    const groups = [
      { group: texts.app.palette.views, actions: matching(views) },
      { group: texts.app.palette.actions, actions: matching(doings) },
      { group: texts.app.palette.people, actions: people },
      { group: texts.app.palette.matches, actions: found },
      { group: texts.app.palette.settings, actions: settings },
    ].filter((group) => group.actions.length > 0);
    return [...nearest(groups, search, ({ actions: [first] }) => searchable(first?.label))];
  }, [opened, actions, offers, matches, byPerson, query, search, words, texts, format, say]);

  return (
    <Spotlight
      actions={groups}
      filter={(_, all) => all}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={close}
      classNames={{ action: classes.found ?? "", actionDescription: classes.foundAbout ?? "" }}
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
