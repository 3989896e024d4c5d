import { Button } from "@mantine/core";
import type { MatchView, Warning } from "../../../../shared/snapshot.ts";
import { hrefOf } from "../../../navigation.ts";
import { LevelMark } from "../../../parts/Level.tsx";
import { matchTitle } from "../../../parts/match.ts";
import { warningText } from "../../../parts/WarningMark.tsx";
import { useDesk } from "../../../session.ts";
import { useWords } from "../../../words.tsx";
import { goToChange } from "./anchor.ts";
import classes from "./MatchPage.module.css";

/** The match the same official has at nearly the same time. */
const OtherMatch = ({ id }: { readonly id: string }) => {
  const { texts, format } = useWords();
  const other = useDesk((state) => state.index.byId.get(id) ?? null);
  const title = other === null ? texts.matches.page.seeOther : matchTitle(other, texts);
  return (
    <a className={classes.warningLink} href={hrefOf("matches", id)}>
      {title}
      {other !== null && other.kickoff !== null && `, ${format.kickoff(other.kickoff)}`}
    </a>
  );
};

const WarningLine = ({ warning }: { readonly warning: Warning }) => {
  const { texts } = useWords();
  return (
    <li className={classes.warning}>
      <LevelMark level="warning" />
      <span>{warningText(warning, texts)}</span>
      {warning.kind === "double-booked" && <OtherMatch id={warning.otherMatchId} />}
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
