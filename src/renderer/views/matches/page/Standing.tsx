import { Button } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import type { MatchView } from "../../../../shared/snapshot.ts";
import { ActionButton } from "../../../parts/ActionButton.tsx";
import { Callout } from "../../../parts/Callout.tsx";
import { standingOf } from "../../../parts/match.ts";
import { useWords } from "../../../words.tsx";
import { EnterMatch } from "../EnterMatch.tsx";
import type { Decisions } from "./useDecisions.ts";

type StandingProps = { readonly match: MatchView; readonly decisions: Decisions };

const ByHand = ({ match, decisions }: StandingProps) => {
  const { texts } = useWords();
  const [changing, setChanging] = useState(false);
  const { title, about } = texts.matches.page.standing.byHand;
  return (
    <Callout level="info" title={title} about={about}>
      <Button leftSection={<IconPencil size={16} aria-hidden="true" />} onClick={() => setChanging(true)}>
        {texts.matches.entry.changeTitle}
      </Button>
      <ActionButton action={decisions.remove} danger />
      <EnterMatch match={match} opened={changing} onClose={() => setChanging(false)} />
    </Callout>
  );
};

/** Why the match is not like any other, and what can be decided about that; nothing when it is. */
export const Standing = ({ match, decisions }: StandingProps) => {
  const { texts } = useWords();
  const words = texts.matches.page.standing;
  switch (standingOf(match)) {
    case "gone":
      return (
        <Callout level="warning" title={texts.matches.standing.gone} about={words.gone}>
          <ActionButton action={decisions.keep} />
        </Callout>
      );
    case "removed":
      return (
        <Callout level="info" title={texts.matches.standing.removed} about={words.removed}>
          <ActionButton action={decisions.restore} />
        </Callout>
      );
    case "declined":
      return (
        <Callout level="info" title={texts.matches.standing.declined} about={words.declined}>
          <ActionButton action={decisions.reclaim} />
        </Callout>
      );
    case "in-doubt":
      return (
        <Callout
          level="warning"
          title={texts.matches.standing["in-doubt"]}
          about={match.inDoubt === null ? undefined : words.inDoubt[match.inDoubt.reason]}
        >
          <ActionButton action={decisions.keep} />
          <ActionButton action={decisions.remove} variant="subtle" danger />
        </Callout>
      );
    case null:
      return match.enteredByHand ? <ByHand match={match} decisions={decisions} /> : null;
  }
};
