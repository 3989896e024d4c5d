import { Button } from "@mantine/core";
import type { MatchView, Warning } from "../../../../shared/snapshot.ts";
import { hrefOf } from "../../../navigation.ts";
import { LevelMark } from "../../../parts/Level.tsx";
import { warningText } from "../../../parts/WarningMark.tsx";
import { useWords } from "../../../words.tsx";
import classes from "./MatchPage.module.css";
import { goToChange } from "./Timeline.tsx";

const WarningLine = ({ warning }: { readonly warning: Warning }) => {
  const words = useWords();
  const { texts } = words;
  return (
    <li className={classes.warning}>
      <LevelMark level="warning" />
      <span>{warningText(warning, words)}</span>
      {warning.kind === "double-booked" && (
        <a className={classes.warningLink} href={hrefOf("matches", warning.otherMatchId)}>
          {texts.matches.page.seeOther}
        </a>
      )}
      {warning.kind === "late-change" && (
        <Button variant="subtle" size="compact-xs" onClick={() => goToChange(warning.changeId)}>
          {texts.matches.page.seeChange}
        </Button>
      )}
    </li>
  );
};

const keyOf = (warning: Warning): string =>
  warning.kind === "double-booked" ? `${warning.official} ${warning.otherMatchId}` : warning.kind;

/** What a person should know before the match is played. */
export const Warnings = ({ warnings }: Pick<MatchView, "warnings">) => {
  const { texts } = useWords();
  if (warnings.length === 0) return null;
  return (
    <ul className={classes.warnings} aria-label={texts.matches.page.warnings}>
      {warnings.map((warning) => (
        <WarningLine key={keyOf(warning)} warning={warning} />
      ))}
    </ul>
  );
};
